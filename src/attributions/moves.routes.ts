import { z } from 'zod';
import { encodeReference, fillReferences } from '../db/query/references.js';
import { type App, operation } from '../http/openapi/operation.js';
import { preconditionOf, requireMatch } from '../http/request/conditional.js';
import { handleWrite, type WriteContext } from '../http/request/write-handler.js';
import { Reference } from '../http/schemas/common.js';
import { reference } from '../http/schemas/fields.js';
import { changeReason, idempotencyKey, ifMatchRequired, itemId } from '../http/schemas/parameters.js';
import { get } from '../resources/find.js';
import { idOf } from '../resources/routes.js';
import { attributionType } from './attribution.js';
import { moveAttribution } from './move.service.js';

const MoveInput = z
  .strictObject({
    claim: reference.meta({ description: 'Id or key of the claim that it is about from then on.' }),
  })
  .meta({ id: 'AttributionMoveInput', description: 'Where an attribution belongs.' });

const Moved = z
  .strictObject({
    claim: Reference.meta({ description: 'The claim that they are about now.' }),
    items: z
      .array(
        z
          .strictObject({ id: z.string(), key: z.string().nullable(), version: z.int32().min(0) })
          .meta({ id: 'MovedAttribution', description: 'An attribution that was moved.' }),
      )
      .meta({ description: 'The one in the address first, then those that moved along.' }),
  })
  .meta({ id: 'AttributionMove', description: 'Attributions that were moved to another claim.' });

const example = {
  claim: {
    id: 'claim_01kahw2v9wfyy9k9vz3n2xq5ra',
    key: 'ttp-strength-10000',
    name: 'The TTP has 10,000 fighters.',
  },
  items: [{ id: 'attribution_01kahw2v9wfyy9k9vz3n2xq5ra', key: null, version: 2 }],
};

/** Moves attributions that were recorded under another claim than the one that they are about. */
export function moveRoutes(app: App, context: WriteContext): void {
  app.post('/v1/attributions/:id/move', {
    ...operation({
      scope: 'write',
      tag: 'Attributions',
      operationId: 'moveAttribution',
      summary: 'Move an attribution to another claim, with its history',
      description:
        'What it relays and answers, and what relays and answers it, moves along, since that speaks of the same. ' +
        'The standing of both claims is computed anew.',
      path: z.object({ id: itemId('attribution') }),
      headers: z.object({
        'if-match': ifMatchRequired,
        'idempotency-key': idempotencyKey,
        'change-reason': changeReason,
      }),
      body: MoveInput,
      bodyDoc: { schema: MoveInput, example: { claim: 'ttp-strength-10000' } },
      success: { 200: { description: 'What was moved.', schema: Moved, example } },
      problems: [
        ...(['not_found', 'gone', 'precondition_failed', 'precondition_required'] as const),
        ...(['idempotency_mismatch', 'invalid_header', 'storage_full'] as const),
      ],
    }),
    handler: (request, reply) => {
      const precondition = preconditionOf(request);
      return handleWrite(context, request, reply, async (tx, change) => {
        const stored = await get(tx, attributionType, idOf(request));
        requireMatch(precondition, stored.version);
        const { claim, moved } = await moveAttribution(tx, change, stored, request.body.claim);
        const items = moved.map(({ id, key, version }) => ({ id, key, version }));
        const [body] = await fillReferences(tx, [
          JSON.stringify({ claim: encodeReference('claim', claim), items }),
        ]);
        return { status: 200, headers: {}, body: body };
      });
    },
  });
}
