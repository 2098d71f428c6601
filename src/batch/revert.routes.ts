import { z } from 'zod';
import type { Tx } from '../db/store/store.js';
import { type App, operation } from '../http/openapi/operation.js';
import { dryRun, handleWrite, type WriteContext } from '../http/request/write-handler.js';
import { JSON_TYPE } from '../http/response/media.js';
import { changeReason, idempotencyKey } from '../http/schemas/parameters.js';
import type { Change } from '../lib/change.js';
import { drawingOnce } from '../provenance/consequences/consequences.service.js';
import { refusalOf } from './batch.routes.js';
import type { Kinds } from './local-ids.js';
import { RevertInput, RevertResult } from './revert.schemas.js';
import { type Reverted, revertRequest } from './revert.service.js';

/** Undoes what one request did: a batch, or any other write. */
export function revertRoutes(app: App, context: WriteContext & { kinds: Kinds }): void {
  const { kinds } = context;
  const request_id = z.string().meta({
    description: 'The `X-Request-Id` of the answer to the request, as histories and the change feed tell it.',
    examples: ['request_01kahw2v9wfyy9k9vz3n2xq5ra'],
  });

  app.post('/v1/batches/:request_id/revert', {
    ...operation({
      scope: 'write',
      tag: 'Batch',
      operationId: 'revertBatch',
      writesMuch: true,
      summary: 'Undo all that one request changed',
      description:
        'Every object becomes what it was before, as a new version: what was created is removed, what was removed comes ' +
        'back. All, or nothing: 409 names what was changed since, refers to it, or is gone. What is as before already ' +
        'is left alone. All that was recorded under the request id is undone; 409 where several keys used it. ' +
        'Assessments and judgements need a key with the scope review as well, unless they went or came along with what they judge.',
      path: z.object({ request_id }),
      headers: z.object({ 'idempotency-key': idempotencyKey, 'change-reason': changeReason }),
      body: RevertInput,
      bodyDoc: { schema: RevertInput, example: {} },
      success: { 200: { description: 'What was done to each object.', schema: RevertResult } },
      problems: ['not_found', 'revert_conflict', 'idempotency_mismatch', 'invalid_header', 'storage_full'],
    }),
    handler: async (request, reply) => {
      const { dry_run } = request.body;
      const { request_id: reverted } = request.params;
      const run = (tx: Tx, change: Change) =>
        drawingOnce(tx, () => revertRequest(tx, change, kinds, reverted, (type) => refusalOf(request, type)));
      const text = (items: Reverted[]) => JSON.stringify({ dry_run, request_id: request.id, items });
      if (dry_run) {
        const items = await dryRun(context, request, reply, run);
        return reply.header('cache-control', 'private, no-cache').type(JSON_TYPE).send(text(items));
      }
      return handleWrite(context, request, reply, async (tx, change) => ({
        status: 200,
        headers: {},
        body: text(await run(tx, change)),
      }));
    },
  });
}
