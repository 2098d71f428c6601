import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Tx } from '../db/store.js';
import { answers } from '../http/answers.js';
import { asOfQuery, readerFor, readHeaders } from '../http/as-of.js';
import { preconditionOf, sendText } from '../http/conditional.js';
import type { Scope } from '../http/guard.js';
import { INPUT_JSON } from '../http/media.js';
import { operation } from '../http/operation.js';
import { changeReason, idempotencyKey, ifMatch, ifNoneMatch } from '../http/parameters.js';
import { answerWrite, type Writing } from '../http/writing.js';
import { Failure } from '../lib/errors.js';
import { get } from './find.js';
import { patchItem, putItem, removeItem } from './items.js';
import { answerList, type List, type ListContext } from './list.js';
import { includeQuery, listAnswers, type Pages, patchSchema, withIncluded } from './list.schemas.js';
import type { Stored } from './noun.js';
import { itemAnswer, outputTexts, outputWithIncluded } from './render.js';

export type RegisterContext = ListContext & Writing;

/** How a noun appears in the OpenAPI document. */
export interface NounDocs {
  /** Singular and plural as they end operation ids: `getParty`, `listParties`. */
  one: string;
  many: string;
  output: z.ZodObject;
  pages: Pages;
  /** An input form, as an example. */
  example: object;
  /** The scope that changes need; `write` unless told. */
  writeScope?: Scope;
  /** A merge patch, as an example. */
  change: object;
}

const view = z
  .enum(['input'])
  .optional()
  .meta({
    description: `\`input\` gives the form that PUT takes back, as ${INPUT_JSON}.`,
  });

