import { z } from 'zod';
import { countryFault, regionFault } from '../../lib/countries.js';
import { currencyFault } from '../../lib/currencies.js';
import { decimalFault } from '../../lib/decimal.js';
import { EdtfError, parseEdtf, parseEdtfInterval } from '../../lib/edtf.js';
import { isKey, keyPattern, slugOf, slugPattern } from '../../lib/ids.js';
import { languageFault, scriptFault } from '../../lib/languages.js';
import { nameFault, textFault } from '../../lib/text.js';

/** The fields that input forms are made of. Each refuses what it cannot keep exactly, and says why. */

type Check = (text: string) => string | null;

const checked = (schema: z.ZodString, code: string, check: Check) =>
  schema.superRefine((text, context) => {
    const message = check(text);
    if (message) context.addIssue({ code: 'custom', message, params: { code } });
  });

const limited = (
  max: number,
  fault: (text: string, limits: { max: number }) => { code: string; detail: string } | null,
) =>
  z
    .string()
    .min(1)
    .superRefine((text, context) => {
      const found = fault(text, { max });
      if (found) context.addIssue({ code: 'custom', message: found.detail, params: { code: found.code } });
    })
    .meta({ maxLength: max });

/** How to write as a slug what is none, as the end of a sentence. */
function asSlug(input: unknown): string {
  const meant = slugOf(String(input));
  return meant === '' ? '' : `; write \`${meant}\``;
}

/**
 * When a rule about several members can be told: when none of them has a fault of its own. Faults of others do not
 * hide it.
 */
export const whenSound =
  (...members: string[]) =>
  ({ issues }: { issues: { code?: string; path?: PropertyKey[] }[] }): boolean =>
    issues.every(({ code, path: [first] = [] }) =>
      first === undefined
        ? code === 'unrecognized_keys' || code === 'custom'
        : !members.includes(String(first)),
    );

/** Evidence: kept byte for byte, whatever it holds that can be kept. */
export const evidence = (max: number) => limited(max, textFault);

/** A name or label: one visible line without characters that disguise it. */
export const label = (max: number) => limited(max, nameFault);

export const key = checked(
  z.string().regex(keyPattern, {
    error: ({ input }) =>
      `a key is 1–96 characters of a–z, 0–9 and -, beginning with a letter or digit${asSlug(input)}`,
  }),
  'reserved_key',
  (text) =>
    isKey(text) || !keyPattern.test(text) ? null : `"${text}" is a word of our paths; choose another key`,
).meta({ description: 'Slug, unique per noun; set once, never changed, never reused.', examples: ['ttp'] });

/** An id, a key, or `@name` for an object with that `local_id` in the same request. */
export const reference = z
  .string()
  .min(1)
  .max(100)
  .meta({
    id: 'ReferenceInput',
    description: 'Id or key, or `@name` of an object with that `local_id` in the same request.',
    examples: ['ttp'],
  });

export const decimal = checked(z.string().max(66), 'invalid_decimal', decimalFault).meta({
  id: 'Decimal',
  description: 'Decimal number as a string, kept exactly.',
  pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$',
  examples: ['3000000'],
});

const dated = (id: string, parse: (text: string) => unknown, description: string, example: string) =>
  checked(z.string().max(200), 'invalid_date', (text) => {
    try {
      parse(text);
      return null;
    } catch (error) {
      if (error instanceof EdtfError) return error.message;
      throw error;
    }
  }).meta({ id, description, examples: [example] });

export const edtf = dated(
  'Edtf',
  parseEdtf,
  'Date in EDTF (ISO 8601-2), levels 0 and 1 and sets: `2024-02`, `2022~`, `2024-07-01/2024-12-13`, `2022/..`.',
  '2024-02-01',
);
export const edtfInterval = dated(
  'EdtfInterval',
  parseEdtfInterval,
  'Interval in EDTF.',
  '2024-07-01/2024-12-13',
);

