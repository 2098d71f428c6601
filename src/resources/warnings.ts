import type { Reference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { otherCalendar } from '../lib/calendars.js';
import type { ResourceName } from '../lib/ids.js';

/** A likely mistake in an object that was written all the same. */
export interface Warning {
  /** Stable slug, such as `same_address`. */
  code: string;
  /** JSON Pointer into the input form. */
  pointer: string;
  /** What is odd, and what to do if it is a slip. */
  detail: string;
  /** The objects that it has to do with. */
  objects: { noun: ResourceName; id: string }[];
}

/** A warning as answers show it. */
export type ShownWarning = Omit<Warning, 'objects'> & { objects: Reference[] };

/** Warnings that one answer gives, and objects that one of them names. */
const MOST_TOLD = 20;
const MOST_OBJECTS = 5;

const few = <T>(objects: readonly T[]): T[] => objects.slice(0, MOST_OBJECTS);

/** Warnings of which the objects are still to be named, as far as they are told. */
export const toldWarnings = (warnings: readonly Warning[]): Warning[] =>
  warnings.slice(0, MOST_TOLD).map((warning) => ({ ...warning, objects: few(warning.objects) }));

/** One that has to do with these objects; no warning where there are none. */
export function sameAs(
  code: string,
  pointer: string,
  noun: ResourceName,
  ids: readonly string[],
  detail: string,
): Warning[] {
  return ids.length === 0 ? [] : [{ code, pointer, detail, objects: ids.map((id) => ({ noun, id })) }];
}

/** A date of an input form, in EDTF, or an instant. */
export interface DatedMember {
  pointer: string;
  text: string | null;
}

/** Dates that are probably in another calendar. */
export function calendarWarnings(tx: Tx, dates: readonly DatedMember[]): Warning[] {
  return dates.flatMap(({ pointer, text }) => {
    if (text === null) return [];
    const detail = otherCalendar(text.replace(/T.*$/, ''), tx.at);
    return detail === null ? [] : [{ code: 'other_calendar', pointer, detail, objects: [] }];
  });
}

/** First and last day of a date, as they are stored; nulls where there is none. */
export type Days = readonly [first: number | null, last: number | null];

/** A date, and the objects that a warning about it names. */
export interface Dated {
  days: Days;
  objects: Warning['objects'];
}

const FAR = 50 * 365;

/**
 * The date that is nearest to this one, if that is farther away than any slip of memory: more than fifty years. Null
 * where another is nearer, or there is none to compare with.
 */
export function farFromAll([first, last]: Days, others: readonly Dated[]): Dated | null {
  if (first === null || last === null) return null;
  let nearest: { other: Dated; gap: number } | null = null;
  for (const other of others) {
    const [from, to] = other.days;
    if (from === null || to === null) continue;
    const gap = Math.max(from - last, first - to);
    if (nearest === null || gap < nearest.gap) nearest = { other, gap };
  }
  return nearest !== null && nearest.gap > FAR ? nearest.other : null;
}
