import { suggestAmount } from './amount-hints.js';

/** Most digits a decimal may have, counted on both sides of the point. */
export const MAX_DIGITS = 64;

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;
/** Longest text worth looking at: a sign, a point and the digits. */
const MAX_LENGTH = MAX_DIGITS + 2;
/** Added to an exponent (-63 to 64) so that all exponents are positive and three digits wide. */
const BIAS = 500;

type Habit = [pattern: RegExp, reason: string, advice: string];

/** What is often wrong with a text that is no plain decimal, and how to write one; the first that fits is told. */
const habits: Habit[] = [
  [/^\s*$/, 'is empty', 'a number such as "12.50"'],
  [/\d\s|\s\d/, 'holds a space', 'the digits without, such as "1000"'],
  [/^\+/, 'starts with a plus sign', '"5", not "+5"'],
  [/^[-\d.]+e[-+]?\d+$/i, 'has an exponent', 'all digits, such as "100000", not "1e5"'],
  [/^[-\d.,]*,[-\d.,]*$/, 'holds a comma', '"1000" without separators and "0.5" with a decimal point'],
  [/^-?\.\d+$/, 'lacks a digit before the point', '"0.5", not ".5"'],
  [/^-?\d+\.$/, 'lacks a digit after the point', '"5" or "5.0", not "5."'],
  [/^-?0\d/, 'starts with a needless zero', '"5", not "05"'],
  [/^[−–]/, 'starts with a dash that is not a minus sign', '"-5" with the hyphen-minus of the keyboard'],
];
const OTHERWISE: Habit = [/(?:)/, 'is not a number', 'digits with an optional point, such as "-12.50"'];

/**
 * Whether the text is a plain decimal: digits with an optional minus and decimal point, no exponent,
 * no leading zeros, at most {@link MAX_DIGITS} digits.
 */
export function isDecimal(text: string): boolean {
  return text.length <= MAX_LENGTH && DECIMAL.test(text) && text.replace(/\D/g, '').length <= MAX_DIGITS;
}

/** Says in one sentence why a text is not a decimal and how to write it; null when it is one. */
export function decimalFault(text: string): string | null {
  if (isDecimal(text)) return null;
  if (text.length > MAX_LENGTH || DECIMAL.test(text)) {
    return `The number is too long: at most ${MAX_DIGITS} digits are taken, such as "12.50".`;
  }
  const [, reason, advice] = habits.find(([pattern]) => pattern.test(text)) ?? OTHERWISE;
  // Invisible and control characters would let the sentence show something else than was sent.
  const shown = text.trim() === '' ? 'The text' : `"${text.replace(/\p{C}/gu, '\uFFFD')}"`;
  return `${shown} ${reason}; write ${suggestAmount(text) ?? advice}.`;
}

/** Sorts before the key of every decimal. */
export const BELOW_ALL = '!';
/** Sorts after the key of every decimal. */
export const ABOVE_ALL = '~';

/**
 * ASCII text whose bytewise order is the numeric order; equal numbers have equal keys. At most 69
 * characters long. In a database it must be compared bytewise (collation "C" or BINARY).
 *
 * The number is taken as 0.d1d2d3... times ten to the exponent, with d1 and the last digit not zero.
 *
 * - zero: `1`
 * - positive: `2`, the exponent plus 500 in three digits, the digits. Of two numbers that share all
 *   digits of the shorter, the longer is greater, as it is in text.
 * - negative: `0`, then the same characters each taken from 9, then `~`, which puts the longer first.
 *
 * @throws {RangeError} when the text is not a decimal.
 */
export function decimalOrderKey(text: string): string {
  if (!isDecimal(text)) throw new RangeError(decimalFault(text) ?? undefined);
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const padded = whole + fraction;
  const digits = padded.replace(/^0+/, '').replace(/0+$/, '');
  if (digits === '') return '1';
  const leading = padded.length - padded.replace(/^0+/, '').length;
  const body = `${whole.length - leading + BIAS}${digits}`;
  return text.startsWith('-') ? `0${body.replace(/\d/g, (digit) => String(9 - Number(digit)))}~` : `2${body}`;
}

/** Sorts after the key to which it is added, and before the key of any larger number. */
const JUST_ABOVE = '!';

/**
 * Keys of the bounds of a range: with them some number of the range is at least x if `upper > key(x)`, and at most x
 * if `lower <= key(x)`, whether a bound belongs to the range or not.
 */
export const lowerBoundKey = (text: string, exclusive: boolean): string =>
  decimalOrderKey(text) + (exclusive ? JUST_ABOVE : '');
export const upperBoundKey = (text: string, exclusive: boolean): string =>
  decimalOrderKey(text) + (exclusive ? '' : JUST_ABOVE);

/**
 * Compares two decimals as numbers: "0.10" equals "0.1" and "-0" equals "0".
 *
 * @throws {RangeError} when either text is not a decimal.
 */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  const [left, right] = [decimalOrderKey(a), decimalOrderKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Digits before the point in groups of three: `1234567.5` as `1,234,567.5`. */
export const groupedDigits = (decimal: string): string =>
  decimal.replace(
    /^(-?)(\d+)/,
    (_, sign: string, whole: string) => `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}`,
  );
