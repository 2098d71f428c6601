import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { ApiError, type FieldError } from '../lib/errors.js';
import type { ResourceName } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import { mergeIn } from '../resources/merged.store.js';
import { documentNow } from '../resources/originals.store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRow, lastVersion } from '../resources/resources.store.js';
import { conflicting, inputIn } from '../resources/revert.js';
import { type VersionMark, versionOf, versionsOfRequest } from '../resources/versions.store.js';
import type { Kinds } from './local-ids.js';
import { moveBack } from './move-back.service.js';
import { isThere, nameOf, refuseChangedSince, type Touched, touchedBy } from './touched.service.js';

/** Versions of one request that can be undone: those of the largest batch, and what it removes along. */
const MAX_VERSIONS = 25_000;

export interface Reverted {
  type: ResourceName;
  id: string;
  key: string | null;
  operation: 'update' | 'restore' | 'remove';
  version: number;
}

/** In this order what others refer to comes back first. */
const RESTORED: ResourceName[] = [
  'predicate',
  'party',
  'source',
  'claim',
  'attribution',
  'relation',
  'assessment',
  'judgement',
];
/** In this order what refers to others goes first; claims take along what belongs to them. */
const REMOVED: ResourceName[] = [
  'judgement',
  'claim',
  'assessment',
  'relation',
  'attribution',
  'source',
  'party',
  'predicate',
];
/** How often what is refused is tried again: each time something else was done, to which it may have referred. */
const MOST_TURNS = 20;

/**
 * Makes every object that a request changed what it was before, as new versions: what it created is removed, what it
 * removed comes back. What is so already is left alone.
 *
 * @throws {ApiError} `not_found` for a request that changed nothing, `revert_conflict` where changes of others would be
 *   lost, what would come back refers to something that is gone, or several keys used the id of the request.
 */
export async function revertRequest(
  tx: Tx,
  change: Change,
  kinds: Kinds,
  requestId: string,
  refusal: (type: ResourceName) => ApiError | null,
): Promise<Reverted[]> {
  if (change.requestId === requestId) {
    throw new ApiError(
      'revert_conflict',
      'This request has the id of the one that it is to revert; send another X-Request-Id, or none.',
    );
  }
  const marks = await versionsOfRequest(tx, requestId, MAX_VERSIONS + 1);
  if (marks.length === 0) throw new ApiError('not_found', `No change was recorded under "${requestId}".`);
  if (new Set(marks.map(({ actor }) => actor)).size > 1) {
    throw new ApiError('revert_conflict', `Several keys used the request id "${requestId}".`, [
      { code: 'several_actors', detail: 'these are several requests; revert their objects one by one' },
    ]);
  }
  if (marks.length > MAX_VERSIONS) {
    throw new ApiError('revert_conflict', `The request made more than ${MAX_VERSIONS} versions.`, [
      { code: 'too_many_changes', detail: 'revert its objects one by one' },
    ]);
  }
  await refuseMerges(tx, kinds, marks);
  const touched = await touchedBy(tx, marks);
  const cameOrWent = thatCameOrWent(touched);
  for (const type of new Set(touched.filter((one) => !isAlong(one, cameOrWent)).map((one) => one.type))) {
    const refused = refusal(type);
    if (refused) throw refused;
  }
  await refuseChangedSince(tx, touched);

  const why = { ...change, reason: change.reason ?? `Reverted request ${requestId}.` };
  const latestFirst = [...touched].sort((one, other) => other.seq - one.seq);
  const sorted = (objects: Touched[], order: ResourceName[]) =>
    objects.sort((one, other) => order.indexOf(one.type) - order.indexOf(other.type));
  const existed = latestFirst.filter(({ before }) => isThere(before));
  const [changed, gone] = [
    existed.filter(({ now }) => isThere(now)),
    existed.filter(({ now }) => !isThere(now)),
  ];
  await moveBack(tx, why, changed);
  const created = latestFirst.filter(({ before }) => !isThere(before));
  const [coming, going] = [idsOf(gone), idsOf(created)];
  await inTurns(tx, [...sorted(gone, RESTORED), ...changed], (one) => bringBack(tx, why, kinds, one, coming));
  await inTurns(tx, sorted(created, REMOVED), (one) => remove(tx, why, kinds, one, going));
  return outcome(tx, touched);
}

const thatCameOrWent = (touched: readonly Touched[]): Set<string> =>
  new Set(
    touched
      .filter(({ before, now }) => isThere(before) !== isThere(now))
      .map(({ type, id }) => encodeReference(type, id)),
  );