const DAY_AND_TIME =
  /^((?!0000)\d{4}-\d\d-\d\d)(?:[T ]((?!24)\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** How to write an instant: what was sent with its missing parts, where it is a day or lacks the offset. */
function instantHint(input: unknown): string {
  const [, day = '', time = '00:00', seconds = ':00', offset = 'Z'] = DAY_AND_TIME.exec(String(input)) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
  const meant = `${day}T${time}${seconds}${offset.toUpperCase()}`;
  const isInstant = isDay && !Number.isNaN(Date.parse(meant));
  return `write an instant as ${isInstant ? meant : '2026-01-31T09:00:00Z'}`;
}

/** An instant as text, kept as it was sent. */
export const instant = z.iso
  .datetime({
    offset: true,
    precision: null,
    abort: true,
    error: ({ code, input }) => (code === 'invalid_format' ? instantHint(input) : undefined),
  })
  .refine((text) => !Number.isNaN(Date.parse(text)) && !text.startsWith('0000'), {
    error: ({ input }) => instantHint(input),
  })
  .meta({ description: 'Instant, RFC 3339.', examples: ['2026-01-31T09:00:00.000Z'] });

export const language = checked(z.string().max(100), 'invalid_language', languageFault).meta({
  description: 'Language tag of BCP 47 with subtags of the IANA registry, in canonical case.',
  examples: ['en'],
});

export const script = checked(z.string().max(100), 'invalid_script', scriptFault).meta({
  description: 'Script, ISO 15924.',
  examples: ['Arab'],
});

export const country = checked(z.string().max(100), 'invalid_country', countryFault).meta({
  description:
    'Country, ISO 3166-1 alpha-2 (XK for Kosovo); a former one by its code of ISO 3166-3, as in SU.',
  examples: ['AF'],
});

export const region = checked(z.string().max(100), 'invalid_place', regionFault).meta({
  description: 'Country or subdivision, ISO 3166-1 or 3166-2; a former country by its code of ISO 3166-3.',
  examples: ['AF-KNR'],
});

export const currency = checked(z.string().max(100), 'invalid_currency', currencyFault).meta({
  description: 'Currency, ISO 4217, current or former.',
  examples: ['AFN'],
});

export const slug = z
  .string()
  .regex(slugPattern, {
    error: ({ input }) =>
      `this is 1–64 characters of a–z, 0–9, - and _, beginning with a letter or digit${asSlug(input)}`,
  })
  .meta({ id: 'Slug', description: 'Word of a–z, 0–9, - and _.', examples: ['border'] });

/** An address that was sent without its scheme, or with spaces around it, as it is written in full. */
function fullAddress(text: string): string {
  const full = `https://${text.trim().replace(/^(https?:)?\/*/i, '')}`;
  return isAddress(full) && /^https:\/\/[^/?#]+\.\p{L}{2,}(:\d+)?([/?#]|$)/u.test(full)
    ? full
    : 'one as in https://example.org/report';
}

const isAddress = (text: string): boolean =>
  /^https?:\/\//i.test(text) && !/[\s\\]/.test(text) && URL.canParse(text);

export const url = checked(z.string().max(2_000), 'invalid_url', (text) => {
  if (!isAddress(text)) return `not an absolute http or https address; write ${fullAddress(text)}`;
  const parsed = new URL(text);
  return parsed.username || parsed.password ? 'an address must not carry a user name or password' : null;
}).meta({ format: 'uri', examples: ['https://example.org/report'] });

/** `wikidata:Q1`, the form of the filter, as an object. */
function identifierForm(input: unknown): string | undefined {
  const [, scheme, value] = /^([a-z0-9_-]+):(.{1,200})$/s.exec(String(input)) ?? [];
  return scheme === undefined ? undefined : `write ${JSON.stringify({ scheme, value })}`;
}

export const identifiers = z
  .array(
    z
      .strictObject(
        {
          scheme: slug.meta({ examples: ['wikidata'] }),
          value: label(200).meta({ examples: ['Q1'] }),
        },
        { error: ({ input }) => identifierForm(input) },
      )
      .meta({ id: 'IdentifierInput', description: 'A name of the object in another register.' }),
  )
  .max(50)
  .optional()
  .default([]);

/** Optional members: absent and null are the same in input, null in output. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().optional().default(null);
export const flag = z.boolean().optional().default(false);
