import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { inForm, sendForm } from '../../http/formats/forms.js';
import { type App, type Declaration, operation, type RequestOf } from '../../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../../http/request/as-of.js';
import { sendText } from '../../http/request/conditional.js';
import { TEXT } from '../../http/response/media.js';
import { Reference } from '../../http/schemas/common.js';
import { itemId } from '../../http/schemas/parameters.js';
import { idOf, type ResourceContext } from '../../resources/routes.js';
import type { Renderer } from '../../workers/renderer.js';
import { sizeOf } from '../graph/graph.js';
import { loadSentence } from './sentence.service.js';
import { sentenceText } from './sentence-task.js';
import { sentenceStyles } from './styles.js';

const style = z.enum(sentenceStyles);

const AttributionSentence = z
  .strictObject({
    claim: Reference,
    style: style.meta({ description: 'Expect new values.' }),
    sentence: z.string(),
  })
  .meta({
    id: 'AttributionSentence',
    description: 'A claim in one sentence, with who says and who denies it, or the footnote to it.',
  });

const query = z.strictObject({
  style: style.default('inline').meta({
    examples: ['footnote'],
    description:
      '`inline`: the claim in one sentence, with dates. `footnote`: without the claim, but with each source, when it ' +
      'was published, its address, and when it was read.',
  }),
  ...asOfQuery,
});

const plain = {
  extension: 'txt',
  title: 'plain text',
  media: TEXT,
  content: z.string(),
  disposition: 'inline',
} as const;

export function sentenceRoutes(app: App, context: ResourceContext & { renderer: Renderer }): void {
  const url = '/v1/claims/:id/attribution-sentence';
  const declaration = {
    scope: 'read',
    cost: 'range',
    tag: 'Provenance',
    operationId: 'getClaimAttributionSentence',
    summary: 'A claim in one sentence that says who originates it and who denies it',
    path: z.object({ id: itemId('claim') }),
    query,
    headers: z.object(readHeaders),
    success: { 200: { description: 'The sentence.', schema: AttributionSentence } },
    problems: ['not_found', 'gone'],
  } as const satisfies Declaration;

  app.get(url, {
    ...operation(declaration),
    handler: async (request, reply) =>
      sendText(request, reply, JSON.stringify(await sentence(request, reply)), null),
  });

  app.get(`${url}.txt`, {
    ...operation(inForm(declaration, plain)),
    handler: async (request, reply) => {
      const { sentence: text } = await sentence(request, reply);
      return sendForm(request, reply, plain, `${text}\n`, null);
    },
  });

  async function sentence(request: RequestOf<typeof declaration>, reply: FastifyReply) {
    const { style } = request.query;
    const { claim, task } = await storeAsOf(context, request, reply).read((tx) =>
      loadSentence(tx, idOf(request), style),
    );
    const text = await context.renderer.compute(sizeOf([task.graph]), () => sentenceText(task));
    return { claim, style, sentence: text };
  }
}
