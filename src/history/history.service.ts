import { fillReferences } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { ResourceName } from '../lib/ids.js';
import type { Json } from '../lib/json-value.js';
import { isGone, type Version } from '../resources/resources.store.js';
import { deletedReferences } from './deleted-references.service.js';
import { namesOfKeys, versionsBetween } from './history.store.js';
import { jsonPatch } from './json-patch.js';

/** The output form without the members that change with every version, such as `updated_at`. */
function compared(doc: string): Json {
  const object = JSON.parse(doc) as { [name: string]: Json };
  const { version: _version, updated_at: _updated, merge: _merge, ...rest } = object;
  return rest;
}

/** The difference from the version before; null for a creation and a removal, which have nothing to compare. */
function patchOf(version: Version, before: Version | undefined) {
  if (isGone(version.operation) || !before) return null;
  return jsonPatch(compared(before.doc), compared(version.doc));
}

/**
 * Versions of one object as JSON text: who, when, why, and the difference from the version before; with the
 * whole object if `whole`. References show the names that hold in `tx`; removed objects show the last name that they had.
 */
export function versionTexts(tx: Tx, noun: ResourceName, rows: [Version], whole: boolean): Promise<[string]>;
export function versionTexts(tx: Tx, noun: ResourceName, rows: Version[], whole: boolean): Promise<string[]>;
export async function versionTexts(
  tx: Tx,
  noun: ResourceName,
  rows: Version[],
  whole: boolean,
): Promise<string[]> {
  const objectId = rows[0]?.object_id;
  if (objectId === undefined) return [];
  const numbers = rows.map(({ version }) => version);
  const first = Math.min(...numbers) - 1;
  const before = await versionsBetween(tx, noun, objectId, first, Math.max(...numbers));
  const keys = await namesOfKeys(tx, [...new Set(rows.map(({ actor }) => actor))]);
  const views = rows.map((row) => ({
    version: row.version,
    operation: row.operation,
    recorded_at: row.recorded_at,
    actor: { id: row.actor, name: keys.get(row.actor) ?? null },
    on_behalf_of: row.on_behalf_of,
    reason: row.reason,
    request_id: row.request_id,
    ...(whole ? { object: isGone(row.operation) ? null : JSON.parse(row.doc) } : {}),
    patch: patchOf(row, before.get(row.version - 1)),
  }));
  return fillReferences(
    tx,
    views.map((view) => JSON.stringify(view)),
    deletedReferences,
  );
}
