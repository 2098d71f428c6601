import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type App, operation } from '../http/openapi/operation.js';
import { asOfQuery, datedQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { sendText } from '../http/request/conditional.js';
import { shownAs } from '../http/request/filters.js';
import {
  type Cursor,
  DEFAULT_LIMIT,
  effectiveFilters,
  linkHeader,
  presentation,
} from '../http/request/paging.js';
import { addLink } from '../http/response/headers.js';
import { itemId } from '../http/schemas/parameters.js';
import { ApiError } from '../lib/errors.js';
import { pathOf } from '../lib/path.js';
import { withArticle } from '../lib/text.js';
import type { ResourceType } from '../resources/resource-type.js';
import type { Version } from '../resources/resources.store.js';
import { idOf, type ResourceContext } from '../resources/routes.js';
import { histories, VersionPage } from './history.schemas.js';
import { versionTexts } from './history.service.js';
import { versionRows } from './history.store.js';
import { objectId } from './version-instant.service.js';

const { limit, cursor } = presentation;
const query = z.strictObject({ limit, cursor, ...asOfQuery });
const oneQuery = z.strictObject(asOfQuery);
const headers = z.object(readHeaders);

/** Every version of every object: who, when, why, and what. Removed objects keep theirs. */
export function historyRoutes(app: App, context: ResourceContext): void {
  const { nouns, clock } = context;
  for (const { noun: name, one, version } of histories) {
    const noun = nouns[name];
    const id = itemId(name);
    const path = `/v1/${noun.plural}/:id/history`;

    app.get(path, {
      ...operation({
        scope: 'read',
        cost: 'range',
        tag: 'History',
        operationId: `list${one}Versions`,
        summary: `Every version of ${withArticle(noun.name)}, newest first: who changed what, when and why`,
        path: z.object({ id }),
        query,
        headers,
        success: { 200: { description: 'Versions.', schema: VersionPage } },
        problems: ['not_found'],
      }),
      handler: async (request, reply) => {
        const list = pathOf(request.url);
        const { texts, next, prev } = await readVersions(context, noun, request, reply, {
          reference: idOf(request),
          ...{ list, query },
        });
        addLink(reply, linkHeader(list, datedQuery(request, clock), { next, prev }));
        const page = { next_cursor: next, prev_cursor: prev, has_more: next !== null };
        const body = `{"items":[${texts.join(',')}],${JSON.stringify(page).slice(1)}`;
        return sendText(request, reply, body, null);
      },
    });

    app.get(`${path}/:version`, {
      ...operation({
        scope: 'read',
        cost: 'point',
        tag: 'History',
        operationId: `get${one}Version`,
        summary: `One version of ${withArticle(noun.name)}, with the whole object`,
        path: z.object({
          id,
          version: z.string().meta({
            description: 'Number of the version.',
            examples: [1],
            ...shownAs({ type: 'integer', minimum: 1, maximum: 2_147_483_647 }),
          }),
        }),
        query: oneQuery,
        headers,
        success: { 200: { description: 'The version.', schema: version } },
        problems: ['not_found'],
      }),
      handler: async (request, reply) => {
        const body = await storeAsOf(context, request, reply).read(async (tx) => {
          const object = await objectId(tx, noun, idOf(request));
          const number = versionOf(request.params.version);
          const at = { value: null, id: String(number + 1) };
          const [row] = await versionRows(tx, name, object, { at, back: false, limit: 1 });
          if (row?.version !== number) throw noSuchVersion();
          return (await versionTexts(tx, name, [row], true))[0];
        });
        return sendText(request, reply, body, null);
      },
    });
  }
}

interface AskedVersions {
  /** Id or key of the object. */
  reference: string;
  /** The address of the pages; a cursor is valid only there. */
  list: string;
  /** The parameters that the address takes. */
  query: z.ZodObject;
  /** Whether each version comes with the whole object. */
  whole?: boolean;
}

/** Versions of an object as JSON texts, with the cursors of the pages around them. */
export async function readVersions(
  context: ResourceContext,
  noun: ResourceType,
  request: FastifyRequest & { query: { limit?: number | undefined } },
  reply: FastifyReply,
  { reference, list, query, whole = false }: AskedVersions,
): Promise<{ texts: string[]; next: string | null; prev: string | null }> {
  const { cursors, clock } = context;
  const { limit = DEFAULT_LIMIT } = request.query;
  const raw = datedQuery(request, clock);
  const cursor = raw.cursor === undefined ? null : cursors.decode(raw.cursor, list);
  const filters = effectiveFilters(raw, cursor);
  const { at, back } = cursor ?? { at: null, back: false };
  const { as_of = null } = query.parse(filters) as { as_of?: string };
  const { rows, more, texts } = await storeAsOf(context, request, reply, as_of).read(async (tx) => {
    const object = await objectId(tx, noun, reference);
    const found = await versionRows(tx, noun.name, object, { at, back, limit: limit + 1 });
    const kept = back ? found.slice(-limit) : found.slice(0, limit);
    return { rows: kept, more: found.length > limit, texts: await versionTexts(tx, noun.name, kept, whole) };
  });
  const cursorTo = (row: Version | undefined, backwards: boolean) =>
    cursors.encode({ list, filters, at: positionOf(row), back: backwards });
  return {
    texts,
    next: (back ? at !== null : more) ? cursorTo(rows.at(-1), false) : null,
    prev: (back ? more : at !== null) ? cursorTo(rows[0], true) : null,
  };
}

const positionOf = (row: Version | undefined): Cursor['at'] =>
  row ? { value: null, id: String(row.version) } : null;

const noSuchVersion = () => new ApiError('not_found', 'There is no such version.');

/** A version number: from 1, without leading zeros. Anything else names no version. */
function versionOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw noSuchVersion();
  return Number(text);
}
