import { type Scope, scopeDifferences } from './scopes.js';
import { compareTimes, type Occurrence } from './times.js';
import type { ComparableValue } from './value.js';
import { compareValues } from './values.js';

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
  /** Sentences: first of the values, then of time and of scope. */
  why: string[];
}

/**
 * How two claims conflict, or null if they do not or nothing can be told. Only facts are compared, and
 * only if they give different values for one subject and one functional predicate.
 *
 * 1. Values that can both be right are `overlapping`, whatever their times.
 * 2. Values that cannot both be right are no contradiction at times that do not meet (`different_time`),
 *    nor where different things or places are counted, or units do not fit (`different_scope`), nor where
 *    one of the times is not known (`unknown_time`). What comes first here gives the kind, since a
 *    difference that is known says more than one that may be; `why` tells all of them.
 * 3. What is left is a `contradiction`.
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
  const scope = scopeDifferences(a, b, value.type !== 'place');
  const time = value.type === 'date' ? null : compareTimes(a, b, predicate.measure);
  const why = [...values.why, ...(time ? [time.why] : []), ...scope];
  const kind = (): ConflictKind => {
    if (values.relation === 'overlapping') return 'overlapping';
    if (time?.relation === 'different') return 'different_time';
    if (values.relation === 'other_scope' || scope.length > 0) return 'different_scope';
    return time?.relation === 'unknown' ? 'unknown_time' : 'contradiction';
  };
  return { kind: kind(), why };
}
