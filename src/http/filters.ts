import { z } from 'zod';
import { decimalFault, decimalOrderKey } from '../lib/decimal.js';
import { EdtfError, parseEdtf } from '../lib/edtf.js';

/** Query parameters. Each turns the text that was sent into what a store can compare with. */

const MAX_ALTERNATIVES = 50;

/** Shows a parameter, which arrives as text, under the type that its text stands for. */
export const shownAs = (schema: Record<string, unknown>) => ({
  override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
    for (const name of ['type', 'pattern', 'enum']) delete jsonSchema[name];
    Object.assign(jsonSchema, schema);
  },
});

/** Comma-separated alternatives. */
const alternatives = (description: string) =>
  z
    .string()
    .transform((text, context) => {
      const parts = text.split(',');
      if (parts.some((part) => part === ''))
        context.addIssue({ code: 'custom', message: 'an alternative is empty' });
      if (parts.length > MAX_ALTERNATIVES) {
        context.addIssue({ code: 'custom', message: `at most ${MAX_ALTERNATIVES} alternatives` });
      }
      return parts;
    })
    .meta({ description: `${description} Several, separated by commas, mean any of them.` });

export const anyReference = (noun: string) =>
  alternatives(`Id or key of a ${noun}.`)
    .optional()
    .meta({ examples: ['ttp'] });

export const anyOf = <const Values extends readonly string[]>(values: Values) =>
  alternatives(`One of ${values.join(', ')}.`)
    .refine((parts) => parts.every((part) => values.includes(part)), {
      error: `give one or more of ${values.join(', ')}, separated by commas`,
    })
    .optional()
    .meta({ examples: [values[0]!] });

export const anyText = (description: string) => alternatives(description).optional();

export const text = (description: string) => z.string().max(2_000).optional().meta({ description });

export const flag = (description: string) =>
  z
    .string()
    .regex(/^(true|false)$/, 'write true or false')
    .transform((word) => word === 'true')
    .optional()
    .meta({ description, ...shownAs({ type: 'boolean' }) });

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

export const sourceDepth = z.enum(['all']).optional().meta({
  description: '`all`: source includes what is part_of it or derived_from it.',
});

/** A whole number from 0. */
export const atLeast = (description: string) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'write a whole number')
    .transform(Number)
    .optional()
    .meta({ description, ...shownAs({ type: 'integer', minimum: 0, maximum: 999_999 }) });
