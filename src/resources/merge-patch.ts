import { isJsonObject } from '../lib/json-value.js';

interface Options {
  /** Whether the members that are cleared stay, as null. */
  keepNulls?: boolean;
}

/**
 * JSON Merge Patch (RFC 7396) of an input form, with one difference: an object within it whose `type` changes is
 * replaced, since the members of one type of value mean nothing in another.
 */
export function mergePatch(target: unknown, patch: unknown, options: Options = {}): unknown {
  return isJsonObject(patch) ? merged(isJsonObject(target) ? target : {}, patch, options) : patch;
}

function merged(target: Record<string, unknown>, patch: Record<string, unknown>, options: Options) {
  const result = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null && !options.keepNulls) delete result[name];
    else result[name] = mergePatch(replaced(result[name], value) ? {} : result[name], value, options);
  }
  return result;
}

const replaced = (before: unknown, after: unknown): boolean =>
  isJsonObject(before) && isJsonObject(after) && 'type' in after && after.type !== before.type;
