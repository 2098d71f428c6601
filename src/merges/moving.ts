import { isDeepStrictEqual } from 'node:util';
import type { Representation } from '../resources/resource-type.js';

/** What an object says with another reference in place of one that was merged, and back again. References are reference tokens. */

type Value = unknown;

/** The object with `to` in place of `from`; what then stands twice in a list of references stands there once. */
export function moved(view: Representation, from: string, to: string): Representation {
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

/** No text of a client can hold a reference token, so that it can be exchanged wherever it stands. */
const exchanged = (value: Value, from: string, to: string): Value =>
  JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(from), JSON.stringify(to)));

const names = (value: Value, marker: string): boolean =>
  JSON.stringify(value)?.includes(JSON.stringify(marker)) ?? false;

/** Another merge into the same, and the object before it. */
export interface OtherMerge {
  from: string;
  before: Representation;
  /** Whether it held when the merge was made that is undone. */
  heldThen: boolean;
  holdsNow: boolean;
}

/**
 * The object as it is now with `from` again wherever it named that before it was merged into `to`, and still names `to`.
 * All other changes since stay. What stands once in a list can stand there for others that were merged into `to`, too.
 */
export function movedBack(
  before: Representation,
  now: Representation,
  from: string,
  to: string,
  others: readonly OtherMerge[] = [],
): Representation {
  const members = Object.entries(now).map(([member, value]): [string, Value] => {
    const alike = others.map((other) => ({ ...other, before: other.before[member] }));
    return [member, back(before[member], value, { from, to, others: alike })];
  });
  return Object.fromEntries(members);
}

interface Undoing {
  from: string;
  to: string;
  /** With what they have of the same member. */
  others: (Omit<OtherMerge, 'before'> & { before: Value })[];
}

function back(before: Value, now: Value, undoing: Undoing): Value {
  const { from, to } = undoing;
  if (before === from) return now === to ? from : now;
  if (!names(before, from)) return now;
  if (Array.isArray(before)) return Array.isArray(now) ? listBack(before, now, undoing) : now;
  if (!isObject(before) || !isObject(now)) return now;
  return Object.fromEntries(
    Object.entries(now).map(([member, value]) => [member, back(before[member], value, undoing)]),
  );
}

function listBack(before: Value[], now: Value[], undoing: Undoing): Value[] {
  const { from, to, others } = undoing;
  if (others.length === 0 && isDeepStrictEqual(now, movedList(before, from, to))) return before;
  const list = [...now];
  for (const [i, item] of before.entries()) {
    if (!names(item, from)) continue;
    const there = exchanged(item, from, to);
    const at = list.findIndex((one) => isDeepStrictEqual(one, there));
    if (at >= 0 && standsForOthers(there, before, undoing)) list.splice(Math.min(i, list.length), 0, item);
    else if (at >= 0) list[at] = item;
    else if (list.length === before.length) list[i] = back(item, list[i], undoing);
  }
  return list;
}

/** Whether an item stood in a list besides, or stands for what another merge moved that holds. */
function standsForOthers(there: Value, before: Value[], { to, others }: Undoing): boolean {
  const has = (list: Value, item: Value) =>
    Array.isArray(list) && list.some((one) => isDeepStrictEqual(one, item));
  const moving = others.filter(
    ({ before: list, from }) =>
      Array.isArray(list) &&
      list.some((one) => names(one, from) && isDeepStrictEqual(exchanged(one, from, to), there)),
  );
  if (moving.some(({ holdsNow }) => holdsNow)) return true;
  // Where one had moved it there before, only the list before that one tells whether it stood there of its own.
  const first = moving.find(({ heldThen }) => heldThen);
  return has(first ? first.before : before, there);
}

const isObject = (value: Value): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
