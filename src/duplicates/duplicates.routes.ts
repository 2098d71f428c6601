import { z } from 'zod';
import { type App, operation } from '../http/openapi/operation.js';
import { datedQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { sendText } from '../http/request/conditional.js';
import { DEFAULT_LIMIT, effectiveFilters, linkHeader } from '../http/request/paging.js';
import { invalidQuery } from '../http/request/query.js';
import { addLink } from '../http/response/headers.js';
import { type JudgedNoun, judgedNouns } from '../judgements/judgements.schemas.js';
import type { ResourceContext } from '../resources/routes.js';
import type { Resource } from '../resources/service.js';
import { duplicatesQuery, kindsOf, LikelyPairPage } from './duplicates.schemas.js';
import { type Comparing, pairsAfter, pairsOf, START } from './worklist.service.js';

const path = '/v1/duplicates';

/** What may be in the register twice, for somebody who goes through it. */
export function duplicateRoutes(
  app: App,
  context: ResourceContext & { kinds: Record<JudgedNoun, Resource> },
): void {
  app.get(path, {
    ...operation({
      scope: 'read',
      cost: 'scan',
      tag: 'Judgements',
      operationId: 'listDuplicates',
      summary: 'List pairs that are likely the same',
      description:
        'Pairs that answers to writes name as `possible_duplicates`, found by the same rules, without those that somebody judged. ' +
        'First come the surest, which have an identifier, an address, a name or a whole statement in common, then those ' +
        'of other spellings and of nearly the same words. A request tries some thousands of objects and compares 100, so a page ' +
        'can be short, or empty, and yet have more. `POST /v1/judgements` takes what somebody judged, and a merge makes one of two.',
      query: duplicatesQuery,
      headers: z.object(readHeaders),
      success: { 200: { description: 'Pairs, the surest first.', schema: LikelyPairPage } },
      problems: [],
    }),
    async handler(request, reply) {
      const raw = datedQuery(request, context.clock);
      const cursor = raw.cursor === undefined ? null : context.cursors.decode(raw.cursor, path);
      const filters = effectiveFilters(raw, cursor);
      request.filters = filters;
      const { limit = DEFAULT_LIMIT } = request.query;
      const wanted = read(filters);
      const { noun, service } = context.kinds[wanted.noun];
      const comparing: Comparing = {
        ...{ noun, service, of: wanted.noun, kind: wanted.kind, minScore: wanted.min_score ?? 0 },
      };
      const place = cursor?.at
        ? { ...JSON.parse(String(cursor.at.value)), before: cursor.at.id || null }
        : START;
      const { pairs, next } = await storeAsOf(context, request, reply, wanted.as_of ?? null).read(
        async (tx) => {
          if (wanted.of === undefined) return pairsAfter(tx, comparing, place, limit);
          return { pairs: await pairsOf(tx, comparing, wanted.of), next: null };
        },
      );
      const next_cursor =
        next &&
        context.cursors.encode({
          ...{ list: path, filters, back: false },
          at: { value: JSON.stringify({ tier: next.tier, done: next.done }), id: next.before ?? '' },
        });
      addLink(reply, linkHeader(path, raw, { next: next_cursor }));
      const answer = { items: pairs, next_cursor, has_more: next !== null };
      return sendText(request, reply, JSON.stringify(answer), null);
    },
  });
}

/** The filters, which may come from a cursor, and fit together. */
function read(filters: Record<string, string>) {
  const { noun, ...others } = duplicatesQuery.parse(filters);
  if (noun === undefined) {
    const detail = `say of which noun: ${judgedNouns.join(', ')}`;
    throw invalidQuery([{ parameter: 'noun', code: 'missing_parameter', detail }]);
  }
  const { kind } = others;
  const kinds = kindsOf[noun];
  if (kind !== undefined && !kinds?.includes(kind)) {
    const detail = kinds
      ? `kinds of a ${noun} are ${kinds.join(', ')}`
      : `a ${noun} has no kind; leave it out`;
    throw invalidQuery([{ parameter: 'kind', code: 'invalid_value', detail }]);
  }
  return { noun, ...others };
}
