import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { keysetRows, type Order, type Position } from '../db/query/keyset.js';
import { foundTogether, LeadsToFew } from '../db/query/narrowing.js';
import type { Reader, Tx } from '../db/store/store.js';
import type { Cost, RequestOf } from '../http/openapi/operation.js';
import { type AsOfContext, datedQuery, storeAsOf } from '../http/request/as-of.js';
import { type Cursor, type Cursors, carriesFilter, effectiveFilters } from '../http/request/paging.js';
import { invalidQuery } from '../http/request/query.js';
import { rawQuery } from '../http/request/zod.js';
import { check } from '../http/validation/check.js';
import { correctedText } from '../search/words/correction.store.js';
import { hasWords } from '../search/words/matching.store.js';
import type { ExportForm } from './exports.js';
import { type Choice, type Pages, pageQueries, type QuerySchema } from './list.schemas.js';
import { fetchFirst, fetchRows, sortColumn } from './list.store.js';
import type { ResourceTypes } from './render.js';
import type { ResourceType, Shown } from './resource-type.js';
import type { Conditions } from './resources.store.js';
import type { ResourceService } from './service.js';

/** Counts of what the objects of a list have in common, beside its pages. */
export interface ListFacets {
  /** The parameter that asks for some. */
  query: z.ZodType;
  /** Gets what the parameter was read as. */
  count(tx: Tx, conditions: Conditions, wanted: unknown): Promise<object>;
}

/** Which objects a list holds, and how it is sent whole. What takes filters gets those of `filters`, as they were read. */
export interface ExportSpec {
  noun: ResourceType;
  service: ResourceService;
  filters: z.ZodRawShape;
  /** The filters as conditions, for a list in the order of a column. Throws a 400 for references that lead nowhere. */
  conditions(tx: Tx, filters: object, sorted: string): Promise<Conditions>;
  /** Columns by the name under which clients sort. */
  sorts: Record<string, string>;
  /** The forms of the whole list. */
  forms: readonly ExportForm[];
  /** The rows as some filters want them shown; by default as they are stored. */
  shown?(tx: Tx, rows: Shown[], filters: object): Promise<Shown[]>;
  /** What was likely meant by filters that nothing meets. */
  nearMisses?(tx: Tx, filters: object): Promise<NearMiss[]>;
}

/** How the objects of a noun are listed, page by page and whole. */
export interface ListSpec extends ExportSpec {
  /** Member names that `include` takes. */
  includes: readonly string[];
  pages: Pages;
  facets?: ListFacets;
  /** A member of every page that tells whether what is computed about the items is outstanding. */
  pending?: { member: string; is: (tx: Tx) => Promise<boolean> };
}

/** Another value of a filter, which may be meant. */
export interface NearMiss {
  parameter: string;
  value: string;
}

/** A list with the query parameters of its pages, made once. */
export type List = ListSpec & ReturnType<typeof pageQueries>;

export const defineList = (spec: ListSpec): List => ({ ...spec, ...pageQueries(spec) });

/** A list with the query parameters by which its rows are chosen. */
export type Choosing = ExportSpec & { query: QuerySchema<Choice> };

export interface ListContext extends AsOfContext {
  cursors: Cursors;
  nouns: ResourceTypes;
}

export interface Listing {
  list: string;
  reader: Reader;
  filters: Record<string, string>;
  conditions: (tx: Tx) => Promise<Conditions>;
  shown: (tx: Tx, rows: Shown[]) => Promise<Shown[]>;
  nearMisses: (tx: Tx) => Promise<NearMiss[]>;
  order: Order;
  sortColumn: string;
  cursor: Cursor | null;
}

/** Filters that follow from the address, such as the claim whose attributions are listed. */
export type Fixed = (tx: Tx) => Promise<Record<string, unknown>>;

/**
 * A page follows an index, as far as there is one for its filters; counts go through all rows, and what the index of
 * words does in one step cannot be interrupted.
 */
