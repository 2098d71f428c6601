import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { append, type NonEmpty } from '../lib/collections.js';
import { ApiError, type FieldError, together, validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { contentOf } from '../resources/documents.js';
import { deleteResources } from '../resources/removal.js';
import type { LocalIds } from '../resources/resolve.js';
import { inputForms, keyOf, type Restoring } from '../resources/service.js';
import {
  type Changing,
  createObjects,
  type Draft,
  restoreObjects,
  updateStored,
} from '../resources/write.js';
import { attributionType as noun } from './attribution.js';
import type { AttributionInput, InlineAttribution } from './attributions.schemas.js';
import { NEW_ROW, preparedSet } from './attributions.service.js';
import { attributionsOf, attributionsOfClaims } from './claim-attributions.store.js';
import { refuseTooManyRelays } from './relay-limit.js';
import { idOf, localsOf, matchTargets, type Target } from './set-members.service.js';

/** The attributions of a claim as one set, as PUT and POST of the claim carry it. */

/** An attribution that is about to be stored with its claim. */
export interface NewAttribution {
  id: string;
  claim: string;
  input: AttributionInput;
  at: string;
}

/** The attributions of claims that are about to be created, ready to be stored with them. */
export async function newAttributions(
  tx: Tx,
  ids: Ids,
  claims: readonly { id: string; items: InlineAttribution[] }[],
): Promise<NewAttribution[]> {
  const drafts: (NewAttribution & { locals: LocalIds })[] = [];
  const faults: FieldError[] = [];
  for (const { id: claim, items } of claims) {
    refuseTooManyRelays(items);
    const members = await matchTargets(tx, ids, claim, items, null, faults);
    const locals = localsOf(claim, members, faults);
    for (const { item, at, target } of members) {
      drafts.push({ id: idOf(target), claim, input: inputOf(item, claim, item.key), at, locals });
    }
  }
  const attributions = await preparedWith(tx, faults, drafts);
  return zip(attributions, drafts).map(([input, { id, claim, at }]) => ({ id, claim, input, at }));
}

/** Tells the faults of a set as such together with those of its members. */
async function preparedWith(
  tx: Tx,
  faults: FieldError[],
  inputs: Parameters<typeof preparedSet>[1],
): Promise<AttributionInput[]> {
  const [, prepared] = await together(
    () => {
      if (faults.length > 0) throw validationError(faults);
    },
    () => preparedSet(tx, inputs),
  );
  return prepared;
}

/** A member of the set as an input of its own. */
function inputOf(item: InlineAttribution, claim: string, key: string | null): AttributionInput {
  const { id: _id, local_id: _local, ...members } = item;
  return { ...members, key, claim, about_source: null };
}

/** Makes the claim's attributions what `items` says, matched by id, then key. Tells whether anything changed. */
export async function replaceAttributions(
  tx: Tx,
  change: Change,
  ids: Ids,
  claimId: string,
  items: InlineAttribution[],
): Promise<boolean> {
  const before = await attributionsOf(tx, claimId);
  refuseTooManyRelays(items, () => before.map(({ doc }) => contentOf(doc)));
  const faults: FieldError[] = [];
  const members = await matchTargets(tx, ids, claimId, items, before, faults);
  const locals = localsOf(claimId, members, faults);
  const inputs = members.map(({ item, at, target }) => {
    const key = item.key ?? (target.state === 'live' ? target.stored.key : null);
    return { input: inputOf(item, claimId, key), at, target, id: idOf(target), locals };
  });
  const prepared = await preparedWith(tx, faults, inputs);
  const all = zip(prepared, inputs).map(([input, { at, target }]): Prepared => ({ input, at, target }));
  let changed = false;
  for (const some of alike(all)) {
    const written = await placed(some[0].at, () => writeSome(tx, change, some));
    changed ||= written;
  }
  const kept = new Set(inputs.map(({ id }) => id));
  const dropped = before.filter(({ id }) => !kept.has(id));
  await deleteResources(tx, change, { noun, objects: dropped });
  return changed || dropped.length > 0;
}

/** A member that was held to the rules. */
interface Prepared {
  input: AttributionInput;
  at: string;
  target: Target;
}

/** Members that follow each other and are written together. One whose key may be refused is written by itself, to tell its place. */
function alike(all: readonly Prepared[]): NonEmpty<Prepared>[] {
  const groups: NonEmpty<Prepared>[] = [];
  for (const one of all) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group && first?.target.state === one.target.state && !getsKey(first) && !getsKey(one))
      group.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Whether an attribution that was stored before is sent with a key that it does not have. */
function getsKey({ input: { key }, target }: Prepared): boolean {
  if (target.state === 'new' || key === null) return false;
  const before = target.state === 'live' ? target.stored.key : keyOf(target.removal);
  return key !== before;
}

/** Writes members in the same state; tells whether anything changed. */
async function writeSome(tx: Tx, change: Change, some: NonEmpty<Prepared>): Promise<boolean> {
  const drafts: Draft[] = [];
  const changes: Changing[] = [];
  const restorings: Restoring[] = [];
  for (const { input, at, target } of some) {
    if (target.state === 'new') drafts.push({ noun, id: target.id, input, extra: NEW_ROW, at });
    else if (target.state === 'live') changes.push({ stored: target.stored, input });
    else restorings.push({ removal: target.removal, input });
  }
  await createObjects(tx, change, drafts);
  if (restorings.length > 0) await restoreObjects(tx, change, noun, restorings, NEW_ROW);
  const results = await updateStored(
    tx,
    change,
    changes.map((one) => ({ noun, ...one })),
  );
  return drafts.length + restorings.length > 0 || results.some(({ changed }) => changed);
}

/** The rules of keys speak of `/key`: here that is the key of one member of the set. */
async function placed<T>(at: string, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    if (!(error instanceof ApiError) || error.faults[0]?.pointer !== '/key') throw error;
    const faults = error.faults.map((fault) => ({ ...fault, pointer: `${at}/key` }));
    if (error.code === 'invalid_body') throw validationError(faults);
    throw new ApiError(error.code, error.message, faults);
  }
}

/** The input forms of the claims' attributions, by claim id; each says its key or, lacking one, its id. */
export async function inlineInputs(tx: Tx, claimIds: string[]): Promise<Map<string | null, object[]>> {
  const rows = await attributionsOfClaims(tx, claimIds);
  const forms = await inputForms(tx, noun, rows);
  const byClaim = new Map<string | null, object[]>(claimIds.map((id) => [id, []]));
  for (const [{ id, key, claim_id }, form] of zip(rows, forms)) {
    const { claim: _claim, about_source: _about, ...members } = form as AttributionInput;
    append(byClaim, claim_id, key === null ? { id, ...members } : members);
  }
  return byClaim;
}
