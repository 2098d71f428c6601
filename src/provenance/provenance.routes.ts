import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { inForm, sendForm } from '../http/formats/forms.js';
import { svgForm, svgHeaders } from '../http/formats/svg.js';
import { type App, type Declaration, operation, type RequestOf } from '../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { sendText } from '../http/request/conditional.js';
import { itemId } from '../http/schemas/parameters.js';
import type { GraphTask } from '../rendering/graph/graph.js';
import { idOf, type ResourceContext } from '../resources/routes.js';
import type { Renderer } from '../workers/renderer.js';
import { knownByFilter } from './graph/known-by.schemas.js';
import { graphTexts } from './view/graph-texts.service.js';
import { ProvenanceGraph } from './view/graph-view.schemas.js';

const drawing = { content: z.string(), disposition: 'inline' } as const;
const forms = [
  svgForm('an SVG picture'),
  { ...drawing, extension: 'dot', title: 'a drawing in DOT', media: 'text/vnd.graphviz; charset=utf-8' },
  {
    ...drawing,
    extension: 'mermaid',
    title: 'a diagram in Mermaid',
    media: 'text/vnd.mermaid; charset=utf-8',
  },
] as const;

/** Where a claim comes from, as a graph and as a picture. */
export function provenanceRoutes(app: App, context: ResourceContext & { renderer: Renderer }): void {
  const url = '/v1/claims/:id/provenance';
  const declaration = {
    scope: 'read',
    cost: 'scan',
    tag: 'Provenance',
    operationId: 'getClaimProvenance',
    summary: 'The chain from the outlet back to the first known voice',
    path: z.object({ id: itemId('claim') }),
    query: z.strictObject({ known_by: knownByFilter, ...asOfQuery }),
    headers: z.object(readHeaders),
    success: { 200: { description: 'The graph.', schema: ProvenanceGraph } },
    problems: ['not_found', 'gone'],
  } as const satisfies Declaration;

  app.get(url, {
    ...operation(declaration),
    handler: async (request, reply) => sendText(request, reply, await graph(request, reply, 'json'), null),
  });
  for (const form of forms) {
    app.get(`${url}.${form.extension}`, {
      ...operation(inForm(declaration, form)),
      handler: async (request, reply) => {
        const body = await graph(request, reply, form.extension);
        if (form.extension === 'svg') reply.headers(svgHeaders);
        return sendForm(request, reply, form, body, null);
      },
    });
  }

  async function graph(
    request: RequestOf<typeof declaration>,
    reply: FastifyReply,
    format: GraphTask['format'],
  ) {
    const texts = await storeAsOf(context, request, reply).read((tx) =>
      graphTexts(tx, context.nouns, idOf(request), request.query.known_by),
    );
    return context.renderer.render(async () => {
      const { renderGraph } = await import('../rendering/graph/graph.js');
      return renderGraph({ format, ...texts });
    });
  }
}
