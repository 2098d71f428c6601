import { z } from 'zod';
import { type App, operation } from '../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { sendText } from '../http/request/conditional.js';
import { JSON_TYPE } from '../http/response/media.js';
import type { ResourceContext } from '../resources/routes.js';
import { MatchInput, matchQuery, PartyMatches, PartyMatchResults } from './match.schemas.js';
import { matchParties } from './match.service.js';

/** Which parties a name may mean. */
export function matchRoutes(app: App, context: ResourceContext): void {
  app.get('/v1/parties/match', {
    ...operation({
      scope: 'read',
      cost: 'scan',
      tag: 'Parties',
      operationId: 'matchParty',
      summary: 'Find the parties that a name may mean',
      description:
        'Finds a party under other spellings, scripts, other names and acronyms, and says what speaks for and ' +
        'against each. Another kind, country, birth or identifier than the one given is never a match.',
      query: z.strictObject({ ...matchQuery, ...asOfQuery }),
      headers: z.object(readHeaders),
      success: { 200: { description: 'Parties with scores and reasons.', schema: PartyMatches } },
      problems: [],
    }),
    handler: async (request, reply) => {
      const items = await matchParties(storeAsOf(context, request, reply), request.query);
      return sendText(request, reply, JSON.stringify({ items }), null);
    },
  });

  app.post('/v1/parties/match', {
    ...operation({
      scope: 'read',
      cost: 'scan',
      tag: 'Parties',
      operationId: 'matchParties',
      summary: 'Find the parties that up to 50 names may mean',
      description: 'Each query is answered as by `GET /v1/parties/match`. Nothing is written.',
      body: MatchInput,
      bodyDoc: {
        schema: MatchInput,
        example: { queries: [{ name: 'Nur Wali Masood', kind: 'person' }, { name: 'TTP' }] },
      },
      success: { 200: { description: 'An answer to each query.', schema: PartyMatchResults } },
      problems: [],
    }),
    handler: async (request, reply) => {
      const results = [];
      for (const query of request.body.queries) {
        results.push({ items: await matchParties(context.store, query) });
      }
      reply.header('cache-control', 'private, no-cache');
      return reply.type(JSON_TYPE).send(JSON.stringify({ results }));
    },
  });
}
