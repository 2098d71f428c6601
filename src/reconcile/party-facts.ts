import { countryMeant } from '../lib/countries.js';
import { parseEdtf } from '../lib/edtf.js';
import type { Wanted } from '../parties/names/judge.js';
import type { Given } from './properties.js';

type Facts = Pick<Wanted, 'country' | 'born' | 'identifier'>;

/** The facts that the comparison of names weighs itself, and how a value is read; undefined where it cannot be. */
const weighed: Record<string, { fact: keyof Facts; parse: (value: string) => string | undefined }> = {
  country: { fact: 'country', parse: countryMeant },
  born: { fact: 'born', parse: dateIn },
  identifiers: { fact: 'identifier', parse: (value) => (/^[^:]+:.+$/s.test(value) ? value : undefined) },
};

function dateIn(value: string): string | undefined {
  try {
    return parseEdtf(value).text && value;
  } catch {
    return undefined;
  }
}

/** What was given, as those facts and as the rest, which is compared one by one. */
export function partyFacts(given: readonly Given[]): { facts: Facts; rest: Given[] } {
  const facts: Facts = {};
  const rest = given.filter(({ property, values }) => {
    const known = weighed[property.id];
    const [only, ...others] = values;
    const value = only !== undefined && others.length === 0 ? known?.parse(only) : undefined;
    if (!known || value === undefined || facts[known.fact] !== undefined) return true;
    facts[known.fact] = value;
    return false;
  });
  return { facts, rest };
}
