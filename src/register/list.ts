import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { keysetRows, type Order, type Position } from '../db/keyset.js';
import type { Reader, Tx } from '../db/store.js';
import { type Dated, datedQuery, readerFor } from '../http/as-of.js';
import { sendText } from '../http/conditional.js';
import { encoded } from '../http/encoded.js';
import { type Column, chooseColumns, csvText, type Format, formatOf, sendStream } from '../http/formats.js';
import { addLink, addVary } from '../http/headers.js';
import { CSV, INPUT_JSON, NDJSON } from '../http/media.js';
import { Pace } from '../http/pace.js';
import { type Cursor, type Cursors, DEFAULT_LIMIT, effectiveFilters, linkHeader } from '../http/paging.js';
import { invalidQuery } from '../http/query.js';
import { faultsOf, rawQuery } from '../http/zod.js';
import { listQuery } from './list.schemas.js';
import type { Noun, Stored } from './noun.js';
import { type Conditions, countRows, fetchRows, sortColumn } from './register.store.js';
import { type Nouns, outputTexts, outputViews, outputWithIncluded } from './render.js';
import type { NounService } from './service.js';

/** How the objects of a noun are listed. */
export interface ListSpec {
  noun: Noun;
  service: NounService;
  filters: z.ZodRawShape;
  /** The filters as conditions. Throws a 400 for references that lead nowhere. */
  // biome-ignore lint/suspicious/noExplicitAny: the parsed filters of any noun
  conditions: (tx: Tx, filters: any) => Promise<Conditions>;
  /** Columns by the name under which clients sort. */
  sorts: Record<string, string>;
  /** Member names that `include` takes. */
  includes: readonly string[];
  columns: readonly Column[];
  /** A member of every page that tells whether what is computed about the items is outstanding. */
  pending?: { member: string; is: (tx: Tx) => Promise<boolean> };
}

/** A list with its query parameters as a schema, made once. */
export type List = ListSpec & { query: z.ZodObject };

export const defineList = (spec: ListSpec): List => ({ ...spec, query: listQuery(spec) });

export interface ListContext extends Dated {
  cursors: Cursors;
  nouns: Nouns;
}

interface Listing {
  list: string;
  reader: Reader;
  filters: Record<string, string>;
  conditions: (tx: Tx) => Promise<Conditions>;
  order: Order;
  sortColumn: string;
  cursor: Cursor | null;
}

/** Filters that follow from the address, such as the claim whose attributions are listed. */
export type Fixed = (tx: Tx) => Promise<Record<string, unknown>>;

/** Answers a list request: a page, or the whole list as a stream. */
export async function answerList(
  context: ListContext,
  spec: List,
  request: FastifyRequest,
  reply: FastifyReply,
  fixed: Fixed = async () => ({}),
) {
  const query = request.query as Record<string, string | undefined> & { format?: Format; limit?: number };
  const path = request.url.split('?', 1)[0]!;
  const listing = readListing(context, spec, request, reply, fixed);
  const format = formatOf(request, query.format, query.view);
  addVary(reply, 'Accept');
  if (format !== 'json') {
    for (const name of ['count', 'include'] as const) {
      if (query[name] !== undefined) throw misplaced(name, `${name} goes with JSON pages only`);
    }
    return exportList(spec, listing, query, format, reply);
  }
  if (query.fields !== undefined)
    throw misplaced('fields', 'fields picks the columns of a CSV; add format=csv');
  if (query.view && query.include) throw misplaced('include', 'the input form holds no included objects');
  return sendPage(context, spec, listing, query, path, request, reply);
}

const misplaced = (parameter: string, detail: string) =>
  invalidQuery([{ parameter, code: 'misplaced_parameter', detail }]);

function readListing(
  context: ListContext,
  spec: List,
  request: FastifyRequest,
  reply: FastifyReply,
  fixed: Fixed,
): Listing {
  const list = request.url.split('?', 1)[0]!;
  const raw = datedQuery(request, context.clock);
  const cursor = raw.cursor === undefined ? null : context.cursors.decode(raw.cursor, list);
  const filters = effectiveFilters(raw, cursor);
  const asSent = cursor === null && raw === rawQuery(request.query as object);
  const {
    sort = 'id',
    as_of = null,
    ...parsed
  } = asSent ? (request.query as Parsed) : parsedAgain(spec, filters);
  const [first = 'id', second] = sort.split(',');
  const desc = first.startsWith('-');
  const column = spec.sorts[first.replace('-', '')]!;
  return {
    list,
    reader: readerFor(context, request, reply, as_of),
    filters,
    conditions: async (tx) => spec.conditions(tx, { ...parsed, ...(await fixed(tx)) }),
    sortColumn: column,
    order: {
      column: column as never,
      desc,
      idDesc: second && column !== 'id' ? second.startsWith('-') : desc,
    },
    cursor,
  };
}

type Parsed = { sort?: string; as_of?: string };

/** The filters that a cursor or a header brought, read as those of any request are. */
function parsedAgain(spec: List, filters: Record<string, string>): Parsed {
  const result = spec.query.safeParse(filters);
  if (!result.success) throw invalidQuery(faultsOf(result.error, 'parameter'));
  return result.data;
}

