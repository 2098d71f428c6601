import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { claimType } from '../../claims/claim.js';
import type { Reader } from '../../db/store/store.js';
import { type App, type Declaration, operation, type RequestOf } from '../../http/openapi/operation.js';
import { asOfQuery, datedQuery, readHeaders, storeAsOf } from '../../http/request/as-of.js';
import { sendText } from '../../http/request/conditional.js';
import * as filter from '../../http/request/filters.js';
import { DEFAULT_LIMIT, effectiveFilters, linkHeader, presentation } from '../../http/request/paging.js';
import { invalidQuery } from '../../http/request/query.js';
import { addLink } from '../../http/response/headers.js';
import { ENUM_NAME } from '../../http/schemas/enum-names.js';
import { itemId } from '../../http/schemas/parameters.js';
import { pathOf } from '../../lib/path.js';
import { get } from '../../resources/find.js';
import type { QuerySchema } from '../../resources/list.schemas.js';
import { filterIds } from '../../resources/resolve.js';
import type { ResourceContext } from '../../resources/routes.js';
import { knownByFilter } from '../graph/known-by.schemas.js';
import { standingPending } from '../standing/standing.service.js';
import { registerConflictForms } from './conflict-forms.routes.js';
import { conflictKinds } from './conflicts.js';
import { ConflictPage } from './conflicts.schemas.js';
import {
  allConflicts,
  type ConflictQuery,
  conflictsOf,
  type PairFilters as Filters,
  justAfter,
  justBefore,
  type Pair,
  type PairPosition,
  type Pairs,
  pairView,
  severestConflicts,
} from './conflicts.service.js';

const shared = {
  kind: filter.anyOf(conflictKinds),
  superseded: z
    .enum(['include'])
    .optional()
    .meta({
      description: '`include`: also figures that another claim updates, or that were taken back.',
      examples: ['include'],
    }),
  known_by: knownByFilter,
  ...asOfQuery,
  limit: presentation.limit,
  cursor: presentation.cursor,
};
const ofClaimPath = z.object({ id: itemId('claim') });
const ofClaim = z.strictObject(shared);
export const allConflictsQuery = z.strictObject({
  ...shared,
  subject: filter.anyReference('party'),
  predicate: filter.anyReference('predicate'),
  sort: z
    .enum(['severity'])
    .optional()
    .meta({
      [ENUM_NAME]: 'ConflictOrder',
      description:
        '`severity`: contradictions of what is supported best first. Up to 20,000 comparisons; beyond that, name ' +
        'a subject or predicate.',
      examples: ['severity'],
    }),
});

const declaration = {
  scope: 'read',
  cost: 'scan',
  tag: 'Provenance',
  headers: z.object(readHeaders),
  success: { 200: { description: 'Pairs of claims.', schema: ConflictPage } },
} as const;

/** Pairs that conflict: of one claim, and of the whole register. */
export function conflictRoutes(app: App, context: ResourceContext): void {
  registerConflicts(
    app,
    context,
    '/v1/claims/:id/conflicts',
    {
      ...declaration,
      operationId: 'listClaimConflicts',
      summary: 'What conflicts with a claim, and whether really',
      path: ofClaimPath,
      problems: ['not_found', 'gone'],
    },
    ofClaim,
    async (reader, params, filters, at, limit) => {
      const claim = ofClaimPath.parse(params).id;
      const { id } = await reader.read((tx) => get(tx, claimType, claim));
      return conflictsOf(reader, id, readAs(filters), at, limit);
    },
  );

  registerConflicts(
    app,
    context,
    '/v1/conflicts',
    {
      ...declaration,
      operationId: 'listConflicts',
      summary: 'All pairs of facts that give different values for the same thing',
      problems: [],
    },
    allConflictsQuery,
    findAll,
  );
}

