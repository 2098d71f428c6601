import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { chunksOf, groupBy, isNonEmpty, lookUp, type NonEmpty } from '../lib/collections.js';
import { ApiError } from '../lib/errors.js';
import { type ResourceName, resourceNames } from '../lib/ids.js';
import { attempted } from '../resources/attempted.js';
import { contentOf } from '../resources/documents.js';
import { documentsNow } from '../resources/originals.store.js';
import { changeAll, removeAll, restoreAll } from '../resources/plans.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows, type Version } from '../resources/resources.store.js';
import { conflicting, inputIn } from '../resources/revert.js';
import type { Resource, Restoring } from '../resources/service.js';
import type { Changing } from '../resources/write.js';
import { levelsOf } from './levels.js';
import type { Kinds } from './local-ids.js';
import { isThere, nameOf, type Touched } from './touched.service.js';
import { Waiting } from './waiting.js';

/** How objects become what they were before a request. */

/** An object that was there before the request. */
export type Existed = Touched & { before: Version };

/** Objects of a noun that are undone together. */
const AT_ONCE = 200;
/** How often what is refused is tried again: each time something else was done, to which it may have referred. */
const MOST_TURNS = 20;

/** In this order what refers to others goes first; claims take along what belongs to them, and all take along their judgements. */
const REMOVED: readonly ResourceName[] = [
  'claim',
  'assessment',
  'relation',
  'attribution',
  'source',
  'party',
  'predicate',
  'judgement',
];

/** Those whose objects refer to each other, seldom in a circle. Attributions often do: they are told which others come or go. */
const NESTED: ReadonlySet<ResourceName> = new Set(['party', 'source']);

/** Makes objects again what they were before the request; what others refer to comes first. */
export async function bringBack(
  tx: Tx,
  change: Change,
  kinds: Kinds,
  objects: readonly Existed[],
): Promise<void> {
  const levels = await levelsIn(tx, objects, ({ before }) => before.doc);
  const attributions = attributionsIn(objects.filter(({ now }) => !isThere(now)));
  await tx.yield();
  // What changed may refer to what comes back.
  const groups = await inOrder(
    tx,
    objects,
    resourceNames,
    ({ id, now }) => (isThere(now) ? objects.length : 0) + (levels.get(id) ?? 0),
  );
  return inTurns(
    tx,
    groups,
    ({ before }) => before.doc,
    (some) => {
      const [{ type }] = some;
      const coming = type === 'attribution' ? attributions : ordered(some, levels);
      return bringBackSome(tx, change, kinds[type], some, coming);
    },
  );
}

/** Removes objects; what refers to others goes first. */
export async function removeCreated(
  tx: Tx,
  change: Change,
  kinds: Kinds,
  objects: readonly Touched[],
): Promise<void> {
  const levels = await levelsIn(tx, objects, ({ now }) => now.doc);
  const attributions = attributionsIn(objects);
  await tx.yield();
  const groups = await inOrder(tx, objects, REMOVED, ({ id }) => -(levels.get(id) ?? 0));
  return inTurns(
    tx,
    groups,
    ({ now }) => now.doc,
    async (some) => {
      const [{ type }] = some;
      const stored = await rowsById(tx, kinds[type], some);
      // What is there no longer went along with its claim.
      const rows = some.flatMap(({ id }) => stored.get(id) ?? []);
      const going = type === 'attribution' ? attributions : ordered(some, levels);
      if (rows.length > 0) await removeAll(tx, change, kinds[type], rows, { going });
    },
  );
}

const idsOf = (objects: readonly Touched[]): string[] => objects.map(({ id }) => id);

const attributionsIn = (objects: readonly Touched[]): ReadonlySet<string> =>
  new Set(idsOf(objects.filter(({ type }) => type === 'attribution')));

/** Those that come or go in an order in which each finds what it refers to: of a circle none does, nor what refers to one. */
const ordered = (objects: readonly Touched[], levels: ReadonlyMap<string, number>): ReadonlySet<string> =>
  new Set(idsOf(objects).filter((id) => levels.has(id)));

