import type { Tx } from '../db/store/store.js';
import { ApiError } from '../lib/errors.js';
import { locate, mergedError, notFound } from '../resources/find.js';
import type { ResourceType } from '../resources/resource-type.js';
import { versionRows } from './history.store.js';

/** The id behind an id or key, of an object that exists or once did. */
export async function objectId(tx: Tx, noun: ResourceType, reference: string): Promise<string> {
  const found = await locate(tx, noun, reference);
  if (found.state === 'unknown') throw await notFound(tx, noun, reference);
  if (found.state === 'merged') throw await mergedError(tx, noun, reference, found.into);
  return found.state === 'live' ? found.stored.id : found.removal.object_id;
}

/** When a version of an object was recorded, or 404. */
export async function instantOfVersion(
  tx: Tx,
  noun: ResourceType,
  reference: string,
  version: number,
): Promise<string> {
  const object = await objectId(tx, noun, reference);
  const at = { value: null, id: String(version + 1) };
  const [row] = await versionRows(tx, noun.name, object, { at, back: false, limit: 1 });
  if (row?.version !== version) throw new ApiError('not_found', `There is no version ${version}.`);
  return row.recorded_at;
}