/** Finds conflicts of the whole register. Throws a 400 where there are too many to be sorted. */
const findAll: Find = async (reader, _, filters, at, limit) => {
  const ids = await reader.read(async (tx) => ({
    subject: await filterIds(tx, 'party', 'subject', filters.subject),
    predicate: await filterIds(tx, 'predicate', 'predicate', filters.predicate),
  }));
  const wanted = { ...readAs(filters), ...ids };
  if (filters.sort !== 'severity') return allConflicts(reader, wanted, at, limit);
  const found = await severestConflicts(reader, wanted, at, limit);
  if (found === 'too_many') {
    const detail = 'there are too many pairs to be sorted; name a subject or a predicate, or leave sort out';
    throw invalidQuery([{ parameter: 'sort', code: 'too_broad', detail }]);
  }
  return found;
};

/** The page that a request asks for of the conflicts of the whole register. */
export const readAllConflicts = (
  context: ResourceContext,
  request: RequestOf<{ query: QuerySchema<ConflictQuery> }>,
  reply: FastifyReply,
  path: string,
) => readConflicts(context, allConflictsQuery, request, reply, path, findAll);

type Find = (
  reader: Reader,
  params: unknown,
  filters: Filters,
  at: PairPosition,
  limit: number,
) => Promise<Pairs>;

/** The routes of a list of pairs: its pages, and the whole of it in other forms. */
function registerConflicts(
  app: App,
  context: ResourceContext,
  url: string,
  docs: Omit<Declaration, 'query'>,
  query: QuerySchema<ConflictQuery>,
  find: Find,
): void {
  const json = { ...docs, query } as const satisfies Declaration;
  app.get(url, {
    ...operation(json),
    handler: (request, reply) => answer(context, query, request, reply, find),
  });
  registerConflictForms(app, context, url, json, query, (reader, request, at, limit) =>
    find(reader, request.params, request.query, at, limit),
  );
}

const readAs = ({ kind, superseded, known_by }: Filters) => ({
  kind,
  superseded: superseded === 'include',
  knownBy: known_by ?? null,
});

/** Answers with a page of pairs. */
async function answer(
  context: ResourceContext,
  schema: QuerySchema<ConflictQuery>,
  request: RequestOf<{ query: QuerySchema<ConflictQuery> }>,
  reply: FastifyReply,
  find: Find,
) {
  const path = pathOf(request.url);
  const page = await readConflicts(context, schema, request, reply, path, find);
  const raw = datedQuery(request, context.clock);
  addLink(reply, linkHeader(path, raw, { next: page.next_cursor, prev: page.prev_cursor }));
  return sendText(request, reply, JSON.stringify(page), null);
}

/** A page of pairs; its cursors hold the two ids of the pairs at its ends. */
async function readConflicts(
  context: ResourceContext,
  schema: QuerySchema<ConflictQuery>,
  request: RequestOf<{ query: QuerySchema<ConflictQuery> }>,
  reply: FastifyReply,
  path: string,
  find: Find,
) {
  const { cursors } = context;
  const raw = datedQuery(request, context.clock);
  const cursor = raw.cursor === undefined ? null : cursors.decode(raw.cursor, path);
  const filters = effectiveFilters(raw, cursor);
  request.filters = filters;
  const { as_of = null, ...parsed } = schema.parse(filters);
  const reader = storeAsOf(context, request, reply, as_of);
  const limit = request.query.limit ?? DEFAULT_LIMIT;
  const { at: place = null, back = false } = cursor ?? {};
  const at = { first: String(place?.value ?? ''), second: place?.id ?? '', back };
  const { pairs, next, previous } = await find(reader, request.params, parsed, at, limit);
  const cursorAt = ({ first, second, back }: PairPosition) =>
    cursors.encode({ list: path, filters, at: { value: first, id: second }, back });
  // Where the page itself ends; an empty one lies just beyond the pair at which the one before ended.
  const edge = (pair: Pair | undefined, back: boolean): PairPosition => {
    if (!pair) return { ...at, second: back ? justAfter(at.second) : justBefore(at.second), back };
    return { first: pair.sides[0].id, second: pair.sides[1].id, back };
  };
  const onward = next && cursorAt(next);
  const homeward = cursor && cursorAt(previous ?? edge(back ? pairs.at(-1) : pairs[0], !back));
  const [next_cursor, prev_cursor] = back ? [homeward, onward] : [onward, homeward];
  return {
    items: pairs.map(pairView),
    next_cursor,
    prev_cursor,
    has_more: next_cursor !== null,
    standing_pending: await reader.read(standingPending),
  };
}
