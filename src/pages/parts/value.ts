import { valueWords } from '../../provenance/values/value-text.js';
import type { Value } from '../frame/outputs.js';

/** A value in words, in the unit of its predicate where it names none; null where none is given. */
export const valueText = (value: Value, unit: string | null): string | null =>
  value.type === 'none' ? null : valueWords(value, unit);