export function costOfPage({ query }: FastifyRequest): Cost {
  const { count, facets, q, cursor } = query as Record<string, unknown> & { cursor?: string };
  const hasWords = q !== undefined || (cursor !== undefined && carriesFilter(cursor, 'q'));
  return count === undefined && facets === undefined && !hasWords ? 'range' : 'scan';
}

/** What a request to a list asks for. `list` is the address of its pages, to which its cursors belong. */
export function readListing(
  context: ListContext,
  spec: Choosing,
  request: RequestOf<{ query: QuerySchema<Choice> }>,
  reply: FastifyReply,
  list: string,
  fixed: Fixed = async () => ({}),
): Listing {
  const raw = datedQuery(request, context.clock);
  const cursor = raw.cursor === undefined ? null : context.cursors.decode(raw.cursor, list);
  const filters = effectiveFilters(raw, cursor);
  request.filters = filters;
  const asSent = cursor === null && raw === rawQuery(request.query);
  const { sort = 'id', as_of = null, q, ...parsed } = asSent ? request.query : parsedAgain(spec, filters);
  const [first = 'id', second] = sort.split(',');
  const desc = first.startsWith('-');
  const column = sortedBy(spec, first.replace('-', ''));
  return {
    list,
    reader: storeAsOf(context, request, reply, as_of),
    filters,
    async conditions(tx) {
      const asked = { ...parsed, ...(await fixed(tx)) };
      // The words of other objects than those of the list are a filter of its own.
      if ('q' in spec.filters) return spec.conditions(tx, { ...asked, q }, column);
      const words = await hasWords(tx, spec.noun.name, q);
      return foundTogether(tx, [words, ...(await spec.conditions(tx, asked, column))]);
    },
    shown: async (tx, rows) => spec.shown?.(tx, rows, parsed) ?? rows,
    async nearMisses(tx) {
      const corrected = filters.q === undefined ? null : await correctedText(tx, [spec.noun.name], filters.q);
      const byWords = corrected === null ? [] : [{ parameter: 'q', value: corrected }];
      return [...byWords, ...((await spec.nearMisses?.(tx, parsed)) ?? [])];
    },
    sortColumn: column,
    order: {
      column: column as never,
      desc,
      idDesc: second && column !== 'id' ? second.startsWith('-') : desc,
    },
    cursor,
  };
}

/** The column of an order by its name, of which the query has told that there is one. */
export function sortedBy({ sorts }: Pick<ExportSpec, 'sorts'>, name: string): string {
  const column = sorts[name];
  if (column === undefined) throw new Error(`there is no order by ${name}`);
  return column;
}

/** The filters that a cursor or a header brought, read as those of any request are. */
function parsedAgain(spec: Choosing, filters: Record<string, string>): Choice {
  const result = check(spec.query, filters, 'parameter');
  if (!result.success) throw invalidQuery(result.faults);
  return result.data;
}

/** The rows behind a place, in the order of the list. */
export async function pageRows(
  tx: Tx,
  spec: ExportSpec,
  { order, sortColumn: name, shown }: Pick<Listing, 'order' | 'sortColumn' | 'shown'>,
  conditions: Conditions,
  { at, back, limit, carried }: { at: Position | null; back: boolean; limit: number; carried: number },
): Promise<Shown[]> {
  const column = sortColumn(tx, spec.noun, name);
  const few = conditions.flatMap((condition) => (condition instanceof LeadsToFew ? condition.most : []));
  const rows = await keysetRows(
    (where, order, limit) => {
      const fetch = few.length > 0 && Math.min(...few) > limit ? fetchFirst : fetchRows;
      return fetch(tx, spec.noun, conditions, { where, order, limit, sorted: name, carried });
    },
    sortColumn(tx, spec.noun, 'id'),
    {
      ...{ ...order, column },
      ...(few.length > 0 ? { as: tx.dialect.opaque } : { beginning: tx.dialect.beginningOf(column) }),
    },
    at,
    back,
    limit,
  );
  return shown(tx, rows);
}

export const positionOf = (row: Shown, column: string): Position => ({
  value: (row as unknown as Record<string, string | number | null>)[column] ?? null,
  id: row.id,
});
