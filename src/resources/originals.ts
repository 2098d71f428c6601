import { replaced } from '../db/query/reference-tokens.js';
import { append, lookUp } from '../lib/collections.js';
import { zip } from '../lib/zip.js';
import type { Representation } from './resource-type.js';

/**
 * The original of an object is what was written, below the merges by which its references lead elsewhere. An object is
 * stored as its original is shown while certain merges hold, so these can end in any order. Changes are made to
 * what is shown, and are carried over to the original.
 */

/** What stands for something while certain merges hold, both as `noun:id`. */
export type Standing = (name: string) => string;

type Value = unknown;

/** The original as it is shown; what then stands twice in a list stands there once. */
export function shown(original: Representation, standing: Standing): Representation {
  const members = Object.entries(original).map(([member, value]) => [member, shownValue(value, standing)]);
  return Object.fromEntries(members);
}

function shownValue(value: Value, standing: Standing): Value {
  const there = exchanged(value, standing);
  if (there === value || !Array.isArray(there)) return there;
  return [...new Map(there.map((item) => [JSON.stringify(item), item])).values()];
}

/** No text of a client can hold a reference token, so that it can be exchanged wherever it stands. */
function exchanged(value: Value, standing: Standing): Value {
  const text = JSON.stringify(value);
  if (text === undefined) return value;
  const there = replaced(text, (name) => JSON.stringify(`\0${standing(name)}`));
  return there === text ? value : JSON.parse(there);
}

/** The original of an object that was changed to `next`; `earlier` are originals that it had before, the oldest first. */
export function carriedOver(
  original: Representation,
  next: Representation,
  standing: Standing,
  earlier: readonly Representation[],
): Representation {
  const members = Object.entries(next).map(([member, value]) => {
    const known = earlier.map((one) => one[member]);
    const items = known.flatMap((one) => (Array.isArray(one) ? one : []));
    return [member, carried(original[member], value, { standing, known: [...items, ...known] })];
  });
  const result: Representation = Object.fromEntries(members);
  return isSame(shown(result, standing), next) ? result : next;
}

interface Carrying {
  standing: Standing;
  /** What stood there before. */
  known: readonly Value[];
}

function carried(original: Value, next: Value, carrying: Carrying): Value {
  if (isSame(shownValue(original, carrying.standing), next)) return original;
  if (Array.isArray(original) && Array.isArray(next)) return carriedList(original, next, carrying);
  const before = recalled(next, carrying);
  if (before !== next || !isObject(original) || !isObject(next)) return before;
  return Object.fromEntries(
    Object.entries(next).map(([member, value]) => [member, carried(original[member], value, carrying)]),
  );
}

/** A value that is set back means what was written there before. */
const recalled = <T extends Value>(next: T, { standing, known }: Carrying): T =>
  (known.findLast((value) => isSame(shownValue(value, standing), next)) as T | undefined) ?? next;

/** Items stay where their originals were, unless they were put into another order. */
function carriedList(originals: Value[], next: Value[], carrying: Carrying): Value[] {
  const texts = originals.map((item) => JSON.stringify(exchanged(item, carrying.standing)));
  const before = [...new Set(texts)];
  const origins = originsOf(before, next);
  const kept = origins.filter((origin) => origin !== undefined);
  if (kept.length === 0) {
    const list = recalled(next, carrying);
    return list === next ? next.map((item) => recalled(item, carrying)) : list;
  }
  const places = placesOf(texts);
  const order = kept.flatMap((text) => lookUp(places, text).slice(0, 1));
  const isMoved = zip(order, order.slice(1)).some(([place, next]) => next < place);
  const pieces: { place: number; item: Value }[][] = [];
  // A new item stays before the one that it was put before.
  let following = originals.length;
  for (const [i, item] of [...next.entries()].reverse()) {
    const own = origins[i] === undefined ? [] : lookUp(places, origins[i]);
    following = own[0] ?? following;
    const kept = own.map((place) => ({ place, item: carried(originals[place], item, carrying) }));
    pieces.push(kept.length > 0 ? kept : [{ place: following - 0.5, item: recalled(item, carrying) }]);
  }
  const list = pieces.reverse().flat();
  if (!isMoved) list.sort((one, other) => one.place - other.place);
  return list.map(({ item }) => item);
}

function placesOf(texts: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, text] of texts.entries()) append(places, text, place);
  return places;
}

/** The text that each item had before, if it was there; one that was changed in its place is still that one. */
function originsOf(before: readonly string[], next: readonly Value[]): (string | undefined)[] {
  const there = new Set(before);
  const texts = next.map((item) => JSON.stringify(item));
  const left = new Set(texts);
  return texts.map((text, i) => {
    if (there.has(text)) return text;
    const [old, item] = [before[i], next[i]];
    if (old === undefined || item === undefined || before.length !== next.length) return undefined;
    return isObject(item) && !left.has(old) ? old : undefined;
  });
}

const isSame = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other);

const isObject = (value: Value): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
