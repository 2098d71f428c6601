import { isJsonObject, type Json, type JsonObject, pointerOf, sameJson } from '../lib/json-value.js';
import { zip } from '../lib/zip.js';

/** Differences between two JSON values as a JSON Patch (RFC 6902). */

export type PatchOperation =
  | { op: 'add' | 'replace'; path: string; value: Json }
  | { op: 'remove'; path: string };

const has = (object: JsonObject, name: string) => Object.hasOwn(object, name);

/** The operations that make `after` of `before`, applied one after the other. None if they are the same. */
export function jsonPatch(before: Json, after: Json, path = ''): PatchOperation[] {
  if (sameJson(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) return objectPatch(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return arrayPatch(before, after, path);
  return [{ op: 'replace', path, value: after }];
}

function objectPatch(before: JsonObject, after: JsonObject, path: string): PatchOperation[] {
  const at = (name: string) => path + pointerOf([name]);
  const removed = Object.keys(before).filter((name) => !has(after, name));
  return [
    ...removed.map((name): PatchOperation => ({ op: 'remove', path: at(name) })),
    ...Object.entries(after).flatMap(([name, value]): PatchOperation[] => {
      const old = has(before, name) ? before[name] : undefined;
      return old === undefined ? [{ op: 'add', path: at(name), value }] : jsonPatch(old, value, at(name));
    }),
  ];
}

/** The common beginning and end stay. The items between are compared in pairs; the rest is removed or added. */
function arrayPatch(before: Json[], after: Json[], path: string): PatchOperation[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && sameJson(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && sameJson(before.at(-1 - end), after.at(-1 - end))) end += 1;

  const gone = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  const at = (i: number) => `${path}/${start + i}`;
  const removed = gone
    .slice(added.length)
    .map((_, i): PatchOperation => ({ op: 'remove', path: at(added.length + i) }));
  return [
    ...zip(gone, added).flatMap(([old, value], i) => jsonPatch(old, value, at(i))),
    // From the end, so that those before keep their places.
    ...removed.reverse(),
    ...added
      .slice(gone.length)
      .map((value, i): PatchOperation => ({ op: 'add', path: at(gone.length + i), value })),
  ];
}
