import { z } from 'zod';
import { location } from '../http/openapi/answers.js';
import { type App, operation } from '../http/openapi/operation.js';
import { handleWrite, type WriteContext } from '../http/request/write-handler.js';
import { changeReason } from '../http/schemas/parameters.js';
import { ApiError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { KeyInput, KeyList, Me, NewKey } from './auth.schemas.js';
import { createKey, listKeys, revokeKey } from './auth.service.js';

const tag = 'Keys';
/** The address is the same for every holder of a key, and for nobody. */
const NOT_KEPT = 'no-store';

export function authRoutes(app: App, context: WriteContext & { ids: Ids }): void {
  app.get('/v1/me', {
    ...operation({
      scope: 'read',
      cost: 'point',
      tag,
      operationId: 'getMe',
      summary: 'Who the register takes me for',
      success: { 200: { description: 'The holder of the key.', schema: Me } },
      problems: [],
    }),
    handler: async ({ actor }, reply) => {
      reply.header('cache-control', NOT_KEPT);
      return {
        id: actor?.id ?? null,
        name: actor?.name ?? null,
        scopes: actor?.scopes ?? ['read'],
        on_behalf_of: actor?.onBehalfOf ?? null,
        expires_at: actor?.expiresAt ?? null,
      };
    },
  });

  app.get('/v1/keys', {
    ...operation({
      scope: 'admin',
      tag,
      operationId: 'listApiKeys',
      summary: 'List API keys, without their secrets',
      success: { 200: { description: 'All keys, revoked and expired ones too.', schema: KeyList } },
      problems: [],
    }),
    handler: async (_request, reply) => {
      reply.header('cache-control', NOT_KEPT);
      // No worker could take it over: those know no keys.
      return { items: await context.store.read(listKeys, { limits: undefined }) };
    },
  });

  app.post('/v1/keys', {
    ...operation({
      scope: 'admin',
      tag,
      operationId: 'createApiKey',
      summary: 'Create an API key',
      description: 'The secret is shown in this answer alone, so the request takes no Idempotency-Key.',
      headers: z.object({ 'change-reason': changeReason }),
      body: KeyInput,
      bodyDoc: {
        schema: KeyInput,
        example: { name: 'import of court records', scopes: ['read', 'write'] },
      },
      success: { 201: { description: 'The key with its secret.', schema: NewKey, headers: { location } } },
      problems: ['invalid_header', 'storage_full'],
    }),
    handler: async (request, reply) => {
      if (request.headers['idempotency-key'] !== undefined) {
        const detail =
          'Idempotency-Key: not taken here, since a secret is never stored; revoke what you do not need';
        throw new ApiError('invalid_header', detail, [
          { parameter: 'Idempotency-Key', code: 'invalid_header', detail },
        ]);
      }
      return handleWrite(context, request, reply, async (tx, change) => {
        const key = await createKey(tx, change, context.ids, request.body);
        return { status: 201, headers: { location: `/v1/keys/${key.id}` }, body: JSON.stringify(key) };
      });
    },
  });

  app.delete('/v1/keys/:id', {
    ...operation({
      scope: 'admin',
      tag,
      operationId: 'revokeApiKey',
      summary: 'Revoke an API key, at once and for good',
      path: z.object({
        id: z
          .string()
          .meta({ description: 'Id of the key.', examples: ['apikey_01kahw2v9wfyy9k9vz3n2xq5ra'] }),
      }),
      headers: z.object({ 'change-reason': changeReason }),
      success: { 204: { description: 'Revoked.' } },
      problems: [
        'not_found',
        'invalid_header',
        'storage_full',
        'unsupported_media_type',
        'unreadable_body',
        'body_too_large',
      ],
    }),
    handler: (request, reply) =>
      handleWrite(context, request, reply, async (tx, change) => {
        await revokeKey(tx, change, request.params.id);
        return { status: 204, headers: {}, body: '' };
      }),
  });
}
