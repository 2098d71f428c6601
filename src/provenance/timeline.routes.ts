import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { claimNoun } from '../claims/claim.js';
import { asOfQuery, readerFor, readHeaders } from '../http/as-of.js';
import { sendText } from '../http/conditional.js';
import { type CsvLook, chooseColumns, csvText } from '../http/formats.js';
import { inForm, sendForm } from '../http/forms.js';
import { type Declaration, operation } from '../http/operation.js';
import { SVG, svgHeaders } from '../http/svg.js';
import { tableForm } from '../register/exports.js';
import { get } from '../register/find.js';
import { idOf, type RegisterContext } from '../register/routes.js';
import { timelineSvg } from '../rendering/timeline-svg.js';
import type { Renderer } from '../workers/renderer.js';
import { sourceKeysOf } from './graph-parts.store.js';
import { loadGraph } from './provenance.store.js';
import { timelineColumns } from './timeline.columns.js';
import { Timeline } from './timeline.schemas.js';

const csv = tableForm(timelineColumns);

/** What was said of a claim by date, with its standing after each: as JSON, CSV and a picture. */
export function timelineRoutes(
  app: FastifyInstance,
  context: RegisterContext & { renderer: Renderer },
): void {
  const url = '/v1/claims/:id/timeline';
  const declaration = {
    scope: 'read',
    cost: 'range',
    tag: 'Provenance',
    path: z.object({ id: z.string().meta({ description: 'Id or key of the claim.' }) }),
    query: z.strictObject(asOfQuery),
    headers: z.object(readHeaders),
    problems: ['not_found', 'gone'],
  } as const;
  const summary = 'What was said of a claim in the order of its dates, with the standing after each';

  const json: Declaration = {
    ...declaration,
    operationId: 'getClaimTimeline',
    summary,
    success: { 200: { description: 'The timeline.', schema: Timeline } },
  };

  app.get(url, {
    ...operation(json),
    handler: async (request, reply) => sendText(request, reply, await timeline(request, reply), null),
  });

  app.get(`${url}.csv`, {
    ...operation(inForm(json, csv, { query: declaration.query.extend(csv.query) })),
    handler: async (request, reply) => {
      const { fields, ...look } = request.query as { fields?: string } & CsvLook;
      const columns = chooseColumns(timelineColumns, fields);
      const { items } = JSON.parse(await timeline(request, reply)) as Timeline;
      return sendForm(request, reply, csv, csvText(columns, items, true, undefined, look), null);
    },
  });

  app.get(`${url}.svg`, {
    ...operation({
      ...declaration,
      cost: 'scan',
      operationId: 'getClaimTimelineSvg',
      summary: `${summary}: as a picture`,
      success: { 200: { description: 'The timeline as a picture.', media: { [SVG]: z.string() } } },
    }),
    handler: async (request, reply) => {
      const body = timelineSvg(JSON.parse(await timeline(request, reply)) as Timeline);
      reply.headers(svgHeaders);
      return sendText(request, reply, body, null, SVG);
    },
  });

  async function timeline(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const task = await readerFor(context, request, reply).read(async (tx) => {
      const { id, key, doc } = await get(tx, claimNoun, idOf(request));
      const { graph, keys } = await loadGraph(tx, id);
      const claim = { id, key, name: (JSON.parse(doc) as { text: string }).text };
      const sourceKeys = await sourceKeysOf(tx, graph.sources.keys());
      return { kind: 'timeline' as const, claim, graph, keys, sourceKeys };
    });
    return context.renderer.compute(task);
  }
}
