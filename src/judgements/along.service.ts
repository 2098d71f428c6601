import { decodeReference, encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import type { ResourceName } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import type { Duplicate } from '../resources/duplicates.js';
import { deleteResources } from '../resources/removal.js';
import type { ResourceType } from '../resources/resource-type.js';
import { existingIds } from '../resources/resources.store.js';
import type { ResourceService } from '../resources/service.js';
import { undeleteResources } from '../resources/write.js';
import { judgementNoun } from './judgement.js';
import type { JudgementInput } from './judgements.schemas.js';
import {
  isAmongAttributions,
  judgementsOf,
  judgementsRemovedAlong,
  judgementsWith,
} from './judgements.store.js';

/** Judgements go along when one of the pair is removed, and come back with it. */

/** The service of a noun of which pairs are judged: judged pairs are not suggested again. */
export function withJudgements(noun: ResourceType, service: ResourceService): ResourceService {
  /** Does what may remove the object, or attributions of it, and then removes judgements of what is gone. */
  async function droppingAlong<T>(tx: Tx, change: Change, id: string, act: () => Promise<T>): Promise<T> {
    const before = await judgementsOf(tx, noun.name, [id]);
    const result = await act();
    const gone = [];
    for (const judgement of before) if (!(await isOfBoth(tx, judgement.doc))) gone.push(judgement);
    await deleteResources(tx, change, { noun: judgementNoun, objects: gone });
    return result;
  }

  const { removeAll } = service;
  return {
    ...service,
    // One by one where something is judged: a judgement is recorded right behind what it goes along with.
    ...(removeAll && {
      async removeAll(tx, change, rows) {
        const ids = rows.map(({ id }) => id);
        return (await judgementsOf(tx, noun.name, ids)).length === 0 && removeAll(tx, change, rows);
      },
    }),
    // A claim is replaced together with its attributions.
    update: (tx, change, stored, input) =>
      droppingAlong(tx, change, stored.id, () => service.update(tx, change, stored, input)),
    remove: (tx, change, stored, going) =>
      droppingAlong(tx, change, stored.id, () => service.remove(tx, change, stored, going)),
    async restore(tx, change, removal, input, coming) {
      const stored = await service.restore(tx, change, removal, input, coming);
      for (const judgement of await judgementsRemovedAlong(tx, removal)) {
        if (!(await concerns(tx, noun.name, stored.id, judgement.doc))) continue;
        if (await isOfBoth(tx, judgement.doc)) {
          await undeleteResources(tx, change, judgementNoun, [judgement]);
        }
      }
      return stored;
    },
    async duplicates(tx, stored) {
      const found = (await service.duplicates?.(tx, stored)) ?? [];
      return unjudged(tx, stored.id, found);
    },
  };
}

/** Those that nobody judged yet to be the same as the object, or another one. */
async function unjudged(tx: Tx, id: string, found: Duplicate[]): Promise<Duplicate[]> {
  const others = [...new Set(found.map((other) => other.id))];
  const judged = new Set((await judgementsWith(tx, id, others)).flatMap(({ one, other }) => [one, other]));
  return found.filter((other) => !judged.has(other.id));
}

const pairIn = (doc: string) => contentOf(doc) as JudgementInput;

/** Whether both of a pair are there. */
async function isOfBoth(tx: Tx, doc: string): Promise<boolean> {
  const { noun, one, other } = pairIn(doc);
  return (await existingIds(tx, noun, [decodeReference(one), decodeReference(other)])).size === 2;
}

/** Whether a judgement is of the object or, where that is a claim, of an attribution of it. */
async function concerns(tx: Tx, noun: ResourceName, id: string, doc: string): Promise<boolean> {
  const { noun: judged, one, other } = pairIn(doc);
  if (judged === noun) return [one, other].includes(encodeReference(noun, id));
  return (
    noun === 'claim' &&
    judged === 'attribution' &&
    isAmongAttributions(tx, id, [decodeReference(one), decodeReference(other)])
  );
}
