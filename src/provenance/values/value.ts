import type { Amount } from './intervals.js';

/** The value of a claim, as far as it can be compared; the output form of a value fits. */
export type ComparableValue =
  | (Amount & { type: 'quantity'; unit: string | null; out_of: string | null })
  | (Amount & {
      type: 'money';
      /** Null where the source does not say which. */
      currency: string | null;
      per: string | null;
      equivalents: readonly (Amount & { currency: string })[];
    })
  | {
      type: 'change';
      direction: 'up' | 'down' | 'none';
      amount: string | null;
      unit: string | null;
      baseline: string | null;
    }
  | { type: 'party'; party: { id: string; name: string | null }; unnamed?: boolean }
  | { type: 'place'; name: string; iso_3166: string | null }
  | { type: 'date'; date: string }
  | { type: 'text'; text: string }
  | { type: 'unknown' }
  | { type: 'no_value' }
  | { type: 'none' };

export type Of<Type extends ComparableValue['type']> = Extract<ComparableValue, { type: Type }>;

/**
 * How two values stand to each other: they say the same, can both be right, exclude each other, or speak
 * of different things.
 */
export interface ValueComparison {
  relation: 'same' | 'overlapping' | 'apart' | 'other_scope';
  /** Both values in words. */
  values: [string, string];
  /** What else a reader should know, in sentences. */
  notes: string[];
  /** Why they speak of different things, without capital and full stop. */
  scope?: string;
  /** Of numbers that exclude each other and are not negative, the larger. */
  larger?: 'first' | 'second';
}

/** Null where the values cannot be compared. */
export type Compared = ValueComparison | null;

export const same = (a: string, b = a): ValueComparison => ({ relation: 'same', values: [a, b], notes: [] });
