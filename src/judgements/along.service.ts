import type { Tx } from '../db/store/store.js';
import { append, groupBy } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { OneByOne } from '../resources/attempted.js';
import type { Duplicate } from '../resources/duplicates.js';
import { type ComingBack, linksToBringBack } from '../resources/gone-along.store.js';
import type { ResourceRow, ResourceType } from '../resources/resource-type.js';
import type { ResourceService } from '../resources/service.js';
import { removalOf, returnsOf } from '../resources/write.js';
import type { Write } from '../resources/write-objects.js';
import { judgementNoun } from './judgement.js';
import { judgementsOf, judgementsWith, type Owned } from './judgements.store.js';

/** Judgements go along when one of the pair is removed, and come back once both are there. */

/** The service of a noun of which pairs are judged: judged pairs are not suggested again. */
export function withJudgements(noun: ResourceType, service: ResourceService): ResourceService {
  return {
    ...service,
    async changes(tx, changes, nouns) {
      const writes = await service.changes(tx, changes, nouns);
      // A claim is replaced together with its attributions.
      const dropped = writes.flatMap(droppedIn);
      const going = alongWithFirst(dropped, await judgementsOf(tx, 'attribution', idsOf(dropped)));
      const isAlone = changes.length === 1;
      const coming = writes.map((some) => ({ ids: broughtBackIn(some) }));
      const back = await judgementsBack(tx, coming, isAlone ? idsOf(dropped) : []);
      // What one of several brings back may go again by the next.
      if (!isAlone && back.flat().length > 0) throw new OneByOne();
      return zip(writes, back).map(([some, comingBack]) => {
        const judgements = droppedIn(some).flatMap(({ id }) => going.get(id) ?? []);
        return [...some, ...judgements.map(goingAlong), ...comingBack];
      });
    },
    async removals(tx, rows, options) {
      const writes = await service.removals(tx, rows, options);
      const going = alongWithFirst(rows, await judgementsOf(tx, noun.name, idsOf(rows)));
      return zip(rows, writes).map(([{ id }, some]) => [...some, ...(going.get(id) ?? []).map(goingAlong)]);
    },
    async restorations(tx, restorings, options) {
      const writes = await service.restorations(tx, restorings, options);
      if (!options.withAlong) return writes;
      const coming = zip(restorings, writes).map(([{ removal }, some]) => ({
        ...{ ids: broughtBackIn(some), removal },
      }));
      return zip(writes, await judgementsBack(tx, coming)).map((some) => some.flat());
    },
    async duplicates(tx, stored, later) {
      const found = (await service.duplicates?.(tx, stored, later)) ?? [];
      return isJustCreated(tx, noun.name, stored) ? found : unjudged(tx, stored.id, found);
    },
  };
}

const idsOf = (rows: readonly ResourceRow[]): string[] => rows.map(({ id }) => id);

const droppedIn = (writes: readonly Write[]): ResourceRow[] =>
  writes.flatMap((write) => (write.operation === 'remove' ? write.stored : []));

const broughtBackIn = (writes: readonly Write[]): string[] =>
  writes.flatMap((write) => (write.operation === 'restore' ? write.removal.object_id : []));

const goingAlong = (judgement: ResourceRow): Write => removalOf(judgementNoun, judgement);

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

/** Whether an object was created in this write, which judged nothing: nobody can have judged it. */
const isJustCreated = ({ pending }: Tx, noun: ResourceName, { id, version }: ResourceRow): boolean =>
  version === 1 &&
  pending !== null &&
  pending.entries.has(`${noun}:${id}`) &&
  !pending.hasChanged('judgement');

/** Those that nobody judged yet to be the same as the object, or another one. */
async function unjudged(tx: Tx, id: string, found: Duplicate[]): Promise<Duplicate[]> {
  const others = [...new Set(found.map((other) => other.id))];
  const judged = new Set((await judgementsWith(tx, id, others)).flatMap(({ one, other }) => [one, other]));
  return found.filter((other) => !judged.has(other.id));
}

/** What is to be written to bring back the judgements that went along with what comes back, but for those of what is `going`. */
async function judgementsBack(
  tx: Tx,
  coming: readonly ComingBack[],
  going: readonly string[] = [],
): Promise<Write[][]> {
  if (coming.every(({ ids }) => ids.length === 0)) return coming.map(() => []);
  const writes: Write[][] = [];
  for (const some of await linksToBringBack(tx, 'judgement', coming, new Set(going))) {
    writes.push(await returnsOf(tx, judgementNoun, some));
  }
  return writes;
}
