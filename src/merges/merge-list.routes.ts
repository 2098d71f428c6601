import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Tx } from '../db/store/store.js';
import { datedQuery, storeAsOf } from '../http/request/as-of.js';
import { sendText } from '../http/request/conditional.js';
import { type Cursor, DEFAULT_LIMIT, effectiveFilters, linkHeader } from '../http/request/paging.js';
import { addLink } from '../http/response/headers.js';
import type { Mergeable } from '../lib/ids.js';
import { pathOf } from '../lib/path.js';
import type { ResourceContext } from '../resources/routes.js';
import { mergeTexts } from './merge-texts.service.js';
import type { mergesQuery, ownMergesQuery } from './merges.schemas.js';
import { type MergeRow, mergeRows } from './merges.store.js';

/** Answers with a page of merges; `intoOf` gives the survivor whose merges alone are meant. */
export async function sendMerges(
  context: ResourceContext,
  schema: typeof mergesQuery | typeof ownMergesQuery,
  request: FastifyRequest & { query: { limit?: number | undefined } },
  reply: FastifyReply,
  intoOf?: (tx: Tx) => Promise<string>,
) {
  const { cursors, clock } = context;
  const { limit = DEFAULT_LIMIT } = request.query;
  const list = pathOf(request.url);
  const raw = datedQuery(request, clock);
  const cursor = raw.cursor === undefined ? null : cursors.decode(raw.cursor, list);
  const filters = effectiveFilters(raw, cursor);
  request.filters = filters;
  const { as_of = null, noun, undone } = schema.parse(filters) as z.infer<typeof mergesQuery>;
  const { at, back } = cursor ?? { at: null, back: false };
  const { rows, more, texts } = await storeAsOf(context, request, reply, as_of).read(async (tx) => {
    const meant = { nouns: noun as Mergeable[] | undefined, undone, into: await intoOf?.(tx) };
    const found = await mergeRows(tx, meant, { at, back, limit: limit + 1 });
    const kept = back ? found.slice(-limit) : found.slice(0, limit);
    return { rows: kept, more: found.length > limit, texts: await mergeTexts(tx, kept) };
  });
  const cursorTo = (row: MergeRow | undefined, backwards: boolean) =>
    cursors.encode({ list, filters, at: positionOf(row), back: backwards });
  const next = (back ? at !== null : more) ? cursorTo(rows.at(-1), false) : null;
  const prev = (back ? more : at !== null) ? cursorTo(rows[0], true) : null;
  addLink(reply, linkHeader(list, raw, { next, prev }));
  const page = { next_cursor: next, prev_cursor: prev, has_more: next !== null };
  return sendText(request, reply, `{"items":[${texts.join(',')}],${JSON.stringify(page).slice(1)}`, null);
}

const positionOf = (row: MergeRow | undefined): Cursor['at'] => (row ? { value: null, id: row.id } : null);
