import { parseEdtf } from '../lib/edtf.js';
import { fold } from '../lib/text.js';
import { compareChanges, compareMoney, compareQuantities } from './figures.js';
import { both, type ComparableValue, neither, type Of, SAME, type ValueComparison } from './value.js';

/**
 * Compares two values of one predicate.
 *
 * Nothing can be told of values of different types, of texts (other words may say the same), of unknown
 * values, of currencies without a common equivalent, of a place without a code under another name (one may
 * lie in the other), and of an unnamed party, which may be the one that the other claim names.
 */
export function compareValues(
  a: ComparableValue,
  b: ComparableValue,
  defaultUnit: string | null,
): ValueComparison | null {
  if (a.type === 'quantity' && b.type === 'quantity') return compareQuantities(a, b, defaultUnit);
  if (a.type === 'money' && b.type === 'money') return compareMoney(a, b);
  if (a.type === 'change' && b.type === 'change') return compareChanges(a, b);
  if (a.type === 'party' && b.type === 'party') return compareParties(a, b);
  if (a.type === 'place' && b.type === 'place') return comparePlaces(a, b);
  if (a.type === 'date' && b.type === 'date') return compareDates(a, b);
  return null;
}

function compareParties(a: Of<'party'>, b: Of<'party'>): ValueComparison | null {
  if (a.party.id === b.party.id) return SAME;
  if (a.unnamed || b.unnamed) return null;
  return { relation: 'apart', why: neither(a.party.name ?? a.party.id, b.party.name ?? b.party.id) };
}

function comparePlaces(a: Of<'place'>, b: Of<'place'>): ValueComparison | null {
  if (a.iso_3166 === null || b.iso_3166 === null) return fold(a.name) === fold(b.name) ? SAME : null;
  if (a.iso_3166 === b.iso_3166) return SAME;
  const lies = (inner: string, outer: string) => inner.startsWith(`${outer}-`);
  const within = lies(a.iso_3166, b.iso_3166) || lies(b.iso_3166, a.iso_3166);
  return within
    ? { relation: 'overlapping', why: both(a.name, b.name) }
    : { relation: 'apart', why: neither(a.name, b.name) };
}

function compareDates(a: Of<'date'>, b: Of<'date'>): ValueComparison {
  const [first, second] = [parseEdtf(a.date), parseEdtf(b.date)];
  if (first.first === second.first && first.last === second.last) return SAME;
  const meet = first.first <= second.last && second.first <= first.last;
  return meet
    ? { relation: 'overlapping', why: both(a.date, b.date) }
    : { relation: 'apart', why: neither(a.date, b.date) };
}
