import type { ComparableValue, ValueComparison } from '../values/value.js';
import { compareValues } from '../values/values.js';
import { type Scope, scopeDifferences } from './scopes.js';
import { compareTimes, type Occurrence, type TimeComparison } from './times.js';

export const conflictKinds = [
  'contradiction',
  'overlapping',
  'different_time',
  'different_scope',
  'unknown_time',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** A claim, as far as it can conflict; the output form of a claim fits but for its references. */
export interface ComparableClaim extends Occurrence, Scope {
  kind: string;
  subject: string | null;
  predicate: { key: string; functional: boolean; measure: string | null; unit: string | null } | null;
  value: ComparableValue;
}

export interface Conflict {
  kind: ConflictKind;
  /** Sentences; the first gives what decides. */
  why: string[];
}

/**
 * How two claims conflict, or null if they do not or nothing can be told. Only facts are compared, and
 * only if they give different values for one subject and one functional predicate.
 *
 * 1. Values that can both be right are `overlapping`, whatever their times.
 * 2. Values that cannot both be right are no contradiction at times that do not meet (`different_time`),
 *    nor where different things or places are counted, or units do not fit (`different_scope`), nor where
 *    one of the times is not known (`unknown_time`). The first of these that applies gives the kind, since
 *    a difference that is known says more than one that may be; `why` tells all of them.
 * 3. What is left is a `contradiction`; so is the total of a period that is larger than that of a longer
 *    period which includes it.
 *
 * Where the value is itself a date or a place, it is not held against `occurred` or `places`, which
 * mostly repeat it.
 */
export function compareClaims(a: ComparableClaim, b: ComparableClaim): Conflict | null {
  const { predicate, subject, value } = a;
  const comparable = a.kind === 'fact' && b.kind === 'fact' && subject !== null && subject === b.subject;
  if (!comparable || !predicate?.functional || predicate.key !== b.predicate?.key) return null;
  const values = compareValues(value, b.value, predicate.unit);
  if (values === null || values.relation === 'same') return null;
  const types = [value.type, b.value.type];
  const time = types.includes('date') ? null : compareTimes(a, b, predicate.measure);
  const scopes = scopeDifferences(a, b, !types.includes('place'));
  if (values.scope !== undefined) scopes.unshift(values.scope);
  const kind = kindOf(values, time, scopes);
  return { kind, why: reasons(kind, values, time, scopes) };
}

function kindOf(values: ValueComparison, time: TimeComparison | null, scopes: string[]): ConflictKind {
  if (values.relation === 'overlapping') return 'overlapping';
  const nested = time?.relation === 'part' || time?.relation === 'whole';
  if (time?.relation === 'different' || (nested && !partExceeds(values, time))) return 'different_time';
  if (scopes.length > 0) return 'different_scope';
  return time?.relation === 'unknown' ? 'unknown_time' : 'contradiction';
}

const partExceeds = ({ larger }: ValueComparison, time: TimeComparison | null): boolean =>
  (time?.relation === 'part' && larger === 'first') || (time?.relation === 'whole' && larger === 'second');

function reasons(
  kind: ConflictKind,
  values: ValueComparison,
  time: TimeComparison | null,
  scopes: string[],
): string[] {
  const [one, other] = values.values;
  const nested = partExceeds(values, time) ? ['The total of a part cannot exceed that of the whole.'] : [];
  const differences = [...(time ? [time.why] : []), ...scopes];
  if (kind === 'contradiction' || kind === 'overlapping') {
    const can = kind === 'overlapping' ? 'can' : 'cannot';
    const lead = `${startOf(one)} and ${other} ${can} both be right.`;
    return [lead, ...nested, ...values.notes, ...differences.map(sentence)];
  }
  const leads = kind === 'different_scope' ? [...scopes, ...differences] : differences;
  const [lead = '', ...rest] = new Set(leads);
  const hedge = kind === 'unknown_time' ? 'Perhaps not comparable' : 'Not comparable';
  return [
    `${hedge}: ${lead}.`,
    `One gives ${one}, the other ${other}.`,
    ...values.notes,
    ...rest.map(sentence),
  ];
}

const sentence = (part: string): string => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`;

/** Raises the first letter of words that this project put there; names keep theirs. */
const startOf = (words: string): string =>
  words
    .replace(/^c\. (?=\d|[A-Z])/, 'About ')
    .replace(
      /^(about|at|down|less|more|no|none|since|some unknown value|until|up)\b/,
      (word) => word.charAt(0).toUpperCase() + word.slice(1),
    );
