import { z } from 'zod';
import type { CsvLook } from '../http/formats/csv.js';
import { asOfQuery } from '../http/request/as-of.js';
import { flag } from '../http/request/filters.js';
import { presentation } from '../http/request/paging.js';
import { possibleDuplicates, warnings } from '../http/schemas/common.js';
import type { SearchQuery } from '../search/words/query.js';
import { wordsFilter } from '../search/words/query.schemas.js';
import type { ExportSpec, ListSpec } from './list.js';

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

/** The query parameters of one object. */
export function itemQuery(
  includes: readonly string[],
): QuerySchema<{ as_of?: string | undefined; include?: string | undefined }> {
  const { as_of } = asOfQuery;
  return includes.length > 0
    ? z.strictObject({ include: includeQuery(includes), as_of })
    : z.strictObject({ as_of });
}

/** Whether an object that gets another name keeps the former one among its names. */
const keepFormerName = flag(
  'If the name changes: `false` drops the former name, for example after a typing error. By default it is added to `names` as `former`, and PUT keeps the former names that are stored.',
);

/** The query of a PUT or PATCH; where former names are kept, it can turn that off. */
export const renamingQuery = (
  keepsNames: boolean,
): QuerySchema<{ keep_former_name?: boolean | undefined }> =>
  keepsNames ? z.strictObject({ keep_former_name: keepFormerName }) : z.strictObject({});

/** The parameters that filter and order a list. */
function choice({ noun, filters, sorts }: Pick<ExportSpec, 'noun' | 'filters' | 'sorts'>) {
  const names = Object.keys(sorts);
  const sort = z
    .string()
    .regex(new RegExp(`^(-?(${names.join('|')})(,-?id)?)$`), {
      error: `sort by one of ${names.join(', ')}, with - for descending, and perhaps ,id or ,-id`,
    })
    .optional()
    .meta({
      description: `Order: ${names.join(', ')}; \`-\` means descending. Ties are ordered by id; objects without a value come last.`,
      examples: [`-${names.at(-1)}`],
    });
  return { q: wordsFilter(noun.name), ...filters, ...asOfQuery, sort };
}

/** The parsed parameters that filter and order a list, without the filters of its noun. */
export interface Choice {
  q?: SearchQuery | undefined;
  as_of?: string | undefined;
  sort?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

interface PageQuery extends Choice {
  count?: 'exact' | undefined;
  fields?: string | undefined;
  include?: string | undefined;
  facets?: unknown;
}

/** The parsed parameters of an export in any form. */
export interface ExportQuery extends Choice, CsvLook {
  fields?: string | undefined;
  form?: 'input' | undefined;
}

/** The schema of a query whose filters depend on the noun. */
export type QuerySchema<Query> = z.ZodObject & z.ZodType<Query>;

/**
 * The query parameters of a page: all, and those in the OpenAPI document. The document leaves out `fields`, since the
 * items that it shortens lack members that generated clients expect.
 */
export function pageQueries(spec: Pick<ListSpec, 'noun' | 'filters' | 'sorts' | 'includes' | 'facets'>): {
  documented: z.ZodObject;
  query: QuerySchema<PageQuery>;
} {
  const { limit, cursor, count, fields } = presentation;
  const { includes } = spec;
  const include = includes.length > 0 ? { include: includeQuery(includes) } : {};
  const facets = spec.facets ? { facets: spec.facets.query } : {};
  const documented = z.strictObject({ ...choice(spec), limit, cursor, count, ...facets, ...include });
  return { documented, query: documented.extend({ fields }) as unknown as QuerySchema<PageQuery> };
}

/** The query parameters of an export, with those of its form. A cursor comes from the pages of the list. */
export function exportQuery(spec: ExportSpec, ofForm: z.ZodRawShape = {}): QuerySchema<ExportQuery> {
  const { limit, cursor } = presentation;
  const shape = { ...choice(spec), limit, ...('pages' in spec ? { cursor } : {}), ...ofForm };
  return z.strictObject(shape) as unknown as QuerySchema<ExportQuery>;
}

/** Suggestions in pages without items. */
export const didYouMean = z
  .array(
    z
      .strictObject({
        parameter: z.string().meta({ description: 'The filter that nothing matches.' }),
        value: z.string().meta({ description: 'What to send instead.' }),
      })
      .meta({ id: 'NearMiss', description: 'Another value of a filter.' }),
  )
  .optional()
  .meta({ description: 'Suggestions where `q` or `name` finds nothing.' });

const included = z.record(z.string(), z.looseObject({ id: z.string() })).meta({
  id: 'Included',
  description: 'Whole objects by id, each in its own output form.',
});

/** The output form of an item, with what `include` adds. */
export const withIncluded = (one: string, output: z.ZodObject, includes: readonly string[]) =>
  includes.length > 0
    ? z.strictObject({ ...output.shape, included: included.optional() }).meta({ id: `${one}WithIncluded` })
    : output;

/** The output forms of a noun, alone and in pages. Make them once: each is a named component. */
export interface Pages {
  item: z.ZodObject;
  /** An item as the answer to a write. */
  written: z.ZodObject;
  page: z.ZodObject;
  /** A page whose items have these members alone. */
  reduced: (fields: string) => z.ZodObject;
}

export function pagesOf(
  one: string,
  item: z.ZodObject,
  includes: readonly string[],
  more: z.ZodRawShape = {},
): Pages {
  const page = z
    .strictObject({
      items: z.array(item),
      next_cursor: z.string().nullable(),
      prev_cursor: z.string().nullable(),
      has_more: z.boolean().meta({ description: 'Whether a next page exists.' }),
      total: z.int32().min(0).optional().meta({
        description: 'Number of all matches, with `count=exact`; left out beyond 10,000.',
      }),
      total_at_least: z
        .int32()
        .min(0)
        .optional()
        .meta({ description: 'In place of a `total` that is larger.' }),
      ...(includes.length > 0 ? { included: included.optional() } : {}),
      did_you_mean: didYouMean,
      ...more,
    })
    .meta({ id: `${one}Page` });
  const written = z.strictObject({ ...item.shape, warnings, possible_duplicates: possibleDuplicates }).meta({
    id: `${one}Written`,
    description: 'The object as it was written, with warnings about likely mistakes.',
  });
  return {
    item,
    written,
    page,
    reduced: (fields) => z.strictObject({ ...page.shape, items: z.array(membersOf(item, fields)) }),
  };
}

/** An output form with the members that `fields` picks. */
export function membersOf(item: z.ZodObject, fields: string): z.ZodObject {
  const names = new Set(fields.split(','));
  return z.strictObject(Object.fromEntries(Object.entries(item.shape).filter(([name]) => names.has(name))));
}

/** The documented form of a merge patch: every member may be left out, and optional ones may be cleared. */
export function patchSchema(id: string, input: z.ZodObject): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, schema] of Object.entries(input.shape)) {
    const given = schema as z.ZodType;
    let inner = given;
    while (
      inner instanceof z.ZodDefault ||
      inner instanceof z.ZodOptional ||
      inner instanceof z.ZodNullable
    ) {
      inner = inner.unwrap() as z.ZodType;
    }
    // A key is given once, and never taken away.
    const stays = inner === given || name === 'key';
    const patched = stays ? inner.optional() : inner.nullable().optional();
    const { description } = given;
    shape[name] = description === undefined ? patched : patched.meta({ description });
  }
  return z.strictObject(shape).meta({ id, description: 'Members to change; null clears one.' });
}
