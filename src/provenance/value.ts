import type { Amount } from './intervals.js';

/** The value of a claim, as far as it can be compared; the output form of a value fits. */
export type ComparableValue =
  | (Amount & { type: 'quantity'; unit: string | null; out_of: string | null })
  | (Amount & {
      type: 'money';
      currency: string;
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
  | { type: 'none' };

export type Of<Type extends ComparableValue['type']> = Extract<ComparableValue, { type: Type }>;

/**
 * How two values stand to each other: they say the same, can both be right, exclude each other, or speak
 * of different things. Null where nothing can be told.
 */
export interface ValueComparison {
  relation: 'same' | 'overlapping' | 'apart' | 'other_scope';
  why: string[];
}

export const SAME: ValueComparison = { relation: 'same', why: [] };
/** Raises the first letter of words that this project put there; names keep theirs. */
const raised = (words: string) =>
  words.replace(/^(about|at|down|no|up)\b/, (word) => word[0]!.toUpperCase() + word.slice(1));

export const both = (a: string, b: string) => [`${raised(a)} and ${b} can both be right.`];
export const neither = (a: string, b: string) => [`${raised(a)} and ${b} cannot both be right.`];
