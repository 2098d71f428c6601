import { isJsonObject } from '../lib/json-value.js';

/**
 * JSON Merge Patch (RFC 7396), with one difference: an object whose `type` changes is replaced, since the
 * members of one type of value mean nothing in another. With `keepNulls` the members that are cleared stay, as null.
 */
export function mergePatch(target: unknown, patch: unknown, { keepNulls = false } = {}): unknown {
  if (!isJsonObject(patch)) return patch;
  const sameType = isJsonObject(target) && (!('type' in patch) || patch.type === target.type);
  const merged: Record<string, unknown> = sameType ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null && !keepNulls) delete merged[name];
    else merged[name] = mergePatch(merged[name], value, { keepNulls });
  }
  return merged;
}
