import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Tx } from '../db/store/store.js';
import { answers } from '../http/openapi/answers.js';
import { type App, operation, type RequestOf, type Scope } from '../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { isJsonPatch } from '../http/request/body.js';
import { preconditionOf, sendText } from '../http/request/conditional.js';
import { handleWrite, type WriteContext } from '../http/request/write-handler.js';
import { acceptPatch } from '../http/response/media.js';
import {
  changeReason,
  idempotencyKey,
  ifMatch,
  ifMatchRequired,
  ifNoneMatch,
  ifSimilar,
  itemId,
} from '../http/schemas/parameters.js';
import { check } from '../http/validation/check.js';
import { only } from '../lib/collections.js';
import { type ApiError, validationError } from '../lib/errors.js';
import { withArticle } from '../lib/text.js';
import { get } from './find.js';
import { createItem, patchItem, putItem, removeItem } from './items.js';
import { JsonPatch } from './json-patch.schemas.js';
import type { List, ListContext } from './list.js';
import { itemQuery, patchSchema, renamingQuery, withIncluded } from './list.schemas.js';
import { registerList } from './list-routes.js';
import { withUnknownReferences } from './loose-references.js';
import type { Patch } from './patch.js';
import { itemAnswer, outputTexts, outputWithIncluded } from './render.js';
import type { ResourceRow } from './resource-type.js';
import { revertRoute } from './revert-route.js';
import type { Resource } from './service.js';

export type ResourceContext = ListContext & WriteContext;

/** How a noun appears in the OpenAPI document. */
export interface ResourceDocs {
  /** Singular and plural as they end operation ids: `getParty`, `listParties`. */
  one: string;
  many: string;
  output: z.ZodObject;
  /** What clients set of it, as answers give it. */
  content: z.ZodObject;
  /** An input form, as an example. */
  example: object;
  /** The scope that changes need; by default `write`. */
  writeScope?: Scope;
  /** A merge patch, as an example. */
  change: object;
}

