import { z } from 'zod';
import { encodeReference, fillReferences } from '../db/query/references.js';
import { type App, operation } from '../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { sendText } from '../http/request/conditional.js';
import { anyOf, shownAs } from '../http/request/filters.js';
import { Reference } from '../http/schemas/common.js';
import type { ResourceContext } from '../resources/routes.js';
import { searchTypes } from './search.js';
import { suggest } from './suggest.service.js';

const LIMIT = 10;
const MOST_SUGGESTED = 20;

const query = z.strictObject({
  q: z
    .string()
    .max(200)
    .meta({ description: 'What was typed so far; the last word may be incomplete.', examples: ['haqq'] }),
  type: anyOf(searchTypes).meta({
    description: `What to suggest: ${searchTypes.join(', ')}; several with commas; by default all.`,
  }),
  limit: z
    .string()
    .regex(/^([1-9]|1\d|20)$/, `write a number from 1 to ${MOST_SUGGESTED}`)
    .transform(Number)
    .optional()
    .meta({
      examples: [5],
      description: `Suggestions, ${LIMIT} unless told.`,
      ...shownAs({ type: 'integer', minimum: 1, maximum: MOST_SUGGESTED }),
    }),
  ...asOfQuery,
});

const Suggestions = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({
            type: z.enum(searchTypes).meta({ description: 'Expect new values.' }),
            object: Reference,
          })
          .meta({ id: 'Suggestion', description: 'An object that may be meant.' }),
      )
      .meta({ description: 'The likeliest first.' }),
  })
  .meta({ id: 'Suggestions', description: 'What may be meant.' });

/** Suggestions while a user types. */
export function suggestRoutes(app: App, context: ResourceContext): void {
  app.get('/v1/suggest', {
    ...operation({
      scope: 'read',
      cost: 'range',
      tag: 'Search',
      operationId: 'suggest',
      summary: 'Suggest parties, sources, predicates and claims while a user types',
      description: 'Objects that have all words, the last changed ones first. For more see `/v1/search`.',
      query,
      headers: z.object(readHeaders),
      success: { 200: { description: 'Suggestions.', schema: Suggestions } },
      problems: [],
    }),
    async handler(request, reply) {
      const { q, type = searchTypes, limit = LIMIT } = request.query;
      const body = await storeAsOf(context, request, reply).read(async (tx) => {
        const hits = (await suggest(tx, type, q)).slice(0, limit);
        const items = hits.map(({ type, id }) => ({ type, object: encodeReference(type, id) }));
        return (await fillReferences(tx, [JSON.stringify({ items })]))[0];
      });
      return sendText(request, reply, body, null);
    },
  });
}
