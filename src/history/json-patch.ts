/** Differences between two JSON values as a JSON Patch (RFC 6902). */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export type PatchOperation =
  | { op: 'add' | 'replace'; path: string; value: Json }
  | { op: 'remove'; path: string };

type JsonObject = { [name: string]: Json };
const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
const has = (object: JsonObject, name: string) => Object.hasOwn(object, name);

/** Whether two values are the same; the order of the members of an object counts for nothing. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => same(one, b[i]))
    );
  }
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => has(b, name) && same(a[name], b[name]))
  );
}

/** The operations that make `after` of `before`, applied one after the other. None if they are the same. */
export function jsonPatch(before: Json, after: Json, path = ''): PatchOperation[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after)) return objectPatch(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return arrayPatch(before, after, path);
  return [{ op: 'replace', path, value: after }];
}

function objectPatch(before: JsonObject, after: JsonObject, path: string): PatchOperation[] {
  const at = (name: string) => `${path}/${escaped(name)}`;
  const removed = Object.keys(before).filter((name) => !has(after, name));
  return [
    ...removed.map((name): PatchOperation => ({ op: 'remove', path: at(name) })),
    ...Object.entries(after).flatMap(([name, value]): PatchOperation[] =>
      has(before, name) ? jsonPatch(before[name]!, value, at(name)) : [{ op: 'add', path: at(name), value }],
    ),
  ];
}

/** What both begin and end with stays; items between are compared in pairs, the rest removed or added. */
function arrayPatch(before: Json[], after: Json[], path: string): PatchOperation[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && same(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && same(before.at(-1 - end), after.at(-1 - end))) end += 1;

  const patch: PatchOperation[] = [];
  const [old, fresh] = [before.length - end, after.length - end];
  for (let i = start; i < Math.min(old, fresh); i += 1) {
    patch.push(...jsonPatch(before[i]!, after[i]!, `${path}/${i}`));
  }
  for (let i = old - 1; i >= fresh; i -= 1) patch.push({ op: 'remove', path: `${path}/${i}` });
  for (let i = old; i < fresh; i += 1) patch.push({ op: 'add', path: `${path}/${i}`, value: after[i]! });
  return patch;
}
