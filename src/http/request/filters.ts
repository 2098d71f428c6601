import { z } from 'zod';
import { regionFault } from '../../lib/countries.js';
import { decimalFault, decimalOrderKey } from '../../lib/decimal.js';
import { EdtfError, parseEdtf } from '../../lib/edtf.js';
import { keyPattern, type ResourceName, slugOf, slugPattern } from '../../lib/ids.js';
import { languageFault } from '../../lib/languages.js';
import { nearest } from '../../lib/nearest.js';
import { nameFault, withArticle } from '../../lib/text.js';
import { sampleKeys } from '../schemas/sample-keys.js';
import { REPEATED } from './query.js';

/** Query parameters. Each turns the text that was sent into what a store can compare with. */

const MAX_ALTERNATIVES = 50;

/** Shows a parameter, which arrives as text, under the type that its text stands for. */
export const shownAs = (schema: Record<string, unknown>) => ({
  override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
    for (const name of ['type', 'pattern', 'enum']) delete jsonSchema[name];
    Object.assign(jsonSchema, schema);
  },
});

type Fault = (text: string) => string | null;

/** Alternatives, each of which is checked as the member is that it is compared with. */
const alternatives = <Text extends string>(
  description: string,
  split: (text: string) => string[],
  fault: Fault,
) =>
  z
    .string()
    .max(10_000)
    .transform((text, context) => {
      const parts = split(text);
      const refuse = (message: string) => context.addIssue({ code: 'custom', message });
      if (parts.some((part) => part === '')) refuse('an alternative is empty; leave out the comma');
      else if (parts.length > MAX_ALTERNATIVES) refuse(`at most ${MAX_ALTERNATIVES} alternatives`);
      else {
        const first = parts.map(fault).find((message) => message !== null);
        if (first) refuse(first);
      }
      return parts as Text[];
    })
    .meta({ description });

const byComma = (text: string): string[] => text.split(',');
const sound: Fault = () => null;
const COMMAS = 'Several, separated by commas, mean any of them.';

/** Codes of a list, separated by commas. */
export const anyCode = (description: string, fault: Fault, example: string) =>
  alternatives(`${description} ${COMMAS}`, byComma, fault)
    .optional()
    .meta({ examples: [example] });

export const anyKey = (noun: ResourceName) => anyCode('Key.', (text) => keyFault(text), sampleKeys[noun]);

function keyFault(text: string): string | null {
  if (keyPattern.test(text)) return null;
  const meant = slugOf(text);
  return `keys are lower case letters, digits and hyphens${meant === '' ? '' : `; write ${meant}`}`;
}

export const anyTopic = () =>
  anyCode(
    'Topic.',
    (text) =>
      slugPattern.test(text) ? null : `topics are a–z, 0–9, - and _; write ${slugOf(text) || 'water-supply'}`,
    'financing',
  );

export const anyLanguage = (description: string) =>
  anyCode(`${description} fa includes fa-AF.`, languageFault, 'en');

const labelFault =
  (max: number): Fault =>
  (text) =>
    nameFault(text, { max })?.detail ?? null;

/** A label of at most so many characters, which may hold commas: alternatives are given by repeating the parameter. */
export const anyLabel = (description: string, max: number, example: string) =>
  alternatives(
    `${description} Repeat the parameter for alternatives.`,
    (text) => text.split(REPEATED),
    labelFault(max),
  )
    .optional()
    .meta({ examples: [example] });

/** A code of ISO 3166, several with commas; or the name of a place, which may hold commas. */
export const anyPlace = (description: string) =>
  alternatives(
    `${description} Codes take commas; repeat the parameter for several names.`,
    (text) => text.split(REPEATED).flatMap((part) => (CODES.test(part) ? byComma(part) : [part])),
    (text) => (CODE.test(text) ? regionFault(text) : labelFault(500)(text)),
  )
    .optional()
    .meta({ examples: ['AF', 'Kabul'] });

const CODE = /^([A-Za-z]{2}|[A-Za-z]{2}-[A-Za-z0-9]{1,3})$/;
const CODES = new RegExp(`^(${CODE.source.slice(2, -2)})(,(${CODE.source.slice(2, -2)}))*$`);

const SCHEME = /^[a-z0-9][a-z0-9_-]{0,63}:./;

/** Identifiers as `scheme:value`. A comma separates them where a scheme follows it. */
export const anyIdentifier = (example: string) =>
  alternatives(
    `Identifier as \`scheme:value\`. ${COMMAS}`,
    (text) => text.split(/,(?=[a-z0-9][a-z0-9_-]*:)/),
    (text) => {
      if (SCHEME.test(text)) return null;
      const meant = text.replace(/^[^:]+/, (scheme) => scheme.trim().toLowerCase());
      return `write scheme and value, as in ${SCHEME.test(meant) ? meant : example}`;
    },
  )
    .optional()
    .meta({ examples: [example] });

export const anyReference = (noun: ResourceName) =>
  alternatives(`Id or key of ${withArticle(noun)}. ${COMMAS}`, byComma, sound)
    .optional()
    .meta({ examples: [sampleKeys[noun]], [NOUN]: noun });

