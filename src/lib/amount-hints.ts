import { asciiDigits } from './text.js';

/**
 * What people write in place of a plain decimal, as what they most likely mean: "3 million" is `"3000000"`, "over 600"
 * is `"lower":"600"` and `"lower_exclusive":true`. A suggestion to show, never a value to store; null where none can
 * be told.
 */
export function suggestAmount(text: string): string | null {
  const words = asciiDigits(text)
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(SIGNS, '')
    .replace(/\s+/g, ' ')
    .trim();
  const approximate = ABOUT.test(words);
  const bare = words.replace(ABOUT, '');
  const members = withExponent(bare) ?? range(bare) ?? bound(bare) ?? single(bare);
  if (members === null) return null;
  return [...members, ...(approximate ? ['"approximate":true'] : [])].join(' and ');
}

/** Signs of currencies, which have a member of their own. */
const SIGNS = /^(us|a|c)?[$€£¥₹₽؋]|[$€£¥₹₽؋]$/g;
const ABOUT =
  /^(about|around|approximately|approx\.?|some|roughly|nearly|almost|circa|ca\.?|c\.|~|≈|an estimated|estimated) ?(?=[\d.])/;

const BOUNDS: [words: RegExp, side: 'lower' | 'upper', exclusive: boolean][] = [
  [/^(at least|no (?:fewer|less) than|not less than|(?:a )?minimum(?: of)?|min\.?|>=|≥) ?/, 'lower', false],
  [/^(over|more than|above|exceeding|greater than|in excess of|>) ?/, 'lower', true],
  [
    /^(up to|at most|no more than|not more than|as (?:many|much) as|(?:a )?maximum(?: of)?|max\.?|<=|≤) ?/,
    'upper',
    false,
  ],
  [/^(under|below|less than|fewer than|<) ?/, 'upper', true],
  [/ ?(\+|(?:or|and) more|or (?:above|over))$/, 'lower', false],
  [/ (or (?:fewer|less|below))$/, 'upper', false],
];

/** "over 600", "up to 6,500 fighters", "100+". */
function bound(words: string): string[] | null {
  const [of, side, exclusive] = BOUNDS.find(([pattern]) => pattern.test(words)) ?? [];
  const amount = of && amountOf(words.replace(of, ''));
  if (!amount) return null;
  return [
    `"${side}":"${amount.number}"`,
    ...(exclusive ? [`"${side}_exclusive":true`] : []),
    ...unitOf(amount),
  ];
}

/** "5-10", "between 4,000 and 6,000", "3 to 5 million". */
function range(words: string): string[] | null {
  const [, low = '', high = ''] =
    /^(?:from |between )?(\d[^a-z]*?(?: ?[a-z]+)?) ?(?:-|to|and|or) ?(\d.*)$/.exec(words) ?? [];
  const upper = amountOf(high);
  const lower = amountOf(low);
  if (!lower || !upper) return null;
  const scaled = lower.scale === 0 ? shifted(lower.number, upper.scale) : lower.number;
  return [`"lower":"${scaled}"`, `"upper":"${upper.number}"`, ...unitOf(upper)];
}

function withExponent(words: string): string[] | null {
  const [, mantissa, exponent] = /^(-?\d+(?:\.\d+)?)e([-+]?\d{1,2})$/.exec(words) ?? [];
  return mantissa === undefined ? null : [`"${shifted(mantissa, Number(exponent))}"`];
}

function single(words: string): string[] | null {
  const amount = amountOf(words);
  return amount && [`"${amount.number}"`, ...unitOf(amount)];
}

interface Amount {
  number: string;
  /** The power of ten of a word such as "million". */
  scale: number;
  unit: string | undefined;
}

const unitOf = ({ unit }: Amount): string[] => (unit === undefined ? [] : [`"unit":${JSON.stringify(unit)}`]);

const SCALES: Record<string, number> = {
  ...{ hundred: 2, thousand: 3, k: 3, lakh: 5, million: 6, mn: 6, mio: 6, m: 6, crore: 7 },
  ...{ billion: 9, bn: 9, b: 9, trillion: 12, tn: 12 },
};
/** Letters alone mean a power of ten only where they stand at the digits. */
const AMOUNT =
  /^([-+]?[\d.][\d.,'’_ ]*?)(?: ?(hundred|thousand|lakh|million|mn|mio|crore|billion|bn|trillion|tn)s?\b\.?|(k|m|b)\b)?(?: ?(%|percent|per cent))?(?: ?(\p{L}[\p{L} -]{0,60}))?$/u;

function amountOf(words: string): Amount | null {
  const [, digits = '', word, letter, percent, unit] = AMOUNT.exec(words.trim()) ?? [];
  const plain = plainNumber(digits.trim());
  if (plain === null) return null;
  const scale = SCALES[word ?? letter ?? ''] ?? 0;
  return { number: shifted(plain, scale), scale, unit: percent ? 'percent' : unit };
}

/** Digits without separators of thousands, with a decimal point; null where the signs tell no order. */
function plainNumber(digits: string): string | null {
  const sign = digits.startsWith('-') ? '-' : '';
  const number = digits
    .replace(/^[-+]/, '')
    .replace(/(?<=\d)[ '’_](?=\d{3}(\D|$))/g, '')
    .replace(/^\./, '0.')
    .replace(/[.,]$/, '');
  const asEnglish = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(number) && number.replaceAll(',', '');
  const asIndian = /^\d{1,2}(,\d\d)+,\d{3}(\.\d+)?$/.test(number) && number.replaceAll(',', '');
  const asEuropean =
    /^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$/.test(number) &&
    number.replaceAll('.', '').replace(',', '.');
  const withComma = /^\d+,\d+$/.test(number) && number.replace(',', '.');
  const plain = asEnglish || asIndian || asEuropean || withComma || number;
  return /^\d+(\.\d+)?$/.test(plain) ? sign + plain.replace(/^0+(?=\d)/, '') : null;
}

/** The number times a power of ten, exactly. */
function shifted(number: string, scale: number): string {
  const [whole = '', fraction = ''] = number.replace('-', '').split('.');
  const digits = whole.padStart(1 - scale, '0') + fraction.padEnd(scale, '0');
  const point = Math.max(whole.length, 1 - scale) + scale;
  const rest = digits.slice(point).replace(scale === 0 ? /$/ : /0+$/, '');
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  return `${number.startsWith('-') ? '-' : ''}${left}${rest && `.${rest}`}`;
}
