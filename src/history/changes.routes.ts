import type { FastifyRequest } from 'fastify';
import type { Store } from '../db/store/store.js';
import { inForm, nameFile } from '../http/formats/forms.js';
import { type App, type Declaration, operation } from '../http/openapi/operation.js';
import { type Cursors, DEFAULT_LIMIT } from '../http/request/paging.js';
import { linesOf, NDJSON } from '../http/response/media.js';
import { continued, sendSlice } from '../http/response/slices.js';
import type { ResourceTypes } from '../resources/render.js';
import { ChangePage, changesQuery, RecordedChange } from './changes.schemas.js';
import {
  type ChangeFilters,
  type Changes,
  changesAfter,
  type HistoryPosition,
  placeSince,
  START,
  wantedChanges,
} from './changes.service.js';
import type { Wanted } from './changes.store.js';

export interface ChangesContext {
  store: Store;
  cursors: Cursors;
  nouns: ResourceTypes;
}

/** The list that cursors of the feed belong to, and of the stream. */
export const FEED = '/v1/changes';
export const ENTRIES_AT_ONCE = 100;

const ndjson = {
  extension: 'ndjson',
  title: 'NDJSON, from the cursor to the newest',
  media: NDJSON,
  content: linesOf(RecordedChange, 'One RecordedChange a line.'),
  disposition: 'attachment',
} as const;

export const changesDeclaration = {
  scope: 'read',
  cost: 'range',
  tag: 'History',
  operationId: 'listChanges',
  summary: 'List what changed, in the order in which it was committed',
  description:
    'Every version of every object of the register, without a gap. A client that reads from the start, ' +
    'keeps the last `object` of each id and drops those that are null, has a copy of the register.',
  query: changesQuery,
  success: { 200: { description: 'Changes, oldest first.', schema: ChangePage } },
  problems: [],
} as const satisfies Declaration;

/** The feed of changes: a page at a time, or all of it as lines. */
export function changesRoutes(app: App, context: ChangesContext): void {
  app.get(FEED, {
    ...operation(changesDeclaration),
    handler: async (request, reply) => {
      const { limit = DEFAULT_LIMIT } = request.query;
      const { place, wanted } = await startOf(context, request, request.query.after, 'after');
      const page = await read(context, place, limit, wanted);
      const items = page.items.map(({ place: at, change }) => ({ cursor: cursorOf(context, at), ...change }));
      reply.header('cache-control', 'private, no-cache');
      return { items, next_cursor: cursorOf(context, page.place), has_more: page.more };
    },
  });

  app.get(`${FEED}.ndjson`, {
    ...operation(inForm(changesDeclaration, ndjson, { cost: 'scan' })),
    handler: async (request, reply) => {
      const { after, limit } = request.query;
      const { place, wanted } = await startOf(context, request, after, 'after');
      nameFile(request, reply, ndjson);
      const begin = continued<Lines>(request) ?? { place, left: limit ?? null };
      return sendSlice(reply, NDJSON, begin, (at) => lines(context, wanted, at));
    },
  });
}

/** Where a reader wants to begin, and what it wants to see. Throws a 400 for a cursor that is not ours. */
export async function startOf(
  { store, cursors, nouns }: ChangesContext,
  request: FastifyRequest & { query: ChangeFilters },
  after: string | undefined,
  parameter: string,
): Promise<{ place: HistoryPosition; wanted: Wanted }> {
  const filters = request.query;
  const given = after === undefined ? START : placeOfCursor(cursors, after, parameter);
  return store.read(async (tx) => {
    const since = filters.since === undefined ? START : await placeSince(tx, filters.since);
    const place = since.seq > given.seq ? since : given;
    return { place, wanted: await wantedChanges(tx, nouns.party, filters) };
  });
}

export const read = (
  { store, nouns }: ChangesContext,
  place: HistoryPosition,
  limit: number,
  wanted: Wanted,
) => store.read((tx) => changesAfter(tx, nouns, place, limit, wanted));

/** The place that a cursor of the feed holds. Throws a 400 for another cursor. */
export function placeOfCursor(cursors: Cursors, cursor: string, parameter: string): HistoryPosition {
  const { at } = cursors.decode(cursor, FEED, parameter);
  return at ? { seq: Number(at.value), mark: at.id } : START;
}

export const cursorOf = ({ cursors }: ChangesContext, { seq, mark }: HistoryPosition): string =>
  cursors.encode({ list: FEED, filters: {}, at: { value: seq, id: mark }, back: false });

/** One change as JSON text, without line breaks. */
export const textOf = (context: ChangesContext, { place, change }: Changes['items'][number]): string =>
  JSON.stringify({ cursor: cursorOf(context, place), ...change });

/** Where lines continue, and how many more are wanted; null for all. */
interface Lines {
  place: HistoryPosition;
  left: number | null;
}

async function lines(context: ChangesContext, wanted: Wanted, { place, left }: Lines) {
  const page = await read(context, place, Math.min(ENTRIES_AT_ONCE, left ?? ENTRIES_AT_ONCE), wanted);
  const rest = left === null ? null : left - page.items.length;
  return {
    chunk: page.items.map((item) => `${textOf(context, item)}\n`).join(''),
    next: page.more && rest !== 0 ? { place: page.place, left: rest } : null,
  };
}
