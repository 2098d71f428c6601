type Json = unknown;

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * JSON Merge Patch (RFC 7396), with one difference: an object whose `type` changes is replaced, since the
 * members of one type of value mean nothing in another. With `keepNulls` the members that are cleared stay, as null.
 */
export function mergePatch(target: Json, patch: Json, { keepNulls = false } = {}): Json {
  if (!isObject(patch)) return patch;
  const sameType = isObject(target) && (!('type' in patch) || patch.type === target.type);
  const merged: Record<string, Json> = sameType ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null && !keepNulls) delete merged[name];
    else merged[name] = mergePatch(merged[name], value, { keepNulls });
  }
  return merged;
}
