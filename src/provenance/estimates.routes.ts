import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { asOfQuery, readerFor, readHeaders } from '../http/as-of.js';
import { sendText } from '../http/conditional.js';
import { chooseColumns, csvText, negotiate } from '../http/formats.js';
import { addVary } from '../http/headers.js';
import { CSV, JSON_TYPE, tableOf } from '../http/media.js';
import { operation } from '../http/operation.js';
import { invalidQuery } from '../http/query.js';
import { SVG, svgHeaders } from '../http/svg.js';
import { filterIds } from '../register/resolve.js';
import type { RegisterContext } from '../register/routes.js';
import type { Renderer } from '../rendering/pool.js';
import { Estimates } from './conflicts.schemas.js';
import { estimateColumns } from './estimates.columns.js';
import { chartTask } from './estimates.js';
import { type Figure, figuresByTime, onePredicate, subjectAndPredicate } from './figures.store.js';
import { standingPending } from './standing.service.js';

/** Figures that one answer holds at most. */
const MOST = 1_000;

const query = z.strictObject({
  subject: z
    .string()
    .min(1)
    .meta({ description: 'Id or key of a party.', examples: ['ttp'] }),
  predicate: z
    .string()
    .min(1)
    .meta({ description: 'Key of a predicate.', examples: ['fighter-strength'] }),
  format: z
    .enum(['json', 'csv', 'svg'])
    .optional()
    .meta({ description: 'Form of the answer; wins over Accept.' }),
  fields: z.string().max(1_000).optional().meta({ description: 'Columns of a CSV, separated by commas.' }),
  ...asOfQuery,
});

const forms = { [JSON_TYPE]: 'json', [CSV]: 'csv', [SVG]: 'svg' } as const;

const estimate = ({ view, text }: Figure) => ({ ...view, text });

/** The competing figures for one thing over time. */
export function estimateRoutes(
  app: FastifyInstance,
  context: RegisterContext & { renderer: Renderer },
): void {
  const { renderer } = context;
  app.get('/v1/estimates', {
    ...operation({
      scope: 'read',
      tag: 'Provenance',
      operationId: 'listEstimates',
      summary: 'All figures for one thing by time: who says which, as JSON, CSV or a chart',
      query,
      headers: z.object(readHeaders),
      success: {
        200: {
          description: 'The figures.',
          schema: Estimates,
          media: { [CSV]: tableOf(estimateColumns), [SVG]: z.string() },
        },
      },
      problems: ['not_acceptable'],
    }),
    handler: async (request, reply) => {
      const asked = request.query as z.infer<typeof query>;
      const format = negotiate(request, asked.format, forms);
      if (asked.fields !== undefined && format !== 'csv') {
        const detail = 'fields picks the columns of a CSV; add format=csv';
        throw invalidQuery([{ parameter: 'fields', code: 'misplaced_parameter', detail }]);
      }
      const columns = chooseColumns(estimateColumns, asked.fields);
      const found = await readerFor(context, request, reply).read(async (tx) => {
        const [subject] = (await filterIds(tx, 'party', 'subject', [asked.subject]))!;
        const [predicate] = (await filterIds(tx, 'predicate', 'predicate', [asked.predicate]))!;
        const predicates = await onePredicate(tx, predicate!);
        const figures = await figuresByTime(tx, subject!, predicate!, predicates, MOST + 1);
        const named = await subjectAndPredicate(tx, subject!, predicate!);
        return { figures, named, standing_pending: await standingPending(tx) };
      });
      const items = found.figures.slice(0, MOST).map(estimate);
      addVary(reply, 'Accept');
      if (format === 'csv') {
        const body = csvText(columns, items, true);
        return sendText(request, reply, body, null, CSV);
      }
      if (format === 'svg') {
        const body = await renderer.render(chartTask(found.named, items));
        reply.headers(svgHeaders);
        return sendText(request, reply, body, null, SVG);
      }
      const complete = found.figures.length <= MOST;
      const { standing_pending } = found;
      const body = JSON.stringify({ ...found.named, items, complete, standing_pending });
      return sendText(request, reply, body, null);
    },
  });
}
