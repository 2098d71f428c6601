import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { append, groupBy } from '../lib/collections.js';
import { contentOf } from '../resources/documents.js';
import type { Duplicate } from '../resources/duplicates.js';
import { linksToBringBack } from '../resources/gone-along.store.js';
import { deleteResources } from '../resources/removal.js';
import { givesSets, type ResourceRow, type ResourceType } from '../resources/resource-type.js';
import { existingIds, type Version } from '../resources/resources.store.js';
import type { ResourceService } from '../resources/service.js';
import { undeleteResources } from '../resources/write.js';
import { judgementNoun } from './judgement.js';
import type { JudgementInput } from './judgements.schemas.js';
import { attributionsBroughtBack, judgementsOf, judgementsWith, type Owned } from './judgements.store.js';

/** Judgements go along when one of the pair is removed, and come back once both are there. */

/** The service of a noun of which pairs are judged: judged pairs are not suggested again. */
export function withJudgements(noun: ResourceType, service: ResourceService): ResourceService {
  return {
    ...service,
    async updateAll(tx, change, changes) {
      const given = changes.filter(({ input }) => givesSets(noun, input));
      if (given.length === 0) return service.updateAll(tx, change, changes);
      const before = await judgementsOf(tx, noun.name, idsOf(given.map(({ stored }) => stored)));
      const results = await service.updateAll(tx, change, changes);
      // A claim is replaced together with its attributions.
      const gone = [];
      for (const judgement of judgementsIn(before)) {
        if (!(await isOfBoth(tx, judgement.doc))) gone.push(judgement);
      }
      await deleteResources(tx, change, { noun: judgementNoun, objects: gone });
      const claims = idsOf(given.map(({ stored }) => stored));
      await bringBack(tx, change, await attributionsBroughtBack(tx, claims, change));
      return results;
    },
    async removeAll(tx, change, rows, options) {
      const found = await judgementsOf(tx, noun.name, idsOf(rows));
      const along = alongWithFirst(rows, found);
      return service.removeAll(tx, change, rows, {
        ...options,
        along: (id) => [{ noun: judgementNoun, objects: along.get(id) ?? [] }],
      });
    },
    async restore(tx, change, removal, input) {
      const stored = await service.restore(tx, change, removal, input);
      const attributions =
        noun.name === 'claim' ? await attributionsBroughtBack(tx, [stored.id], change) : [];
      await bringBack(tx, change, [stored.id, ...attributions], removal);
      return stored;
    },
    async duplicates(tx, stored) {
      const found = (await service.duplicates?.(tx, stored)) ?? [];
      return unjudged(tx, stored.id, found);
    },
  };
}

const idsOf = (rows: readonly ResourceRow[]): string[] => rows.map(({ id }) => id);

/** Each judgement once, in the order of their ids. */
const judgementsIn = (found: readonly Owned[]): Iterable<ResourceRow> =>
  new Map(found.map(({ judgement }) => [judgement.id, judgement])).values();

/** The judgements that go along with each of several objects: one of two of them goes with the first. */
function alongWithFirst(rows: readonly ResourceRow[], found: readonly Owned[]): Map<string, ResourceRow[]> {
  const along = new Map<string, ResourceRow[]>();
  const taken = new Set<string>();
  const byOwner = groupBy(found, ({ owner }) => owner);
  for (const { id } of rows) {
    for (const { judgement } of byOwner.get(id) ?? []) {
      if (taken.has(judgement.id)) continue;
      taken.add(judgement.id);
      append(along, id, judgement);
    }
  }
  return along;
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

async function bringBack(tx: Tx, change: Change, ids: readonly string[], removal?: Version): Promise<void> {
  const judgements = await linksToBringBack(tx, 'judgement', ids, removal);
  await undeleteResources(tx, change, judgementNoun, judgements);
}