async function pageRows(
  tx: Tx,
  spec: ListSpec,
  { order, sortColumn: name }: Listing,
  conditions: Conditions,
  { at, back, limit, carried }: { at: Position | null; back: boolean; limit: number; carried: number },
): Promise<Stored[]> {
  return keysetRows(
    (where, order, limit) =>
      fetchRows(tx, spec.noun, conditions, { where, order, limit, sorted: name, carried }),
    sortColumn(tx, spec.noun, 'id'),
    { ...order, column: sortColumn(tx, spec.noun, name) },
    at,
    back,
    limit,
  );
}

async function sendPage(
  context: ListContext,
  spec: ListSpec,
  listing: Listing,
  query: Record<string, string | undefined> & { limit?: number },
  path: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const { cursor } = listing;
  const back = cursor?.back ?? false;
  const { carries } = spec.noun;
  const members = query.include?.split(',') ?? [];
  const include = members.filter((member) => member !== carries?.member);
  const carried = carries && include.length < members.length ? carries.inList : 0;
  const { rows, more, total, pending, texts, included } = await listing.reader.read(async (tx) => {
    const conditions = await listing.conditions(tx);
    const found = await pageRows(tx, spec, listing, conditions, {
      at: cursor?.at ?? null,
      back,
      limit: limit + 1,
      carried,
    });
    const beyond = found.length > limit;
    const kept = beyond ? (back ? found.slice(1) : found.slice(0, limit)) : found;
    const output =
      include.length > 0
        ? await outputWithIncluded(tx, context.nouns, spec.noun, kept, include)
        : { texts: await viewTexts(tx, spec, kept, query.view), included: null };
    const count = query.count ? await countRows(tx, spec.noun, conditions) : null;
    const pending = (await spec.pending?.is(tx)) ?? false;
    return { rows: kept, more: beyond, total: count, pending, ...output };
  });

  // Where the rows around the cursor are gone, an empty page leads to the end of the list they were at.
  const to = (row: Stored | undefined, backwards: boolean) =>
    context.cursors.encode({
      list: listing.list,
      filters: listing.filters,
      at: row ? positionOf(row, listing.sortColumn) : null,
      back: backwards,
    });
  const behind = cursor !== null && cursor.at !== null;
  const next = (back ? behind : more) ? to(rows.at(-1), false) : null;
  const prev = (back ? more : behind) ? to(rows[0], true) : null;
  addLink(reply, linkHeader(path, rawQuery(query), { next, prev }));

  const rest = [
    `"next_cursor":${JSON.stringify(next)}`,
    `"prev_cursor":${JSON.stringify(prev)}`,
    `"has_more":${next !== null}`,
    ...(spec.pending ? [`"${spec.pending.member}":${pending}`] : []),
    ...(total === null ? [] : [`"total":${total}`]),
    ...(included === null ? [] : [`"included":${included}`]),
  ];
  const items = texts.map((text, i) => (i === 0 ? text : `,${text}`));
  const body = ['{"items":[', ...items, `],${rest.join(',')}}`];
  return sendText(request, reply, body, null, query.view ? INPUT_JSON : undefined);
}

const positionOf = (row: Stored, column: string): Position => ({
  value: (row as unknown as Record<string, string | number | null>)[column] ?? null,
  id: row.id,
});

async function viewTexts(
  tx: Tx,
  spec: ListSpec,
  rows: Stored[],
  view: string | undefined,
): Promise<string[]> {
  if (view !== 'input') return outputTexts(tx, spec.noun, rows);
  return (await spec.service.inputs(tx, rows)).map((input) => JSON.stringify(input));
}

/** The whole list, a chunk at a time, each in a transaction of its own: no snapshot is held meanwhile. */
async function exportList(
  spec: ListSpec,
  listing: Listing,
  query: Record<string, string | undefined> & { limit?: number },
  format: 'csv' | 'ndjson',
  reply: FastifyReply,
) {
  if (format === 'csv' && query.view) throw misplaced('view', 'the input form is JSON; use format=ndjson');
  if (format === 'ndjson' && query.fields) throw misplaced('fields', 'fields picks the columns of a CSV');
  if (listing.cursor?.back) throw misplaced('cursor', 'an export goes forward; use next_cursor');
  const columns = chooseColumns(spec.columns, query.fields);
  // A filter that cannot be used must be known before the first byte is sent.
  await listing.reader.read(listing.conditions);

  async function chunkOf(tx: Tx, rows: Stored[], first: boolean): Promise<string | Buffer> {
    if (format === 'csv') {
      const { views, naming } = await outputViews(tx, spec.noun, rows);
      return csvText(columns, views, first, naming);
    }
    const texts = await viewTexts(tx, spec, rows, query.view);
    return encoded(texts.map((text) => `${text}\n`));
  }

  async function* chunks() {
    let at: Position | null = listing.cursor?.at ?? null;
    let left = query.limit ?? Number.POSITIVE_INFINITY;
    let first = true;
    const pace = new Pace();
    while (left > 0) {
      const began = performance.now();
      const size = Math.min(pace.size, left);
      const { rows, chunk } = await listing.reader.read(async (tx) => {
        const conditions = await listing.conditions(tx);
        const found = await pageRows(tx, spec, listing, conditions, {
          at,
          back: false,
          limit: size,
          carried: query.view ? 0 : (spec.noun.carries?.inItem ?? 0),
        });
        return { rows: found, chunk: await chunkOf(tx, found, first) };
      });
      pace.took(performance.now() - began);
      yield chunk;
      first = false;
      left -= rows.length;
      if (rows.length < size) return;
      at = positionOf(rows.at(-1)!, listing.sortColumn);
    }
  }
  return sendStream(reply, format === 'csv' ? CSV : NDJSON, chunks());
}
