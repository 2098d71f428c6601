import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { append, only } from '../lib/collections.js';
import { ApiError, type FieldError, together, validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { contentOf } from '../resources/documents.js';
import { deleteResources } from '../resources/removal.js';
import type { LocalIds } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findLastVersion, idsOfKeys, type Version } from '../resources/resources.store.js';
import { inputForms } from '../resources/service.js';
import { createObjects, type Draft, restoreObject, updateStored } from '../resources/write.js';
import { attributionType as noun } from './attribution.js';
import type { AttributionInput, InlineAttribution } from './attributions.schemas.js';
import { NEW_ROW, preparedSet } from './attributions.service.js';
import { attributionsOf, attributionsOfClaims } from './claim-attributions.store.js';
import { refuseTooManyRelays } from './relay-limit.js';

/** The attributions of a claim as one set, as PUT and POST of the claim carry it. */

type Target =
  | { state: 'new'; id: string }
  | { state: 'live'; stored: ResourceRow }
  | { state: 'removed'; removal: Version };

/** A member of the set, its place in the body, and the attribution that it is. */
interface Member {
  item: InlineAttribution;
  at: string;
  target: Target;
}

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
    const members = await matchTargets(tx, ids, claim, items, [], faults);
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
  let changed = false;

  const inputs = members.map(({ item, at, target }) => {
    const key = item.key ?? (target.state === 'live' ? target.stored.key : null);
    return { input: inputOf(item, claimId, key), at, target, id: idOf(target), locals };
  });
  let drafts: Draft[] = [];
  const createDrafts = async () => {
    await createObjects(tx, change, drafts);
    changed ||= drafts.length > 0;
    drafts = [];
  };
  // Those that are new and follow each other are created together.
  for (const [attribution, { at, target }] of zip(await preparedWith(tx, faults, inputs), inputs)) {
    if (target.state === 'new') {
      drafts.push({ noun, id: target.id, input: attribution, extra: NEW_ROW, at });
      continue;
    }
    await createDrafts();
    const written = await placed(at, () => write(tx, change, target, attribution));
    changed = written || changed;
  }
  await createDrafts();

  const kept = new Set(inputs.map(({ id }) => id));
  const dropped = before.filter(({ id }) => !kept.has(id));
  await deleteResources(tx, change, { noun, objects: dropped });
  return changed || dropped.length > 0;
}

/** Tells whether anything changed. */
async function write(
  tx: Tx,
  change: Change,
  target: Exclude<Target, { state: 'new' }>,
  attribution: AttributionInput,
): Promise<boolean> {
  if (target.state === 'live') {
    const { stored } = target;
    return only(await updateStored(tx, change, noun, [{ stored, input: attribution }])).changed;
  }
  await restoreObject(tx, change, noun, target.removal, attribution, NEW_ROW);
  return true;
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

const idOf = (target: Target): string =>
  target.state === 'new' ? target.id : target.state === 'live' ? target.stored.id : target.removal.object_id;

async function matchTargets(
  tx: Tx,
  ids: Ids,
  claimId: string,
  items: InlineAttribution[],
  before: ResourceRow[],
  faults: FieldError[],
): Promise<Member[]> {
  const byId = new Map(before.map((row) => [row.id, row]));
  const byKey = new Map(before.map((row) => [row.key, row]));
  const members: Member[] = [];
  const used = new Set<string>();
  for (const [i, item] of items.entries()) {
    await tx.yield();
    const { id, key } = item;
    const at = `/attributions/${i}`;
    const stored = (id === null ? undefined : byId.get(id)) ?? (key === null ? undefined : byKey.get(key));
    const removal = stored ? null : await removedFrom(tx, claimId, id, key);
    if (!stored && !removal && id !== null) {
      const detail = `no attribution "${id}" of this claim; leave id out to create one`;
      faults.push({ pointer: `${at}/id`, code: 'unknown_reference', detail });
    }
    const target: Target = stored
      ? { state: 'live', stored }
      : removal
        ? { state: 'removed', removal }
        : { state: 'new', id: id ?? ids('attribution') };
    members.push({ item, at, target });
    const chosen = target.state === 'new' && key !== null ? key : idOf(target);
    if (used.has(chosen)) {
      const detail = 'the same attribution stands in the set twice; send it once';
      faults.push({ pointer: at, code: 'repeated_reference', detail });
    }
    used.add(chosen);
  }
  return members;
}

/** A removed attribution of this claim, which being named again brings back. */
async function removedFrom(
  tx: Tx,
  claimId: string,
  id: string | null,
  key: string | null,
): Promise<Version | null> {
  const wanted = id ?? (key === null ? undefined : (await idsOfKeys(tx, 'attribution', [key])).get(key));
  if (wanted === undefined) return null;
  const version = await findLastVersion(tx, 'attribution', wanted);
  if (version?.operation !== 'remove') return null;
  return (contentOf(version.doc) as AttributionInput).claim === encodeReference('claim', claimId)
    ? version
    : null;
}

/** The claim, and the members of the set by `@local_id`, by key and by id, so that they can refer to each other. */
function localsOf(claim: string, members: readonly Member[], faults: FieldError[]): LocalIds {
  const locals = new Map<string, { noun: 'claim' | 'attribution'; token: string }>();
  locals.set(claim, { noun: 'claim', token: encodeReference('claim', claim) });
  for (const { item, at, target } of members) {
    const { local_id, key } = item;
    const id = idOf(target);
    const entry = { noun: 'attribution' as const, token: encodeReference('attribution', id) };
    if (local_id !== null && locals.has(`@${local_id}`)) {
      const detail = `"${local_id}" names two attributions; give each a name of its own`;
      faults.push({ pointer: `${at}/local_id`, code: 'repeated_local_id', detail });
    }
    if (local_id !== null) locals.set(`@${local_id}`, entry);
    if (key !== null) locals.set(key, entry);
    locals.set(id, entry);
  }
  return locals;
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