/** The routes that every noun has: list, create, read, put, patch, remove. */
export function registerNoun(
  app: FastifyInstance,
  context: RegisterContext,
  spec: List,
  docs: NounDocs,
): void {
  const { noun, service, includes } = spec;
  const kind = { noun, service };
  const { one, many, output, example, change: patchExample, writeScope = 'write' } = docs;
  const path = `/v1/${noun.plural}`;
  const tag = many;
  const includeParameter = includes.length > 0 ? { include: includeQuery(includes) } : {};
  const params = z.object({ id: z.string().meta({ description: `Id or key of the ${noun.name}.` }) });
  const itemSchema = withIncluded(one, output, includes);

  app.get(path, {
    ...operation({
      scope: 'read',
      tag,
      operationId: `list${many}`,
      summary: `List ${noun.plural}`,
      query: spec.query,
      headers: z.object(readHeaders),
      success: listAnswers(docs.pages, spec.columns),
      problems: ['not_acceptable'],
    }),
    handler: (request, reply) => answerList(context, spec, request, reply),
  });

  app.post(path, {
    ...operation({
      scope: writeScope,
      tag,
      operationId: `create${one}`,
      summary: `Create one of the ${noun.plural}`,
      headers: z.object({ 'idempotency-key': idempotencyKey, 'change-reason': changeReason }),
      body: noun.input,
      bodyDoc: { schema: noun.input, media: ['application/json'], example },
      success: { 201: answers.created(output) },
      problems: ['key_taken', 'idempotency_mismatch', 'invalid_header', 'storage_full'],
    }),
    handler: (request, reply) =>
      answerWrite(context, request, reply, async (tx, change) => {
        const stored = await service.create(tx, change, request.body);
        return itemAnswer(tx, kind, stored.id, 201);
      }),
  });

  app.get(`${path}/:id`, {
    ...operation({
      scope: 'read',
      tag,
      operationId: `get${one}`,
      summary: `Read one of the ${noun.plural}`,
      path: params,
      query: z.strictObject({ view, ...includeParameter, ...asOfQuery }),
      headers: z.object(readHeaders),
      success: {
        200: { ...answers.item(itemSchema), media: { [INPUT_JSON]: noun.input } },
      },
      problems: ['not_found', 'gone'],
    }),
    handler: readOne,
  });

  app.put(`${path}/:id`, {
    ...operation({
      scope: writeScope,
      tag,
      operationId: `put${one}`,
      summary: `Create or replace one of the ${noun.plural}`,
      description:
        'On a key: creates, replaces, or leaves an equal object alone. On the id or key of a removed object, ' +
        '`If-Match` with the version of its tombstone restores it.',
      path: params,
      headers: z.object({ 'if-match': ifMatch, 'if-none-match': ifNoneMatch, 'change-reason': changeReason }),
      body: noun.input,
      bodyDoc: { schema: noun.input, media: ['application/json'], example },
      success: { 200: answers.item(output), 201: answers.created(output) },
      problems: [...itemProblems, 'key_taken', 'in_use'],
    }),
    handler: (request, reply) => {
      const precondition = preconditionOf(request);
      return answerWrite(context, request, reply, async (tx, change) => {
        const body = request.body as { key?: string | null };
        const { status, id } = await putItem(tx, change, kind, idOf(request), body, precondition);
        return itemAnswer(tx, kind, id, status);
      });
    },
  });

  app.patch(`${path}/:id`, {
    ...operation({
      scope: writeScope,
      tag,
      operationId: `patch${one}`,
      summary: `Change members of one of the ${noun.plural}`,
      description: 'JSON Merge Patch (RFC 7396) on the input form; null clears a member.',
      path: params,
      headers: z.object({ 'if-match': ifMatch, 'change-reason': changeReason }),
      body: z.looseObject({}),
      bodyDoc: {
        schema: patchSchema(`${one}Patch`, noun.input),
        media: ['application/merge-patch+json', 'application/json'],
        example: patchExample,
      },
      success: { 200: answers.item(output) },
      problems: [...itemProblems, 'key_taken', 'in_use'],
    }),
    handler: (request, reply) => {
      const precondition = preconditionOf(request);
      return answerWrite(context, request, reply, async (tx, change) => {
        const body = request.body as Record<string, unknown>;
        const { id } = await patchItem(tx, change, kind, idOf(request), body, precondition);
        return itemAnswer(tx, kind, id, 200);
      });
    },
  });

  app.delete(`${path}/:id`, {
    ...operation({
      scope: writeScope,
      tag,
      operationId: `remove${one}`,
      summary: `Remove one of the ${noun.plural} from the current register`,
      description: 'A tombstone and the whole history stay. What others refer to cannot be removed (409).',
      path: params,
      headers: z.object({ 'if-match': ifMatch, 'change-reason': changeReason }),
      success: { 204: answers.empty('Removed.') },
      problems: [...itemProblems, 'in_use', 'unsupported_media_type', 'unreadable_body', 'body_too_large'],
    }),
    handler: (request, reply) => {
      const precondition = preconditionOf(request);
      return answerWrite(context, request, reply, async (tx, change) => {
        await removeItem(tx, change, kind, idOf(request), precondition);
        return { status: 204, headers: {}, body: '' };
      });
    },
  });

  async function readOne(request: FastifyRequest, reply: FastifyReply) {
    const id = idOf(request);
    const query = request.query as { view?: 'input'; include?: string };
    if (query.view && query.include) {
      const detail = 'the input form holds no included objects';
      throw new Failure('invalid_query', detail, [
        { parameter: 'include', code: 'misplaced_parameter', detail },
      ]);
    }
    const { version, body } = await readerFor(context, request, reply).read(async (tx) => {
      const found = await get(tx, noun, id);
      const stored = (await service.current?.(tx, found)) ?? found;
      return { version: stored.version, body: await itemText(tx, stored, query) };
    });
    return sendText(request, reply, body, version, query.view ? INPUT_JSON : undefined);
  }

  async function itemText(
    tx: Tx,
    stored: Stored,
    query: { view?: 'input'; include?: string },
  ): Promise<string> {
    if (query.view) return JSON.stringify((await service.inputs(tx, [stored]))[0]);
    if (!query.include) return (await outputTexts(tx, noun, [stored]))[0]!;
    const names = query.include.split(',');
    const { texts, included } = await outputWithIncluded(tx, context.nouns, noun, [stored], names);
    return `${texts[0]!.slice(0, -1)},"included":${included}}`;
  }
}

export const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;

const itemProblems = [
  'not_found',
  'gone',
  'precondition_failed',
  'precondition_required',
  'invalid_header',
  'storage_full',
] as const;
