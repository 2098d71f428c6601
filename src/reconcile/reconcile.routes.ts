import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type App, type Cost, operation } from '../http/openapi/operation.js';
import { sendText } from '../http/request/conditional.js';
import { invalidQuery, type Query } from '../http/request/query.js';
import { FORM_TYPE, JSON_TYPE } from '../http/response/media.js';
import { ifNoneMatchTag } from '../http/schemas/parameters.js';
import { validationError } from '../lib/errors.js';
import type { ResourceContext } from '../resources/routes.js';
import { candidatesFor } from './candidates.service.js';
import { extensionOf } from './extend.service.js';
import { manifestOf } from './manifest.js';
import { BATCH_SIZE } from './queries.schemas.js';
import { readExtension, readQueries, type Sent } from './read-queries.js';
import { Answer, Extension, Manifest, Results } from './reconcile.schemas.js';

/** What an instance tells of itself. */
interface About {
  version: string;
  /** The address under which clients reach it; empty where that is the one they asked. */
  origin: string;
  openReads: boolean;
}

const path = '/reconcile';
const exampleQueries = '{"q0":{"query":"Nur Wali Masood","type":"person","limit":3}}';

const fields = {
  queries: z
    .string()
    .optional()
    .meta({
      description:
        `JSON text: an object with up to ${BATCH_SIZE} queries by ids of your own. Each has \`query\` (a name, an id, a key or the address ` +
        'of a source), and perhaps `type` (one or several), `properties` (`[{pid, v}]`), and `limit` (10 unless told, at most 50).',
      examples: [exampleQueries],
    }),
  extend: z
    .string()
    .optional()
    .meta({
      description:
        'JSON text: `ids` of up to 200 objects, and `properties` (`[{id}]`) that are wanted of them.',
      examples: ['{"ids":["fighter-strength"],"properties":[{"id":"unit"}]}'],
    }),
};
const Form = z
  .strictObject(fields)
  .meta({ id: 'ReconcileForm', description: 'Either `queries` or `extend`.' });
type Form = z.infer<typeof Form>;

const tag = 'Reconciliation';
const description =
  'The Reconciliation API 0.2, which OpenRefine and other clients speak. Names are compared as `/v1/parties/match` does.';

/** The endpoint of the Reconciliation API 0.2: what it can do, and its answers to names and ids. */
export function reconcileRoutes(app: App, context: ResourceContext, about: About): void {
  app.get(path, {
    ...operation({
      scope: 'read',
      isPublic: ({ query }) => (query as Query).isEmpty,
      cost: ({ query }) => costOf(Form.parse(query)),
      tag,
      operationId: 'getReconciliation',
      summary: 'What the reconciliation service can do, and where',
      description:
        `${description} The manifest needs no key. With \`queries\` or \`extend\` in the address the answer is that of ` +
        'a `POST`, for those who try it in a browser.',
      query: z.strictObject(fields),
      queryDoc: z.strictObject({}),
      headers: z.object({ 'if-none-match': ifNoneMatchTag }),
      success: {
        200: {
          description: 'The manifest.',
          schema: Manifest,
          variant: answerSchema,
        },
      },
      problems: [],
    }),
    async handler(request, reply) {
      const sent = sentIn(request.query, 'address');
      const answer = sent ? await answerTo(sent) : manifestFor(request);
      return sendText(request, reply, JSON.stringify(answer), null);
    },
  });

  app.post(path, {
    ...operation({
      scope: 'read',
      cost: ({ body }) => costOf(Form.parse(body)),
      tag,
      operationId: 'reconcile',
      summary: `Look for up to ${BATCH_SIZE} names, or read properties of objects`,
      description: `${description} Nothing is written.`,
      body: Form,
      bodyDoc: { schema: Form, example: { queries: exampleQueries }, media: FORM_TYPE },
      success: {
        200: {
          description: 'To `queries` an answer to each, to `extend` the properties.',
          schema: Answer,
          variant: (_, body) => answerSchema(body as Form),
        },
      },
      problems: [],
    }),
    async handler(request, reply) {
      const sent = sentIn(request.body, 'body');
      if (!sent)
        throw validationError([{ pointer: '', code: 'missing_member', detail: 'send queries or extend' }]);
      reply.header('cache-control', 'private, no-cache');
      return reply.type(JSON_TYPE).send(JSON.stringify(await answerTo(sent)));
    },
  });

  function manifestFor(request: FastifyRequest) {
    const base = about.origin || `${request.protocol}://${request.host}`;
    return manifestOf(base.replace(/\/+$/, ''), about.version, !about.openReads);
  }

  async function answerTo(sent: Sent): Promise<object> {
    if (sent.name === 'extend') return extensionOf(context.store, await readExtension(sent));
    const answers: [string, object][] = [];
    for (const [id, query] of await readQueries(sent)) {
      answers.push([id, { result: await candidatesFor(context.store, query) }]);
    }
    return Object.fromEntries(answers);
  }
}

/** What is answered to either; null for neither. */
const answerSchema = ({ queries, extend }: Form) => (queries ? Results : extend ? Extension : null);

const costOf = ({ queries, extend }: Form): Cost => (queries ? 'scan' : extend ? 'range' : 'point');

/** The JSON text that was sent, of which there can be one. */
function sentIn({ queries, extend }: Form, place: Sent['in']): Sent | null {
  if (queries !== undefined && extend !== undefined) {
    const detail = 'send queries or extend, not both';
    if (place === 'address')
      throw invalidQuery([{ parameter: 'extend', code: 'misplaced_parameter', detail }]);
    throw validationError([{ pointer: '/extend', code: 'misplaced_member', detail }]);
  }
  if (queries !== undefined) return { name: 'queries', text: queries, in: place };
  return extend === undefined ? null : { name: 'extend', text: extend, in: place };
}
