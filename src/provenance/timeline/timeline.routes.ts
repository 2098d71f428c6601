import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { claimType } from '../../claims/claim.js';
import { chooseColumns, csvLines } from '../../http/formats/csv.js';
import { inForm, sendForm } from '../../http/formats/forms.js';
import { svgForm, svgHeaders } from '../../http/formats/svg.js';
import { type App, type Declaration, operation, type RequestOf } from '../../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../../http/request/as-of.js';
import { sendText } from '../../http/request/conditional.js';
import { itemId } from '../../http/schemas/parameters.js';
import { tableForm } from '../../resources/exports.js';
import { get } from '../../resources/find.js';
import { idOf, type ResourceContext } from '../../resources/routes.js';
import type { Renderer } from '../../workers/renderer.js';
import { sizeOf } from '../graph/graph.js';
import { sourceKeysOf } from '../load/graph-parts.store.js';
import { loadGraph } from '../load/provenance.store.js';
import { timelineColumns } from './timeline.columns.js';
import { Timeline } from './timeline.schemas.js';
import { timelineSvg } from './timeline-svg.js';
import { timelineText } from './timeline-task.js';

const query = z.strictObject(asOfQuery);
const csv = tableForm(timelineColumns);
const svg = svgForm('a picture');

/** What was said of a claim by date, with its standing after each: as JSON, CSV and a picture. */
export function timelineRoutes(app: App, context: ResourceContext & { renderer: Renderer }): void {
  const url = '/v1/claims/:id/timeline';
  const declaration = {
    scope: 'read',
    cost: 'range',
    tag: 'Provenance',
    operationId: 'getClaimTimeline',
    summary: 'What was said of a claim in the order of its dates, with the standing after each',
    path: z.object({ id: itemId('claim') }),
    query,
    headers: z.object(readHeaders),
    success: { 200: { description: 'The timeline.', schema: Timeline } },
    problems: ['not_found', 'gone'],
  } as const satisfies Declaration;

  app.get(url, {
    ...operation(declaration),
    handler: async (request, reply) => sendText(request, reply, await timeline(request, reply), null),
  });

  app.get(`${url}.csv`, {
    ...operation(inForm(declaration, csv, { query: query.extend(csv.query) })),
    handler: async (request, reply) => {
      const { fields, ...look } = request.query;
      const columns = chooseColumns(timelineColumns, fields);
      const { items } = JSON.parse(await timeline(request, reply)) as Timeline;
      return sendForm(request, reply, csv, csvLines(columns, items, true, undefined, look), null);
    },
  });

  app.get(`${url}.svg`, {
    ...operation(inForm(declaration, svg, { cost: 'scan' })),
    handler: async (request, reply) => {
      const body = timelineSvg(JSON.parse(await timeline(request, reply)) as Timeline);
      reply.headers(svgHeaders);
      return sendForm(request, reply, svg, body, null);
    },
  });

  async function timeline(request: RequestOf<typeof declaration>, reply: FastifyReply): Promise<string> {
    const task = await storeAsOf(context, request, reply).read(async (tx) => {
      const { id, key, doc } = await get(tx, claimType, idOf(request));
      const { graph, keys } = await loadGraph(tx, id);
      const claim = { id, key, name: (JSON.parse(doc) as { text: string }).text };
      const sourceKeys = await sourceKeysOf(tx, graph.sources.keys());
      return { claim, graph, keys, sourceKeys };
    });
    return context.renderer.compute(sizeOf([task.graph]), () => timelineText(task));
  }
}
