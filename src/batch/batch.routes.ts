import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Tx } from '../db/store/store.js';
import { type App, operation, type Scope } from '../http/openapi/operation.js';
import { BATCH_BODY_BYTES } from '../http/request/body.js';
import { dryRun, handleWrite, type WriteContext } from '../http/request/write-handler.js';
import { JSON_TYPE } from '../http/response/media.js';
import { problemBody, problems } from '../http/response/problem.js';
import { changeReason, idempotencyKey } from '../http/schemas/parameters.js';
import type { Change } from '../lib/change.js';
import { ApiError } from '../lib/errors.js';
import { yieldIfLong } from '../lib/event-loop.js';
import type { ResourceName } from '../lib/ids.js';
import { pathOf } from '../lib/path.js';
import { withArticle } from '../lib/text.js';
import { zip } from '../lib/zip.js';
import { drawingOnce } from '../provenance/consequences/consequences.service.js';
import { BatchInput, BatchResult, type Operation } from './batch.schemas.js';
import { batchError } from './error-pointers.js';
import { executeOperations, failed, type Outcome } from './execute.js';
import type { Kinds } from './local-ids.js';
import { checkedBodies } from './operations.js';

const result = { description: 'What became of each operation.', schema: BatchResult };

/** Many writes in one request, each under the rules of its own route. */
export function batchRoutes(app: App, context: WriteContext & { kinds: Kinds }): void {
  const { kinds } = context;

  app.post('/v1/batch', {
    ...operation({
      scope: 'write',
      tag: 'Batch',
      operationId: 'runBatch',
      summary: 'Write many objects in one request',
      description:
        'The operations are done in the order given, with the rules of the single routes. Later ones refer to ' +
        'objects of earlier ones by key or as `@local_id`. Atomic unless told: all are done, or none, and ' +
        'then the problem names each that cannot be. Assessments and judgements need a key with the scope review as well.',
      headers: z.object({ 'idempotency-key': idempotencyKey, 'change-reason': changeReason }),
      body: BatchInput,
      bodyDoc: { schema: BatchInput, example },
      success: {
        200: {
          ...result,
          description:
            'All was done; with `dry_run`, what would become of each: `failed` counts what could not be done.',
        },
        207: { ...result, description: 'With `atomic: false`: a status for each operation.' },
      },
      problems: ['batch_failed', 'idempotency_mismatch', 'invalid_header', 'storage_full'],
    }),
    bodyLimit: BATCH_BODY_BYTES,
    handler: async (request, reply) => {
      const { atomic, dry_run, if_similar, operations } = request.body;
      const bodies = await checkedBodies(kinds, operations);
      const run = async (tx: Tx, change: Change) => {
        const refusal = (type: ResourceName) => refusalOf(request, type);
        const isAtomic = atomic && !dry_run;
        const how = { ifSimilar: if_similar, atomic: isAtomic };
        const outcomes = await executeOperations(tx, change, kinds, operations, bodies, refusal, how);
        const failures = outcomes.flatMap((outcome, index) =>
          failed(outcome) ? [{ index, failure: outcome.failure }] : [],
        );
        if (isAtomic && failures.length > 0) throw batchError(failures, operations.length);
        return outcomes;
      };
      const status = atomic ? 200 : 207;
      if (dry_run) {
        const outcomes = await dryRun(context, request, reply, (tx, change) =>
          drawingOnce(tx, () => run(tx, change)),
        );
        reply.code(status).header('cache-control', 'private, no-cache');
        return reply.type(JSON_TYPE).send(await resultText(request, outcomes));
      }
      return handleWrite(context, request, reply, async (tx, change) => {
        const outcomes = await drawingOnce(tx, () => run(tx, change));
        return { status, headers: {}, body: await resultText(request, outcomes) };
      });
    },
  });
}

const reviewed: readonly ResourceName[] = ['assessment', 'judgement'];

/** The scopes that the single routes ask for. */
const scopeOf = (type: ResourceName): Scope => (reviewed.includes(type) ? 'review' : 'write');

/** The refusal of a change to an object of this noun, where the key lacks the scope for it. */
export function refusalOf({ actor }: FastifyRequest, type: ResourceName): ApiError | null {
  const scope = scopeOf(type);
  if (actor?.scopes.includes(scope)) return null;
  return new ApiError('forbidden', `For ${withArticle(type)} the key needs the scope ${scope}.`);
}

async function resultText(
  request: FastifyRequest & { body: BatchInput },
  outcomes: Outcome[],
): Promise<string> {
  const { dry_run, operations } = request.body;
  const path = pathOf(request.url);
  // Ids given in a dry run are given to nothing.
  const invented = new Set<string>();
  const results = zip(operations, outcomes);
  for (const [{ type }, outcome] of results) {
    if (!dry_run || failed(outcome) || type === 'predicate') continue;
    if (outcome.written.status === 201) invented.add(outcome.written.id);
  }
  const items: string[] = [];
  for (const [i, [operation, outcome]] of results.entries()) {
    await yieldIfLong();
    items.push(JSON.stringify(itemOf(operation, outcome, i)));
  }
  const failures = outcomes.filter(failed).length;
  return `{"dry_run":${dry_run},"failed":${failures},"items":[${items.join(',')}]}`;

  function itemOf({ method, type }: Operation, outcome: Outcome, i: number) {
    if (failed(outcome)) {
      const { failure } = outcome;
      const problem = problemBody(failure, path, request.id);
      return {
        method,
        type,
        status: problems[failure.code].status,
        id: null,
        key: null,
        version: null,
        problem,
      };
    }
    const { status, id, key, version, warnings, duplicates } = outcome.written;
    const item = { method, type, status, id: invented.has(id) ? null : id, key, version, problem: null };
    const placed = <T extends { pointer: string }>(one: T): T => ({
      ...one,
      pointer: `/operations/${i}/body${one.pointer}`,
    });
    const told = warnings.map((warning) => ({
      ...placed(warning),
      objects: warning.objects.filter((object) => !invented.has(object.id)),
    }));
    const similar = duplicates.map(({ object, reasons }) => ({
      object: invented.has(object.id) ? null : object,
      reasons: reasons.map(placed),
    }));
    return {
      ...item,
      ...(told.length > 0 && { warnings: told }),
      ...(similar.length > 0 && { possible_duplicates: similar }),
    };
  }
}

const example = {
  operations: [
    { method: 'POST', type: 'party', local_id: 'spokesman', body: { kind: 'person', name: 'A spokesman' } },
    {
      method: 'POST',
      type: 'claim',
      local_id: 'claim',
      body: { text: 'The post was attacked.', subject: 'ttp' },
    },
    {
      method: 'POST',
      type: 'attribution',
      body: { claim: '@claim', party: 'pakistan', speaker: '@spokesman', stance: 'asserts' },
    },
  ],
};
