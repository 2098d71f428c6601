import type { FastifyReply } from 'fastify';
import type { Tx } from '../db/store/store.js';
import { chooseNames } from '../http/formats/csv.js';
import type { RequestOf } from '../http/openapi/operation.js';
import { sendText } from '../http/request/conditional.js';
import { DEFAULT_LIMIT, linkHeader } from '../http/request/paging.js';
import { rawQuery } from '../http/request/zod.js';
import { addLink } from '../http/response/headers.js';
import { pathOf } from '../lib/path.js';
import {
  type Fixed,
  type List,
  type ListContext,
  type ListSpec,
  type NearMiss,
  pageRows,
  positionOf,
  readListing,
  sortedBy,
} from './list.js';
import { countRows } from './list.store.js';
import { outputTexts, outputWithIncluded } from './render.js';
import type { Shown } from './resource-type.js';

/** The first objects of a list as JSON texts, those that were recorded last before others, and whether there are more. */
export async function firstTexts(
  tx: Tx,
  spec: ListSpec,
  filters: object,
  limit: number,
  sort = 'id',
): Promise<{ texts: string[]; more: boolean }> {
  const column = sortedBy(spec, sort);
  const conditions = await spec.conditions(tx, filters, column);
  const listing = {
    order: { column: column as never, desc: true, idDesc: true },
    sortColumn: column,
    shown: async (tx: Tx, rows: Shown[]) => spec.shown?.(tx, rows, filters) ?? rows,
  };
  const place = { at: null, back: false, limit: limit + 1, carried: 0 };
  const rows = await pageRows(tx, spec, listing, conditions, place);
  return { texts: await outputTexts(tx, spec.noun, rows.slice(0, limit)), more: rows.length > limit };
}

/** A page of a list. */
export interface ListPage {
  /** The objects as JSON texts. */
  texts: string[];
  /** Cursors of the pages around it; null where there is none. */
  next: string | null;
  prev: string | null;
  /** The number of all matches, if asked for, of which no more than one beyond `MOST_COUNTED` are counted. */
  total: number | null;
  /** Whether what is computed about the objects is outstanding. */
  pending: boolean;
  /** The objects that were asked for with `include`, by id, as JSON text. */
  included: string | null;
  facets: object | null;
  nearMisses: NearMiss[];
}

/** Reads the page that a request asks for of the list at this path. */
export async function readPage(
  context: ListContext,
  spec: List,
  request: RequestOf<Pick<List, 'query'>>,
  reply: FastifyReply,
  path: string,
  fixed?: Fixed,
): Promise<ListPage> {
  const { query } = request;
  const listing = readListing(context, spec, request, reply, path, fixed);
  const fields =
    query.fields === undefined
      ? undefined
      : chooseNames(Object.keys(spec.pages.item.shape), query.fields, 'member');
  const limit = query.limit ?? DEFAULT_LIMIT;
  const { cursor } = listing;
  const back = cursor?.back ?? false;
  const { carries } = spec.noun;
  const members = query.include?.split(',') ?? [];
  const include = members.filter((member) => member !== carries?.member);
  const carried = carries && include.length < members.length ? carries.inList : 0;
  const { rows, more, total, pending, texts, included, facets, nearMisses } = await listing.reader.read(
    async (tx) => {
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
          ? await outputWithIncluded(tx, context.nouns, spec.noun, kept, include, fields)
          : { texts: await outputTexts(tx, spec.noun, kept, fields), included: null };
      const count = query.count ? await countRows(tx, spec.noun, conditions, MOST_COUNTED + 1) : null;
      const facets =
        query.facets && spec.facets ? await spec.facets.count(tx, conditions, query.facets) : null;
      const pending = (await spec.pending?.is(tx)) ?? false;
      const nearMisses = kept.length === 0 && cursor === null ? await listing.nearMisses(tx) : [];
      return { rows: kept, more: beyond, total: count, pending, facets, nearMisses, ...output };
    },
  );

  // Where the rows around the cursor are gone, an empty page leads to the end of the list they were at.
  const to = (row: Shown | undefined, backwards: boolean) =>
    context.cursors.encode({
      list: listing.list,
      filters: listing.filters,
      at: row ? positionOf(row, listing.sortColumn) : null,
      back: backwards,
    });
  const behind = cursor !== null && cursor.at !== null;
  const next = (back ? behind : more) ? to(rows.at(-1), false) : null;
  const prev = (back ? more : behind) ? to(rows[0], true) : null;
  return { texts, next, prev, total, pending, included, facets, nearMisses };
}

/** Answers a request to a list with a page of it. */
export async function sendPage(
  context: ListContext,
  spec: List,
  request: RequestOf<Pick<List, 'query'>>,
  reply: FastifyReply,
  fixed?: Fixed,
) {
  const path = pathOf(request.url);
  const page = await readPage(context, spec, request, reply, path, fixed);
  const { texts, next, prev, total, pending, included, facets, nearMisses } = page;
  addLink(reply, linkHeader(path, rawQuery(request.query), { next, prev }));
  const rest = [
    `"next_cursor":${JSON.stringify(next)}`,
    `"prev_cursor":${JSON.stringify(prev)}`,
    `"has_more":${next !== null}`,
    ...(spec.pending ? [`"${spec.pending.member}":${pending}`] : []),
    ...(total === null ? [] : [totalMembers(total)]),
    ...(included === null ? [] : [`"included":${included}`]),
    ...(facets === null ? [] : [`"facets":${JSON.stringify(facets)}`]),
    ...(nearMisses.length > 0 ? [`"did_you_mean":${JSON.stringify(nearMisses)}`] : []),
  ];
  const items = texts.map((text, i) => (i === 0 ? text : `,${text}`));
  const body = ['{"items":[', ...items, `],${rest.join(',')}}`];
  return sendText(request, reply, body, null);
}

/** Beyond so many matches it is only said that there are at least as many. */
const MOST_COUNTED = 10_000;

const totalMembers = (total: number): string =>
  total > MOST_COUNTED ? `"total_at_least":${MOST_COUNTED}` : `"total":${total}`;
