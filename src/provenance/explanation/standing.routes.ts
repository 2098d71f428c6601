import { z } from 'zod';
import { claimType } from '../../claims/claim.js';
import { type App, operation } from '../../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../../http/request/as-of.js';
import { sendText } from '../../http/request/conditional.js';
import { itemId } from '../../http/schemas/parameters.js';
import { get } from '../../resources/find.js';
import { idOf, type ResourceContext } from '../../resources/routes.js';
import type { Renderer } from '../../workers/renderer.js';
import { sizeOf } from '../graph/graph.js';
import { knownBy } from '../graph/known-by.js';
import { knownByFilter } from '../graph/known-by.schemas.js';
import { loadGraph } from '../load/provenance.store.js';
import { StandingExplanation } from '../standing/standing.schemas.js';
import { type ExplanationTask, explanationText } from './explanation-task.js';

export function standingRoutes(app: App, context: ResourceContext & { renderer: Renderer }): void {
  app.get('/v1/claims/:id/standing', {
    ...operation({
      scope: 'read',
      cost: 'range',
      tag: 'Provenance',
      operationId: 'getClaimStanding',
      summary: 'From how many independent origins a claim comes, explained',
      path: z.object({ id: itemId('claim') }),
      query: z.strictObject({ known_by: knownByFilter, ...asOfQuery }),
      headers: z.object(readHeaders),
      success: {
        200: { description: 'The standing and what it was computed from.', schema: StandingExplanation },
      },
      problems: ['not_found', 'gone'],
    }),
    handler: async (request, reply) => {
      const task = await storeAsOf(context, request, reply).read(async (tx): Promise<ExplanationTask> => {
        const { id, key, doc } = await get(tx, claimType, idOf(request));
        const claim = { id, key, name: (JSON.parse(doc) as { text: string }).text };
        const { graph, keys } = await loadGraph(tx, id);
        const { known_by } = request.query;
        const known = known_by === undefined ? { graph } : knownBy(graph, known_by);
        return { claim, keys, ...known };
      });
      const body = await context.renderer.compute(sizeOf([task.graph]), () => explanationText(task));
      return sendText(request, reply, body, null);
    },
  });
}
