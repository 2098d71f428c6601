import { z } from 'zod';
import type { Responses } from '../http/answers.js';
import { asOfQuery } from '../http/as-of.js';
import type { Column } from '../http/formats.js';
import { CSV, INPUT_JSON, linesOf, NDJSON, tableOf } from '../http/media.js';
import { presentation } from '../http/paging.js';
import type { ListSpec } from './list.js';

/** The parameter that adds whole objects to an answer. */
export const includeQuery = (includes: readonly string[]) =>
  z
    .string()
    .refine((text) => text.split(',').every((name) => includes.includes(name)), {
      error: `include takes ${includes.join(', ')}`,
    })
    .optional()
    .meta({
      description: `Adds whole objects under \`included\`: ${includes.join(', ')}.`,
      examples: [includes[0] ?? ''],
    });

/** The query parameters of a list. */
export function listQuery({ filters, sorts, includes }: Pick<ListSpec, 'filters' | 'sorts' | 'includes'>) {
  const names = Object.keys(sorts);
  const sort = z
    .string()
    .regex(new RegExp(`^(-?(${names.join('|')})(,-?id)?)$`), {
      error: `sort by one of ${names.join(', ')}, with - for descending, and perhaps ,id or ,-id`,
    })
    .optional()
    .meta({
      description: `Order: ${names.join(', ')}; - means descending; ties go by id; without a value comes last.`,
      examples: [`-${names.at(-1)}`],
    });
  return z.strictObject({
    ...filters,
    ...asOfQuery,
    ...presentation,
    sort,
    ...(includes.length > 0 ? { include: includeQuery(includes) } : {}),
  });
}

const included = z.record(z.string(), z.looseObject({ id: z.string() })).meta({
  id: 'Included',
  description: 'Whole objects by id, each in its own output form.',
});

/** The output form of an item, with what `include` adds. */
export const withIncluded = (one: string, output: z.ZodObject, includes: readonly string[]) =>
  includes.length > 0
    ? z.strictObject({ ...output.shape, included: included.optional() }).meta({ id: `${one}WithIncluded` })
    : output;

const pageOf = (id: string, item: z.ZodType, withObjects: boolean, more: z.ZodRawShape) =>
  z
    .strictObject({
      items: z.array(item),
      next_cursor: z.string().nullable(),
      prev_cursor: z.string().nullable(),
      has_more: z.boolean().meta({ description: 'Whether a next page exists.' }),
      total: z.int().optional().meta({ description: 'Number of all matches, with `count=exact`.' }),
      ...(withObjects ? { included: included.optional() } : {}),
      ...more,
    })
    .meta({ id });

export const listAnswers = (pages: Pages, columns: readonly Column[]): Responses => ({
  200: {
    description: 'A page, or the whole list as CSV or NDJSON.',
    schema: pages.output,
    media: { [INPUT_JSON]: pages.input, [CSV]: tableOf(columns), [NDJSON]: pages.lines },
    headers: { etag: z.string().optional().meta({ description: 'Content of the page; exports have none.' }) },
  },
});

/** The pages of a noun; to be made once, since each is a named component. */
export interface Pages {
  output: z.ZodType;
  input: z.ZodType;
  lines: z.ZodType;
}

export const pagesOf = (
  one: string,
  output: z.ZodType,
  input: z.ZodType,
  includes: readonly string[],
  more: z.ZodRawShape = {},
): Pages => ({
  output: pageOf(`${one}Page`, output, includes.length > 0, more),
  input: pageOf(`${one}InputPage`, input, false, more),
  lines: linesOf(z.union([output, input]), `One ${one} a line; with \`view=input\`, one ${one}Input.`),
});
/** The documented form of a merge patch: every member may be left out or cleared. */
export function patchSchema(id: string, input: z.ZodObject): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, schema] of Object.entries(input.shape)) {
    let inner = schema as z.ZodType;
    while (
      inner instanceof z.ZodDefault ||
      inner instanceof z.ZodOptional ||
      inner instanceof z.ZodNullable
    ) {
      inner = inner.unwrap() as z.ZodType;
    }
    shape[name] = inner.nullable().optional();
  }
  return z.strictObject(shape).meta({ id, description: 'Members to change; null clears one.' });
}