/** What is judged: it takes assessments and judgements along when it goes and comes, for which its own scope is enough. */
const judgedIn: Partial<Record<ResourceName, (doc: Record<string, string>) => (string | undefined)[]>> = {
  assessment: ({ claim }) => [claim],
  judgement: ({ one, other }) => [one, other],
};
const isAlong = ({ type, now }: Touched, cameOrWent: ReadonlySet<string>): boolean =>
  judgedIn[type]?.(JSON.parse(now.doc)).some((marker) => marker !== undefined && cameOrWent.has(marker)) ??
  false;

/** Merges and their undoing are undone by themselves: what they moved may have been changed since. */
async function refuseMerges(tx: Tx, kinds: Kinds, marks: readonly VersionMark[]): Promise<void> {
  const faults: FieldError[] = [];
  for (const { noun: name, object_id, version, operation } of marks) {
    const noun = name as ResourceName;
    const doc = async (number: number) => (await versionOf(tx, noun, object_id, number))!;
    if (operation === 'merge') {
      const { id } = mergeIn((await doc(version)).doc);
      const detail = `the request merged ${object_id}: DELETE /v1/${kinds[noun].noun.plural}/${object_id}/merges/${id} undoes that`;
      faults.push({ code: 'merge', detail });
    } else if (operation === 'restore' && (await doc(version - 1)).operation === 'merge') {
      faults.push({ code: 'merge', detail: `the request undid the merge of ${object_id}; merge it again` });
    }
  }
  const [fault] = faults;
  if (fault) throw new ApiError('revert_conflict', `Nothing was reverted: ${fault.detail}.`, faults);
}

/**
 * Does something with each object. One that is refused gets another turn after the others: each goes from what it is to what
 * it was in one step, and may refer to another that is not there yet, or be what another still refers to.
 */
async function inTurns(
  tx: Tx,
  objects: readonly Touched[],
  fn: (object: Touched) => Promise<void>,
): Promise<void> {
  let left = objects;
  for (let turn = 1; left.length > 0; turn++) {
    const refused: Touched[] = [];
    let first: unknown;
    for (const one of left) {
      await tx.yield();
      try {
        await conflicting(nameOf(one.type, one.now), null, () => tx.savepoint(() => fn(one)));
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'revert_conflict') throw error;
        first ??= error;
        refused.push(one);
      }
    }
    if (refused.length === left.length || (refused.length > 0 && turn === MOST_TURNS)) throw first;
    left = refused;
  }
}

/** Attributions, which may refer to each other in a circle: no order would do for one after the other. */
const idsOf = (objects: readonly Touched[]): ReadonlySet<string> =>
  new Set(objects.filter(({ type }) => type === 'attribution').map(({ id }) => id));

/** Attributions and judgements that went along with a claim come back with it, and are changed then. */
async function bringBack(
  tx: Tx,
  change: Change,
  kinds: Kinds,
  { type, id, before, now }: Touched,
  coming: ReadonlySet<string>,
): Promise<void> {
  const { noun, service } = kinds[type];
  if (!before) return;
  const stored = await findRow(tx, noun, id);
  // It came along, and is as it was.
  if (stored && JSON.stringify(contentOf(stored.doc)) === JSON.stringify(contentOf(before.doc))) return;
  const input = inputIn(noun, { doc: await documentNow(tx, type, before) });
  if (stored) await service.update(tx, change, stored, input);
  else await service.restore(tx, change, now, input, coming);
}

/** Also what was there no longer, and came back along with a claim. */
async function remove(
  tx: Tx,
  change: Change,
  kinds: Kinds,
  { type, id }: Touched,
  going: ReadonlySet<string>,
): Promise<void> {
  const { noun, service } = kinds[type];
  const stored = await findRow(tx, noun, id);
  if (stored) await service.remove(tx, change, stored, going);
}

async function outcome(tx: Tx, touched: readonly Touched[]): Promise<Reverted[]> {
  const items: Reverted[] = [];
  for (const { type, id, now } of touched) {
    await tx.yield();
    const last = await lastVersion(tx, type, id);
    if (last.version === now.version) continue;
    const { key } = JSON.parse(last.doc) as ResourceRow;
    const operation = !isThere(last) ? 'remove' : isThere(now) ? 'update' : 'restore';
    items.push({ type, id, key, operation, version: last.version });
  }
  return items;
}
