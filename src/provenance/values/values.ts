import { edtfSpans, isQualified, spansMeet, widenedSpans } from '../../lib/edtf-spans.js';
import { fold } from '../../lib/text.js';
import { compareChanges, compareMoney, compareQuantities } from './quantities.js';
import { type ComparableValue, type Compared, type Of, same } from './value.js';
import { dateValueWords, valueWords } from './value-text.js';

/**
 * Compares two values of one predicate.
 *
 * Nothing can be told of values of different types, of texts (other words may say the same), of unknown
 * values, of currencies that are not said or without a common equivalent, of a place without a code under another name (one may
 * lie in the other), and of an unnamed party, which may be the one that the other claim names.
 */
export function compareValues(a: ComparableValue, b: ComparableValue, defaultUnit: string | null): Compared {
  if (a.type === 'no_value' || b.type === 'no_value') return compareWithNothing(a, b, defaultUnit);
  if (a.type === 'quantity' && b.type === 'quantity') return compareQuantities(a, b, defaultUnit);
  if (a.type === 'money' && b.type === 'money') return compareMoney(a, b);
  if (a.type === 'change' && b.type === 'change') return compareChanges(a, b);
  if (a.type === 'party' && b.type === 'party') return compareParties(a, b);
  if (a.type === 'place' && b.type === 'place') return comparePlaces(a, b);
  if (a.type === 'date' && b.type === 'date') return compareDates(a, b);
  return null;
}

/** "There is none" excludes every other value, also an unknown one. */
function compareWithNothing(a: ComparableValue, b: ComparableValue, unit: string | null): Compared {
  if (a.type === 'none' || b.type === 'none') return null;
  const values: [string, string] = [valueWords(a, unit), valueWords(b, unit)];
  return a.type === b.type ? same(...values) : { relation: 'apart', values, notes: [] };
}

function compareParties(a: Of<'party'>, b: Of<'party'>): Compared {
  const values: [string, string] = [a.party.name ?? a.party.id, b.party.name ?? b.party.id];
  if (a.party.id === b.party.id) return same(...values);
  if (a.unnamed || b.unnamed) return null;
  return { relation: 'apart', values, notes: [] };
}

function comparePlaces(a: Of<'place'>, b: Of<'place'>): Compared {
  const values: [string, string] = [a.name, b.name];
  if (a.iso_3166 === null || b.iso_3166 === null) {
    return fold(a.name) === fold(b.name) ? same(...values) : null;
  }
  if (a.iso_3166 === b.iso_3166) return same(...values);
  const lies = (inner: string, outer: string) => inner.startsWith(`${outer}-`);
  const within = lies(a.iso_3166, b.iso_3166) || lies(b.iso_3166, a.iso_3166);
  return { relation: within ? 'overlapping' : 'apart', values, notes: [] };
}

function compareDates(a: Of<'date'>, b: Of<'date'>): Compared {
  const values: [string, string] = [dateValueWords(a.date), dateValueWords(b.date)];
  const [first, second] = [edtfSpans(a.date), edtfSpans(b.date)];
  if (JSON.stringify(first) === JSON.stringify(second)) return same(...values);
  if (spansMeet(first, second)) return { relation: 'overlapping', values, notes: [] };
  const notes = [a.date, b.date].some(isQualified)
    ? ['An approximate or uncertain date is taken as one year, month or day wider on either side.']
    : [];
  const near = spansMeet(widenedSpans(a.date), widenedSpans(b.date));
  return { relation: near ? 'overlapping' : 'apart', values, notes };
}
