import { fold } from './text.js';

/** Units of one kind, each as a whole number of the smallest; only where the factor is exact. */
const families = [
  { minute: 1n, hour: 60n, day: 1_440n, week: 10_080n },
  { month: 1n, year: 12n },
  { gram: 1n, kilogram: 1_000n, tonne: 1_000_000n },
  { metre: 1n, kilometre: 1_000n },
].map((units) => new Map(Object.entries(units)));
const spellings = new Map(
  Object.entries({
    kg: 'kilogram',
    km: 'kilometre',
    meter: 'metre',
    kilometer: 'kilometre',
    'metric ton': 'tonne',
    'per cent': 'percent',
    pct: 'percent',
  }),
);

/** The normal form of a unit, which levels case, plural and some spellings: "Fighters" and "fighter" are one unit. */
export function unitForm(unit: string): string {
  const singular = fold(unit.replaceAll('%', ' percent ')).replace(/(?<=[^s])s$/, '');
  return spellings.get(singular) ?? (singular || unit.trim());
}

/**
 * The unit in which a quantity counts: its own, or where it gives none that of its predicate, whose spelling also
 * stands for others of the same form.
 */
export function effectiveUnit(own: string | null, ofPredicate: string | null): string | null {
  if (own === null || ofPredicate === null) return own ?? ofPredicate;
  return unitForm(own) === unitForm(ofPredicate) ? ofPredicate : own;
}

/**
 * The whole numbers by which figures in two units are to be multiplied to have the same unit; null for
 * units that cannot be converted exactly, such as fighters and people, or months and weeks.
 */
export function factors(a: string, b: string): [bigint, bigint] | null {
  const [one, other] = [unitForm(a), unitForm(b)];
  if (one === other) return [1n, 1n];
  for (const family of families) {
    const [size, otherSize] = [family.get(one), family.get(other)];
    if (size !== undefined && otherSize !== undefined) return [size, otherSize];
  }
  return null;
}

/** The same for amounts per unit, where the longer the unit, the smaller the amount in the smallest. */
export function rateFactors(a: string, b: string): [bigint, bigint] | null {
  const found = factors(a, b);
  return found && [found[1], found[0]];
}
