import { EdtfError } from '../../lib/edtf.js';
import { edtfWords } from '../../lib/edtf-text.js';

/** Words of pages for what answers of the API say in codes. */

/** "single_origin" as "single origin". */
export const plain = (code: string): string => code.replaceAll('_', ' ');

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The type of the values of a predicate. */
export const valueTypeWords = (type: string): string =>
  type === 'none' ? 'No value of its own' : capital(plain(type));

/** Of what a figure is. */
export const measureWords = { level: 'holds at one time', period_total: 'counted over a period' } as const;

const regions = new Intl.DisplayNames('en', { type: 'region' });

/** The name of a country by its ISO 3166-1 code; a code of a part of one (PK-BA) stays a code. */
export const regionWords = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code;

/** An EDTF date in words; as it is where it is no date, so that a page shows what is stored. */
export function dateWords(edtf: string): string {
  try {
    return edtfWords(edtf);
  } catch (error) {
    if (error instanceof EdtfError) return edtf;
    throw error;
  }
}

/** An instant in words, in UTC: "1 Nov 2026, 12:41 UTC"; a day alone stays a day. */
export function instantWords(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  if (/^\d{4}-\d{2}-\d{2}$/.test(instant) || instant.endsWith('T23:59:59.999Z')) return day.format(at);
  return `${minute.format(at)} UTC`;
}

const shared = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const day = new Intl.DateTimeFormat('en-GB', shared);
const minute = new Intl.DateTimeFormat('en-GB', { ...shared, hour: '2-digit', minute: '2-digit' });

const numbers = new Intl.NumberFormat('en');

/** “12,345”. */
export const numberWords = (n: number): string => numbers.format(n);

/** Characters of a text in lists, and above which a heading is set small: more would hide what stands beside it. */
export const LONG = 300;

/** No more than `most` characters, cut between words. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const kept = cut.slice(0, Math.max(cut.lastIndexOf(' '), most * 0.7));
  // Never half of a character.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`;
}
