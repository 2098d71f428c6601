import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { chooseColumns, csvLines } from '../../http/formats/csv.js';
import { inForm, sendForm } from '../../http/formats/forms.js';
import { svgForm, svgHeaders } from '../../http/formats/svg.js';
import { type App, type Declaration, operation, type RequestOf } from '../../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../../http/request/as-of.js';
import { sendText } from '../../http/request/conditional.js';
import { tableForm } from '../../resources/exports.js';
import type { ResourceContext } from '../../resources/routes.js';
import type { Renderer } from '../../workers/renderer.js';
import { knownByFilter } from '../graph/known-by.schemas.js';
import { Estimates } from './conflicts.schemas.js';
import { estimateColumns } from './estimates.columns.js';
import { chartTask } from './estimates.js';
import { estimatesOf } from './estimates.service.js';

const query = z.strictObject({
  subject: z
    .string()
    .min(1)
    .meta({ description: 'Id or key of a party.', examples: ['ttp'] }),
  predicate: z
    .string()
    .min(1)
    .meta({ description: 'Key of a predicate.', examples: ['fighter-strength'] }),
  known_by: knownByFilter,
  ...asOfQuery,
});

const csv = tableForm(estimateColumns);
const svg = svgForm('a chart');

/** The competing figures for one thing over time. */
export function estimateRoutes(app: App, context: ResourceContext & { renderer: Renderer }): void {
  const url = '/v1/estimates';
  const declaration = {
    scope: 'read',
    cost: 'scan',
    tag: 'Provenance',
    operationId: 'listEstimates',
    summary: 'All figures for one thing by time, and who says which',
    query,
    headers: z.object(readHeaders),
    success: { 200: { description: 'The figures.', schema: Estimates } },
    problems: [],
  } as const satisfies Declaration;

  app.get(url, {
    ...operation(declaration),
    handler: async (request, reply) => {
      const { items, named, complete, standing_pending } = await estimates(request, reply);
      const body = JSON.stringify({ ...named, items, complete, standing_pending });
      return sendText(request, reply, body, null);
    },
  });

  app.get(`${url}.csv`, {
    ...operation(inForm(declaration, csv, { query: query.extend(csv.query) })),
    handler: async (request, reply) => {
      const { fields, ...look } = request.query;
      const columns = chooseColumns(estimateColumns, fields);
      const { items } = await estimates(request, reply);
      return sendForm(request, reply, csv, csvLines(columns, items, true, undefined, look), null);
    },
  });

  app.get(`${url}.svg`, {
    ...operation(inForm(declaration, svg)),
    handler: async (request, reply) => {
      const { named, items } = await estimates(request, reply);
      const body = await context.renderer.render(async () => {
        const { renderChart } = await import('../../rendering/chart/chart.js');
        return renderChart(chartTask(named, items));
      });
      reply.headers(svgHeaders);
      return sendForm(request, reply, svg, body, null);
    },
  });

  const estimates = (request: RequestOf<typeof declaration>, reply: FastifyReply) =>
    storeAsOf(context, request, reply).read((tx) => estimatesOf(tx, request.query));
}
