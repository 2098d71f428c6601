import { z } from 'zod';
import { answers } from '../http/openapi/answers.js';
import { type App, operation, type Scope } from '../http/openapi/operation.js';
import { preconditionOf } from '../http/request/conditional.js';
import { handleWrite, type WriteContext } from '../http/request/write-handler.js';
import { changeReason, idempotencyKey, ifMatchRequired, itemId } from '../http/schemas/parameters.js';
import { withArticle } from '../lib/text.js';
import { itemAnswer } from './render.js';
import { revertItem } from './revert.js';
import type { Resource } from './service.js';

const RevertInput = z
  .strictObject({
    to_version: z
      .int32()
      .min(1)
      .meta({ description: 'The version whose content the object gets again.', examples: [1] }),
  })
  .meta({ id: 'RevertInput', description: 'Which version of an object to go back to.' });

/** The route by which an object of a noun goes back to one of its versions. */
export function revertRoute(
  app: App,
  context: WriteContext,
  kind: Resource,
  docs: { one: string; tag: string; writeScope: Scope; written: z.ZodObject },
): void {
  const { name, plural } = kind.noun;
  const { one, tag, writeScope, written } = docs;
  app.post(`/v1/${plural}/:id/revert`, {
    ...operation({
      scope: writeScope,
      tag,
      operationId: `revert${one}`,
      summary: `Make ${withArticle(name)} what it was in an earlier version`,
      description:
        'As a new version, under the rules of PUT; 409 where that version refers to what is gone. A removed object comes ' +
        'back: `If-Match` names the version of its tombstone.' +
        (name === 'claim' ? ' Attributions have versions of their own, and stay as they are.' : ''),
      path: z.object({ id: itemId(name) }),
      headers: z.object({
        'if-match': ifMatchRequired,
        'idempotency-key': idempotencyKey,
        'change-reason': changeReason,
      }),
      body: RevertInput,
      bodyDoc: { schema: RevertInput, example: { to_version: 1 } },
      success: { 200: answers.item(written) },
      problems: [
        ...(['not_found', 'precondition_failed', 'precondition_required', 'revert_conflict'] as const),
        ...(['idempotency_mismatch', 'invalid_header', 'storage_full'] as const),
      ],
    }),
    handler: (request, reply) => {
      const precondition = preconditionOf(request);
      const { id } = request.params;
      const { to_version } = request.body;
      return handleWrite(context, request, reply, async (tx, change) =>
        itemAnswer(tx, kind, await revertItem(tx, change, kind, id, to_version, precondition)),
      );
    },
  });
}
