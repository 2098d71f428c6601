import { isDeepStrictEqual } from 'node:util';
import type { View } from '../register/noun.js';

/** What an object says with another reference in place of one that was merged, and back again. References are markers. */

type Value = unknown;

/** The object with `to` in place of `from`; what then stands twice in a list of references stands there once. */
export function moved(view: View, from: string, to: string): View {
  const members = Object.entries(view).map(([member, value]): [string, Value] => {
    if (!names(value, from)) return [member, value];
    return [member, Array.isArray(value) ? movedList(value, from, to) : exchanged(value, from, to)];
  });
  return Object.fromEntries(members);
}

function movedList(list: Value[], from: string, to: string): Value[] {
  const there = exchanged(list, from, to) as Value[];
  return there.filter((item, i) => isFirst(there, item, i));
}

const isFirst = (list: Value[], item: Value, at: number): boolean =>
  list.findIndex((other) => isDeepStrictEqual(other, item)) === at;

/** No text of a client can hold a marker, so that it can be exchanged wherever it stands. */
const exchanged = (value: Value, from: string, to: string): Value =>
  JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(from), JSON.stringify(to)));

const names = (value: Value, marker: string): boolean =>
  JSON.stringify(value)?.includes(JSON.stringify(marker)) ?? false;

/**
 * The object as it is now with `from` again wherever it named that before it was merged into `to`, and still names `to`.
 * All other changes since stay.
 */
export function movedBack(before: View, now: View, from: string, to: string): View {
  return back(before, now, from, to) as View;
}

function back(before: Value, now: Value, from: string, to: string): Value {
  if (before === from) return now === to ? from : now;
  if (!names(before, from)) return now;
  if (Array.isArray(before)) return Array.isArray(now) ? listBack(before, now, from, to) : now;
  if (!isObject(before) || !isObject(now)) return now;
  return Object.fromEntries(
    Object.entries(now).map(([member, value]) => [member, back(before[member], value, from, to)]),
  );
}

function listBack(before: Value[], now: Value[], from: string, to: string): Value[] {
  if (isDeepStrictEqual(now, movedList(before, from, to))) return before;
  const list = [...now];
  for (const [i, item] of before.entries()) {
    if (!names(item, from)) continue;
    const there = exchanged(item, from, to);
    const at = list.findIndex((one) => isDeepStrictEqual(one, there));
    if (at >= 0 && before.some((one) => isDeepStrictEqual(one, there))) {
      // Both stood in the list, and one for both since.
      list.splice(Math.min(i, list.length), 0, item);
    } else if (at >= 0) list[at] = item;
    else if (list.length === before.length) list[i] = back(item, list[i], from, to);
  }
  return list;
}

const isObject = (value: Value): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
