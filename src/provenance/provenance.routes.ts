import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { asOfQuery, readerFor, readHeaders } from '../http/as-of.js';
import { sendText } from '../http/conditional.js';
import { negotiate } from '../http/formats.js';
import { addVary } from '../http/headers.js';
import { JSON_TYPE } from '../http/media.js';
import { operation } from '../http/operation.js';
import { SVG, svgHeaders } from '../http/svg.js';
import { idOf, type RegisterContext } from '../register/routes.js';
import type { Renderer } from '../rendering/pool.js';
import { graphTexts } from './graph-texts.service.js';
import { ProvenanceGraph } from './graph-view.schemas.js';

const DOT = 'text/vnd.graphviz; charset=utf-8';
const MERMAID = 'text/vnd.mermaid; charset=utf-8';
const forms = { [JSON_TYPE]: 'json', [SVG]: 'svg', [DOT]: 'dot', [MERMAID]: 'mermaid' } as const;

const types = { json: JSON_TYPE, svg: SVG, dot: DOT, mermaid: MERMAID } as const;

const query = z.strictObject({
  format: z.enum(['json', 'svg', 'dot', 'mermaid']).optional().meta({
    description: 'Form of the answer; wins over Accept.',
  }),
  ...asOfQuery,
});

/** Where a claim comes from, as a graph and as a picture. */
export function provenanceRoutes(
  app: FastifyInstance,
  context: RegisterContext & { renderer: Renderer },
): void {
  app.get('/v1/claims/:id/provenance', {
    ...operation({
      scope: 'read',
      tag: 'Provenance',
      operationId: 'getClaimProvenance',
      summary: 'The chain from the outlet back to the first known voice: a graph, or a picture of it',
      path: z.object({ id: z.string().meta({ description: 'Id or key of the claim.' }) }),
      query,
      headers: z.object(readHeaders),
      success: {
        200: {
          description: 'The graph.',
          schema: ProvenanceGraph,
          media: { [SVG]: z.string(), [DOT]: z.string(), [MERMAID]: z.string() },
        },
      },
      problems: ['not_found', 'gone', 'not_acceptable'],
    }),
    handler: async (request, reply) => {
      const format = negotiate(request, (request.query as z.infer<typeof query>).format, forms);
      const texts = await readerFor(context, request, reply).read((tx) =>
        graphTexts(tx, context.nouns, idOf(request)),
      );
      const body = await context.renderer.render({ kind: 'graph', format, ...texts });
      addVary(reply, 'Accept');
      if (format === 'svg') reply.headers(svgHeaders);
      return sendText(request, reply, body, null, types[format]);
    },
  });
}
