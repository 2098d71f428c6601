import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { claimNoun } from '../claims/claim.js';
import { fillReferences, mark } from '../db/references.js';
import { asOfQuery, readerFor, readHeaders } from '../http/as-of.js';
import { sendJson, weakEtag } from '../http/conditional.js';
import { operation } from '../http/operation.js';
import { get } from '../register/find.js';
import { idOf, type RegisterContext } from '../register/routes.js';
import { explain } from './explain.js';
import type { ClaimGraph } from './graph.js';
import { claimGraph } from './provenance.store.js';
import { StandingExplanation } from './standing.schemas.js';
import { subjectOf } from './standing.store.js';

const attribution = (id: string) => mark('attribution', id);
const party = (id: string) => mark('party', id);

/** The explanation with references in place of ids, as they are filled in before sending. */
function explanationView(claimId: string, graph: ClaimGraph) {
  const { ends, paths, circles, left_out, totals, ...rest } = explain(graph);
  return {
    claim: mark('claim', claimId),
    ...rest,
    ends: ends.map((end) => ({
      ...end,
      attribution: attribution(end.attribution),
      party: party(end.party),
      group: party(end.group),
      climb: end.climb.map(party),
    })),
    paths: paths.map((path) => path.map(attribution)),
    circles: circles.map(({ attributions, way_out }) => ({
      attributions: attributions.map(attribution),
      way_out,
    })),
    left_out: left_out.map((left) => ({ ...left, attribution: attribution(left.attribution) })),
    totals,
  };
}

export function standingRoutes(app: FastifyInstance, context: RegisterContext): void {
  app.get('/v1/claims/:id/standing', {
    ...operation({
      scope: 'read',
      tag: 'Provenance',
      operationId: 'getClaimStanding',
      summary: 'From how many independent origins a claim comes, explained',
      path: z.object({ id: z.string().meta({ description: 'Id or key of the claim.' }) }),
      query: z.strictObject(asOfQuery),
      headers: z.object(readHeaders),
      success: {
        200: { description: 'The standing and what it was computed from.', schema: StandingExplanation },
        304: { description: 'The client has this already (`If-None-Match`).' },
      },
      problems: ['not_found', 'gone'],
    }),
    handler: async (request, reply) => {
      const body = await readerFor(context, request, reply).read(async (tx) => {
        const { id } = await get(tx, claimNoun, idOf(request));
        const graph = await claimGraph(tx, id, await subjectOf(tx, id));
        return (await fillReferences(tx, [JSON.stringify(explanationView(id, graph))]))[0]!;
      });
      return sendJson(request, reply, body, weakEtag(body));
    },
  });
}