/** How far each of the nested objects stands behind those to which it refers, by id. */
const levelsIn = <One extends Touched>(
  tx: Tx,
  objects: readonly One[],
  docOf: (one: One) => string,
): Promise<Map<string, number>> =>
  levelsOf(
    tx,
    objects
      .filter(({ type }) => NESTED.has(type))
      .map((one) => ({ type: one.type, id: one.id, doc: docOf(one) })),
  );

/** Objects by noun, those of the first nouns and of the lowest levels first. */
async function inOrder<One extends Touched>(
  tx: Tx,
  objects: readonly One[],
  nouns: readonly ResourceName[],
  levelOf: (one: One) => number,
): Promise<NonEmpty<One>[]> {
  const byNoun = groupBy(objects, ({ type }) => type);
  const groups = nouns.flatMap((noun) => (byNoun.has(noun) ? [lookUp(byNoun, noun)] : []));
  for (const group of groups) {
    await tx.yield();
    group.sort((one, other) => levelOf(one) - levelOf(other));
  }
  return groups;
}

/**
 * Does something with objects, as many of a noun at once as can be. One that is refused gets another turn after the others: each
 * goes from what it is to what it was in one step, and may refer to another that is not there yet, or be what another still
 * refers to. `docOf` gives the document that tells to what one refers.
 */
async function inTurns<One extends Touched>(
  tx: Tx,
  groups: readonly NonEmpty<One>[],
  docOf: (one: One) => string,
  fn: (some: NonEmpty<One>) => Promise<void>,
): Promise<void> {
  await tx.yield();
  const waiting = new Waiting(groups.flat(), docOf);
  await tx.yield();
  let left = groups;
  for (let turn = 1; left.length > 0; turn++) {
    const refused: NonEmpty<One>[] = [];
    let first: unknown;
    let done = 0;
    for (const some of left.flatMap((group) => [...chunksOf(group, AT_ONCE)].filter(isNonEmpty))) {
      if (some.length > 1 && (await attempted(tx, async () => fn(some).then(() => true)))) {
        for (const one of some) waiting.delete(one);
        done += some.length;
        continue;
      }
      const again: One[] = [];
      for (const one of some) {
        await tx.yield();
        try {
          await conflicting(nameOf(one.type, one.now), null, () => tx.savepoint(() => fn([one])));
          waiting.delete(one);
          done += 1;
        } catch (error) {
          if (!(error instanceof ApiError) || error.code !== 'revert_conflict') throw error;
          if (await waiting.cannotHelp(tx, one, error)) throw error;
          first ??= error;
          again.push(one);
        }
      }
      if (isNonEmpty(again)) refused.push(again);
    }
    if (refused.length > 0 && (done === 0 || turn === MOST_TURNS)) throw first;
    left = refused;
  }
}

async function bringBackSome(
  tx: Tx,
  change: Change,
  kind: Resource,
  objects: readonly Existed[],
  coming: ReadonlySet<string>,
): Promise<void> {
  const { noun } = kind;
  const stored = await rowsById(tx, kind, objects);
  const other = objects.filter(({ id, before }) => {
    const row = stored.get(id);
    return !row || JSON.stringify(contentOf(row.doc)) !== JSON.stringify(contentOf(before.doc));
  });
  const documents = await documentsNow(
    tx,
    noun.name,
    other.map(({ before }) => before),
  );
  const restorings: Restoring[] = [];
  const changes: Changing[] = [];
  for (const { id, now } of other) {
    await tx.yield();
    const input = inputIn(noun, { doc: lookUp(documents, id) });
    const row = stored.get(id);
    if (row) changes.push({ stored: row, input });
    else restorings.push({ removal: now, input });
  }
  if (restorings.length > 0) await restoreAll(tx, change, kind, restorings, { coming, withAlong: false });
  if (changes.length > 0) await changeAll(tx, change, kind, changes);
}

async function rowsById(
  tx: Tx,
  { noun }: Resource,
  objects: readonly Touched[],
): Promise<Map<string, ResourceRow>> {
  const rows = await findRows(
    tx,
    noun,
    objects.map(({ id }) => id),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