/** The routes that every noun has: list, create, read (in both forms), put, patch, remove, revert. Gives its list back. */
export function registerResource(app: App, context: ResourceContext, spec: List, docs: ResourceDocs): List {
  const { noun, service, includes } = spec;
  const kind = { noun, service };
  const { one, many, output, content, example, change: patchExample, writeScope = 'write' } = docs;
  const path = `/v1/${noun.plural}`;
  const tag = many;
  const query = itemQuery(includes);
  const params = z.object({ id: itemId(noun.name) });
  const itemSchema = withIncluded(one, output, includes);
  const { written } = spec.pages;

  const renaming = renamingQuery(service.withFormerName !== undefined);

  registerList(app, context, path, spec, {
    tag,
    operationId: `list${many}`,
    summary: `List ${noun.plural}`,
    problems: [],
  });

  app.post(path, {
    ...tellingReferences(context, kind),
    ...operation({
      scope: writeScope,
      tag,
      operationId: `create${one}`,
      summary: `Create ${withArticle(noun.name)}`,
      query: z.strictObject({ if_similar: ifSimilar }),
      headers: z.object({ 'idempotency-key': idempotencyKey, 'change-reason': changeReason }),
      body: noun.input,
      bodyDoc: { schema: noun.input, example },
      success: { 201: answers.created(written) },
      problems: ['key_taken', 'similar_exists', 'idempotency_mismatch', 'invalid_header', 'storage_full'],
    }),
    handler: (request, reply) =>
      handleWrite(context, request, reply, async (tx, change) => {
        return itemAnswer(tx, kind, await createItem(tx, change, kind, request.body, ifSimilarOf(request)));
      }),
  });

  app.get(`${path}/:id`, {
    ...operation({
      scope: 'read',
      cost: 'point',
      tag,
      operationId: `get${one}`,
      summary: `Read ${withArticle(noun.name)}`,
      path: params,
      query,
      headers: z.object(readHeaders),
      success: { 200: answers.patchable(itemSchema) },
      problems: ['not_found', 'gone'],
    }),
    handler: (request, reply) => {
      const { include } = request.query;
      return sendItem(request, reply, (tx, stored) => itemText(tx, stored, include));
    },
  });

  app.get(`${path}/:id/input`, {
    ...operation({
      scope: 'read',
      cost: 'point',
      tag,
      operationId: `get${one}Input`,
      summary: `Read the input form of ${withArticle(noun.name)}, which PUT takes back`,
      path: params,
      query: z.strictObject(asOfQuery),
      headers: z.object(readHeaders),
      success: { 200: answers.patchable(content) },
      problems: ['not_found', 'gone'],
    }),
    handler: (request, reply) =>
      sendItem(request, reply, async (tx, stored) => JSON.stringify((await service.inputs(tx, [stored]))[0])),
  });

  app.put(`${path}/:id`, {
    ...tellingReferences(context, kind),
    ...operation({
      scope: writeScope,
      tag,
      operationId: `put${one}`,
      summary: `Create or replace ${withArticle(noun.name)}`,
      description:
        'On a key: creates, replaces, or leaves an equal object alone. On the id or key of a removed object, ' +
        '`If-Match` with the version of its tombstone restores it.',
      path: params,
      query: renaming,
      headers: z.object({ 'if-match': ifMatch, 'if-none-match': ifNoneMatch, 'change-reason': changeReason }),
      body: noun.input,
      bodyDoc: { schema: noun.input, example },
      success: { 200: answers.item(written), 201: answers.created(written) },
      problems: [...itemProblems, 'key_taken', 'in_use'],
    }),
    handler: (request, reply) => {
      const precondition = preconditionOf(request);
      return handleWrite(context, request, reply, async (tx, change) => {
        const body = request.body;
        return itemAnswer(
          tx,
          kind,
          await putItem(tx, change, kind, idOf(request), body, precondition, renamingOf(request)),
        );
      });
    },
  });

  app.patch(`${path}/:id`, {
    ...operation({
      scope: writeScope,
      tag,
      operationId: `patch${one}`,
      summary: `Change members of ${withArticle(noun.name)}`,
      description:
        'JSON Merge Patch (RFC 7396) on the input form, as application/json or application/merge-patch+json; ' +
        'null clears a member. Or JSON Patch (RFC 6902), an array of `JsonPatchOperation`, as ' +
        'application/json-patch+json: `[{"op": "add", "path": "/topics/-", "value": "aid"}]`.',
      path: params,
      query: renaming,
      headers: z.object({ 'if-match': ifMatchRequired, 'change-reason': changeReason }),
      body: z.unknown(),
      // One media type, since clients that are generated from two have other types than from one.
      bodyDoc: {
        schema: patchSchema(`${one}Patch`, noun.input),
        example: patchExample,
      },
      success: { 200: answers.item(written) },
      problems: [...itemProblems, 'key_taken', 'in_use', 'patch_conflict'],
    }),
    handler: (request, reply) => {
      const precondition = preconditionOf(request);
      const patch = patchIn(request);
      return handleWrite(context, request, reply, async (tx, change) => {
        return itemAnswer(
          tx,
          kind,
          await patchItem(tx, change, kind, idOf(request), patch, precondition, renamingOf(request)),
        );
      });
    },
  });

  app.delete(`${path}/:id`, {
    ...operation({
      scope: writeScope,
      tag,
      operationId: `remove${one}`,
      summary: `Remove ${withArticle(noun.name)} from the current register`,
      description: 'A tombstone and the whole history stay. What others refer to cannot be removed (409).',
      path: params,
      headers: z.object({ 'if-match': ifMatchRequired, 'change-reason': changeReason }),
      success: { 204: answers.empty('Removed.') },
      problems: [...itemProblems, 'in_use', 'unsupported_media_type', 'unreadable_body', 'body_too_large'],
    }),
    handler: (request, reply) => {
      const precondition = preconditionOf(request);
      return handleWrite(context, request, reply, async (tx, change) => {
        await removeItem(tx, change, kind, idOf(request), precondition);
        return { status: 204, headers: {}, body: '' };
      });
    },
  });

  revertRoute(app, context, kind, { one, tag, writeScope, written });
  return spec;

  async function sendItem(
    request: RequestOf<{ path: typeof params; query: typeof query }>,
    reply: FastifyReply,
    text: (tx: Tx, stored: ResourceRow) => Promise<string>,
  ) {
    const { version, body } = await storeAsOf(context, request, reply).read(async (tx) => {
      const found = await get(tx, noun, idOf(request));
      const stored = (await service.current?.(tx, found)) ?? found;
      return { version: stored.version, body: await text(tx, stored) };
    });
    return sendText(request, reply.headers(acceptPatch), body, version);
  }

  async function itemText(tx: Tx, stored: ResourceRow, include: string | undefined): Promise<string> {
    if (include === undefined) return (await outputTexts(tx, noun, [stored]))[0];
    const { texts, included } = await outputWithIncluded(
      tx,
      context.nouns,
      noun,
      [stored],
      include.split(','),
    );
    return `${only(texts).slice(0, -1)},"included":${included}}`;
  }
}

/** Options of a route whose body has references: those that lead nowhere are told with the other mistakes. */
export const tellingReferences = ({ store }: ResourceContext, kind: Resource) => ({
  attachValidation: true,
  preHandler: async (request: FastifyRequest) => {
    const failure = request.validationError as unknown as ApiError | undefined;
    if (!failure) return;
    if (failure.code !== 'invalid_body') throw failure;
    // A part of the write, which no worker could take over.
    const unlimited = { limits: undefined };
    throw await store.read((tx) => withUnknownReferences(tx, kind, request.body, failure), unlimited);
  },
});

/** The body of a PATCH, by its media type. */
function patchIn(request: FastifyRequest): Patch {
  const held = <T>(schema: z.ZodType<T>): T => {
    const result = check(schema, request.body);
    if (!result.success) throw validationError(result.faults);
    return result.data;
  };
  return isJsonPatch(request) ? { operations: held(JsonPatch) } : { merge: held(z.looseObject({})) };
}

/** What the query of a creation says of those that may be there already. */
export const ifSimilarOf = (request: { query: { if_similar?: 'reject' | undefined } }) => ({
  ifSimilar: request.query.if_similar,
});

const renamingOf = ({ query }: { query: { keep_former_name?: boolean | undefined } }) => ({
  keepFormerName: query.keep_former_name,
});

export const idOf = (request: { params: { id: string } }): string => request.params.id;

const itemProblems = [
  'not_found',
  'gone',
  'precondition_failed',
  'precondition_required',
  'invalid_header',
  'storage_full',
] as const;
