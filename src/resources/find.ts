import type { Tx } from '../db/store/store.js';
import { ApiError } from '../lib/errors.js';
import { isId, isKey } from '../lib/ids.js';
import { mergedInto } from './merged.store.js';
import { referenceHint } from './reference-hint.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import {
  findLastVersion,
  findRow,
  findRowByKey,
  findRows,
  idsOfKeys,
  lastVersion,
  recordedSince,
  type Version,
} from './resources.store.js';
import { newestVersions } from './versions.store.js';

/** What stands behind an id or key: an object, one that was merged into another, a removed one, or nothing. */
export type Found =
  | { state: 'live'; stored: ResourceRow }
  | { state: 'merged'; id: string; into: string }
  | { state: 'removed'; removal: Version }
  | { state: 'unknown'; byKey: boolean };

/** An object that is in the register, or was removed from it. */
export type Located = Extract<Found, { state: 'live' | 'removed' }>;

/** Predicates are known by their keys alone. */
const isIdOf = ({ name }: ResourceType, reference: string): boolean =>
  name !== 'predicate' && isId(name, reference);

export async function locate(tx: Tx, noun: ResourceType, reference: string): Promise<Found> {
  const byId = isIdOf(noun, reference);
  const unknown: Found = { state: 'unknown', byKey: !byId };
  if (!byId && !isKey(reference)) return unknown;
  const stored = await (byId ? findRow : findRowByKey)(tx, noun, reference);
  if (stored) return { state: 'live', stored };
  const id = byId ? reference : (await idsOfKeys(tx, noun.name, [reference])).get(reference);
  if (id === undefined) return unknown;
  const into = (await mergedInto(tx, noun.name, [id])).get(id);
  if (into !== undefined) return { state: 'merged', id, into };
  const removal = await findLastVersion(tx, noun.name, id);
  return removal ? { state: 'removed', removal } : unknown;
}

/**
 * The object in the register.
 *
 * @throws {ApiError} `not_found`, `gone` with its tombstone, or `merged_into`.
 */
export async function get(tx: Tx, noun: ResourceType, reference: string): Promise<ResourceRow> {
  const found = await locate(tx, noun, reference);
  if (found.state === 'live') return found.stored;
  if (found.state === 'merged') throw await mergedError(tx, noun, reference, found.into);
  throw found.state === 'removed' ? goneError(noun, found.removal) : await notFound(tx, noun, reference);
}

/**
 * What stands behind references, in their order, be it in the register or removed from it; null if one leads to neither, or two lead to
 * the same.
 */
export async function locateAll(
  tx: Tx,
  noun: ResourceType,
  references: readonly string[],
): Promise<Located[] | null> {
  const ids = await distinctIds(tx, noun, references);
  if (!ids) return null;
  const rows = new Map((await findRows(tx, noun, ids)).map((row) => [row.id, row]));
  const newest = await newestVersions(
    tx,
    ids.filter((id) => !rows.has(id)),
  );
  const found = ids.flatMap((id) => {
    const [stored, version] = [rows.get(id), newest.get(id)];
    if (stored) return { state: 'live' as const, stored };
    const isRemoved = version?.operation === 'remove' && version.noun === noun.name;
    return isRemoved ? { state: 'removed' as const, removal: version } : [];
  });
  return found.length < ids.length ? null : found;
}

/** The ids behind references, in their order; null if one leads nowhere, or two lead to the same. */
async function distinctIds(
  tx: Tx,
  noun: ResourceType,
  references: readonly string[],
): Promise<string[] | null> {
  const keys = references.filter((reference) => !isIdOf(noun, reference) && isKey(reference));
  const ofKeys = await idsOfKeys(tx, noun.name, keys);
  const ids = references.flatMap((one) => (isIdOf(noun, one) ? one : (ofKeys.get(one) ?? [])));
  return new Set(ids).size < references.length ? null : ids;
}

/** The error for an object that was merged into another: reads are redirected there, writes are refused and told its name. */
export async function mergedError(
  tx: Tx,
  noun: ResourceType,
  reference: string,
  into: string,
): Promise<ApiError> {
  const doc = JSON.parse((await lastVersion(tx, noun.name, into)).doc) as ResourceRow &
    Record<string, string>;
  const merged_into = { id: into, key: doc.key, name: doc[noun.nameMember ?? 'text'] };
  const detail =
    `The ${noun.name} "${reference}" was merged into \`${doc.key ?? into}\`; ` +
    `change that one (/v1/${noun.plural}/${doc.key ?? into}), or undo the merge.`;
  return new ApiError('merged_into', detail, [], { merged_into });
}

/** A 404 that suggests an object. For a read of the past it tells when the object was recorded, if that was later. */
export async function notFound(tx: Tx, noun: ResourceType, reference: string): Promise<ApiError> {
  const nameable = isKey(reference) || isIdOf(noun, reference);
  const since = tx.asOf !== null && nameable ? await recordedSince(tx, noun.name, reference) : null;
  if (since !== null) {
    const detail =
      `The ${noun.name} "${reference}" was not there at ${tx.asOf}: it was recorded on ${since}; ` +
      'for what the world knew by then see `known_by`.';
    return new ApiError('not_found', detail);
  }
  const hint = await referenceHint(tx, noun.name, reference);
  const none = `There is no ${noun.name} "${reference.slice(0, 100)}"`;
  if (hint === null) return new ApiError('not_found', `${none}.`);
  return new ApiError('not_found', `${none}; ${hint}${hint.endsWith('?') ? '' : '.'}`);
}

export function goneError(noun: ResourceType, removal: Version): ApiError {
  const { key } = JSON.parse(removal.doc) as ResourceRow;
  const { object_id: id, version, recorded_at, actor, on_behalf_of, reason } = removal;
  const tombstone = {
    id,
    key,
    version,
    removed_at: recorded_at,
    removed_by: actor,
    on_behalf_of,
    reason,
  };
  const detail = `The ${noun.name} was removed on ${recorded_at}. PUT with If-Match "${version}" restores it.`;
  return new ApiError('gone', detail, [], { tombstone }, { etag: `"${version}"` });
}
