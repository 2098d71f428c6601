import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Filters as ClaimFilters } from '../claims/claims.store.js';
import type { Facet } from '../claims/facets.js';
import { encodeReference, fillReferences } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { type App, operation, type RequestOf } from '../http/openapi/operation.js';
import { datedQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { sendText } from '../http/request/conditional.js';
import { type Cursor, effectiveFilters, linkHeader } from '../http/request/paging.js';
import { invalidQuery, misplaced } from '../http/request/query.js';
import { rawQuery } from '../http/request/zod.js';
import { addLink } from '../http/response/headers.js';
import { check } from '../http/validation/check.js';
import type { ResourceContext } from '../resources/routes.js';
import { type SearchType, searchTypes } from './search.js';
import { SearchPage, searchQuery } from './search.schemas.js';
import { facetsOfSearch, MOST_COUNTED, nearMiss, search, snippetsOf } from './search.service.js';
import type { SearchQuery } from './words/query.js';

const LIMIT = 20;

interface Asked {
  q: SearchQuery;
  /** The query as it was sent. */
  text: string;
  types: readonly SearchType[];
  filters: ClaimFilters;
  facets: readonly Facet[] | undefined;
  asOf: string | null;
  sent: Record<string, string>;
  /** Hits before the first one of the page. */
  offset: number;
  limit: number;
}

type Parsed = z.output<typeof searchQuery>;

/** What the register has that holds certain words. */
export function searchRoutes(app: App, context: ResourceContext): void {
  const path = '/v1/search';

  app.get(path, {
    ...operation({
      scope: 'read',
      cost: 'scan',
      tag: 'Search',
      operationId: 'search',
      summary: 'Find claims, sources, parties and predicates by their words',
      description:
        'A claim is found by its own words and those of its attributions together. Words count more in texts, titles and ' +
        'names than in quotes and descriptions, and more in short texts. All filters of claims can be added.',
      query: searchQuery,
      headers: z.object(readHeaders),
      success: { 200: { description: 'A page.', schema: SearchPage } },
      problems: [],
    }),
    async handler(request, reply) {
      const { body, links } = await readSearch(context, request, reply, path);
      addLink(reply, linkHeader(path, rawQuery(request.query), links));
      return sendText(request, reply, body, null);
    },
  });
}

/** What a request to the search at this path asks for, as the JSON text of the answer, with its cursors. */
export async function readSearch(
  context: ResourceContext,
  request: RequestOf<{ query: typeof searchQuery }>,
  reply: FastifyReply,
  path: string,
) {
  const asked = read(context, request, path);
  const reader = storeAsOf(context, request, reply, asked.asOf);
  return reader.read((tx) => page(context, path, tx, asked));
}

function read(
  { clock, cursors }: ResourceContext,
  request: RequestOf<{ query: typeof searchQuery }>,
  path: string,
): Asked {
  const raw = datedQuery(request, clock);
  const cursor: Cursor | null = raw.cursor === undefined ? null : cursors.decode(raw.cursor, path);
  const sent = effectiveFilters(raw, cursor);
  request.filters = sent;
  const { limit = LIMIT, facets } = request.query;
  const asSent = cursor === null && raw === rawQuery(request.query);
  const { q, type, as_of = null, ...more } = asSent ? request.query : parsedAgain(sent);
  const { facets: _facets, limit: _limit, cursor: _cursor, ...filters } = more;
  if (!q || sent.q === undefined)
    throw invalidQuery([{ parameter: 'q', code: 'missing_parameter', detail: 'say what to search for' }]);
  const [filter] = Object.keys(filters).filter((name) => filters[name as keyof typeof filters] !== undefined);
  const other = type?.find((name) => name !== 'claim');
  if (filter && other)
    throw misplaced(filter, `this is a filter of claims; leave it out, or ${other} in type`);
  return {
    q,
    text: sent.q,
    types: type ?? (filter ? ['claim'] : searchTypes),
    filters: filters as ClaimFilters,
    facets,
    asOf: as_of,
    sent,
    offset: Number(cursor?.at?.value ?? 0),
    limit,
  };
}

async function page(
  { cursors }: ResourceContext,
  path: string,
  tx: Tx,
  { q, text, types, filters, facets, sent, offset, limit }: Asked,
) {
  const { hits, total } = await search(tx, types, q, filters);
  const shown = hits.slice(offset, offset + limit);
  const snippets = await snippetsOf(tx, shown, q);
  const items = shown.map(({ type, id, score }, i) => ({
    type,
    object: encodeReference(type, id),
    score,
    snippets: snippets[i],
  }));
  const to = (place: number) =>
    cursors.encode({ list: path, filters: sent, at: { value: place, id: '' }, back: false });
  const links = {
    next: offset + limit < hits.length ? to(offset + limit) : null,
    prev: offset > 0 ? to(Math.max(0, offset - limit)) : null,
  };
  const answer = {
    items,
    next_cursor: links.next,
    prev_cursor: links.prev,
    has_more: links.next !== null,
    ...(total > MOST_COUNTED ? { total_at_least: MOST_COUNTED } : { total }),
    ...(hits.length === 0 && (await nearMiss(tx, types, text))),
    ...(facets && { facets: await facetsOfSearch(tx, q, filters, facets) }),
  };
  const [body] = await fillReferences(tx, [JSON.stringify(answer)]);
  return { body, links };
}

function parsedAgain(sent: Record<string, string>): Parsed {
  const result = check(searchQuery, sent, 'parameter');
  if (!result.success) throw invalidQuery(result.faults);
  return result.data as Parsed;
}