/** The noun whose ids or keys a filter takes; null of one that takes other text. */
export const nounOf = (filter: z.ZodType): ResourceName | null => filter.meta()?.[NOUN] ?? null;

function wordFault(text: string, values: readonly string[]): string | null {
  if (values.includes(text)) return null;
  const near = nearest(text, values);
  return `${near === null ? '' : `did you mean ${near}? `}give one or more of ${values.join(', ')}, separated by commas`;
}

/** In the metadata of a filter, the values that it takes: for forms that let people choose. A symbol is in no document. */
const VALUES = Symbol('values');
/** The noun that it refers to. */
const NOUN = Symbol('noun');

declare module 'zod' {
  interface GlobalMeta {
    [VALUES]?: readonly string[];
    [NOUN]?: ResourceName;
  }
}

export const anyOf = <const Values extends readonly string[]>(values: Values) =>
  alternatives<Values[number]>(`One of ${values.join(', ')}. ${COMMAS}`, byComma, (text) =>
    wordFault(text, values),
  )
    .optional()
    .meta({ examples: values.slice(0, 1), [VALUES]: values });

/** The values of which a filter takes any; null of one that takes other text. */
export function valuesOf(filter: z.ZodType): readonly string[] | null {
  const inner = filter instanceof z.ZodOptional ? filter.unwrap() : filter;
  if (inner instanceof z.ZodEnum) return inner.options.map(String);
  const meta = filter.meta();
  return (
    meta?.[VALUES] ?? ((meta?.examples as unknown[] | undefined)?.[0] === true ? ['true', 'false'] : null)
  );
}

export const text = (description: string, example: string) =>
  z
    .string()
    .max(2_000)
    .optional()
    .meta({ description, examples: [example] });

export const flag = (description: string) =>
  z
    .string()
    .regex(/^(true|false)$/, 'write true or false')
    .transform((word) => word === 'true')
    .optional()
    .meta({ description, examples: [true], ...shownAs({ type: 'boolean' }) });

const edtfBounds = (text: string, context: z.RefinementCtx) => {
  try {
    return parseEdtf(text);
  } catch (error) {
    if (!(error instanceof EdtfError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
};

const dateMeta = (description: string) => ({
  description: `${description} (EDTF; a year or month works)`,
  examples: ['2024-07'],
});

/** The first day of a date, as days since 1970-01-01. */
export const dayFrom = (description: string) =>
  z
    .string()
    .max(200)
    .transform((text, context) => edtfBounds(text, context).first)
    .optional()
    .meta(dateMeta(description));

export const dayTo = (description: string) =>
  z
    .string()
    .max(200)
    .transform((text, context) => edtfBounds(text, context).last)
    .optional()
    .meta(dateMeta(description));

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** An offset must not lead out of the years of four digits: texts of longer years do not sort. */
const EARLIEST = Date.parse('0000-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** An instant, or the beginning or end of a day in UTC, as RFC 3339 with milliseconds. */
const instantBound = (edge: 'from' | 'to', description: string) =>
  z
    .string()
    .max(40)
    .transform((text, context) => {
      const full = DAY.test(text) ? `${text}T${edge === 'from' ? '00:00:00.000' : '23:59:59.999'}Z` : text;
      const parsed = z.iso.datetime({ offset: true }).safeParse(full);
      const time = parsed.success ? Date.parse(full) : Number.NaN;
      if (time >= EARLIEST && time <= LATEST) return new Date(time).toISOString();
      const hint = text.includes(' ') ? ' (a + in an address is a space: write %2B)' : '';
      context.addIssue({
        code: 'custom',
        message: `write a day as 2024-02-01 or an instant as 2024-02-01T10:00:00Z${hint}`,
      });
      return z.NEVER;
    })
    .optional()
    .meta({ description: `${description} (RFC 3339 instant, or a day in UTC)`, examples: ['2026-01-31'] });

/** When the register learnt of an object, and when it last changed here. */
export const recorded = () => ({
  recorded_from: instantFrom('Recorded here at or after'),
  recorded_to: instantTo('Recorded here at or before'),
  updated_from: instantFrom('Changed here at or after'),
  updated_to: instantTo('Changed here at or before'),
});

export const instantFrom = (description: string) => instantBound('from', description);
export const instantTo = (description: string) => instantBound('to', description);

/** A decimal number as its order key. */
export const decimalKey = (description: string) =>
  z
    .string()
    .transform((text, context) => {
      const fault = decimalFault(text);
      if (fault) context.addIssue({ code: 'custom', message: fault });
      return fault ? z.NEVER : decimalOrderKey(text);
    })
    .optional()
    .meta({ description, examples: ['4000'] });

export const sourceDepth = z
  .enum(['all'])
  .optional()
  .meta({
    description: '`all`: source includes what is part_of it or derived_from it.',
    examples: ['all'],
  });

/** A whole number from 0. */
export const atLeast = (description: string) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'write a whole number from 0 to 999999')
    .transform(Number)
    .optional()
    .meta({ description, examples: [2], ...shownAs({ type: 'integer', minimum: 0, maximum: 999_999 }) });
