import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { claimNoun } from '../claims/claim.js';
import { asOfQuery, readerFor, readHeaders } from '../http/as-of.js';
import { sendText } from '../http/conditional.js';
import { inForm, sendForm } from '../http/forms.js';
import { TEXT } from '../http/media.js';
import { type Declaration, operation } from '../http/operation.js';
import { Reference } from '../http/schemas.js';
import { get } from '../register/find.js';
import { idOf, type RegisterContext } from '../register/routes.js';
import type { ProvenanceTask } from '../rendering/tasks.js';
import type { Renderer } from '../workers/renderer.js';
import { loadGraph, wordingOf } from './provenance.store.js';

const AttributionSentence = z.strictObject({ claim: Reference, sentence: z.string() }).meta({
  id: 'AttributionSentence',
  description: 'A claim in one sentence, with who says and who denies it.',
});

const plain = {
  extension: 'txt',
  title: 'plain text',
  media: TEXT,
  content: z.string(),
  disposition: 'inline',
} as const;

export function sentenceRoutes(
  app: FastifyInstance,
  context: RegisterContext & { renderer: Renderer },
): void {
  const url = '/v1/claims/:id/attribution-sentence';
  const declaration: Declaration = {
    scope: 'read',
    cost: 'range',
    tag: 'Provenance',
    operationId: 'getClaimAttributionSentence',
    summary: 'A claim in one sentence that says by whose word it stands and who denies it',
    path: z.object({ id: z.string().meta({ description: 'Id or key of the claim.' }) }),
    query: z.strictObject(asOfQuery),
    headers: z.object(readHeaders),
    success: { 200: { description: 'The sentence.', schema: AttributionSentence } },
    problems: ['not_found', 'gone'],
  };

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

  async function sentence(request: FastifyRequest, reply: FastifyReply) {
    const { claim, task } = await readerFor(context, request, reply).read(async (tx) => {
      const { id, key, doc } = await get(tx, claimNoun, idOf(request));
      const { text } = JSON.parse(doc) as { text: string };
      const { graph } = await loadGraph(tx, id);
      const task: ProvenanceTask = { kind: 'sentence', text, graph, wording: await wordingOf(tx, id) };
      return { claim: { id, key, name: text }, task };
    });
    return { claim, sentence: await context.renderer.compute(task) };
  }
}
