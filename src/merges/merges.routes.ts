import { z } from 'zod';
import type { Tx } from '../db/store/store.js';
import { location } from '../http/openapi/answers.js';
import { type App, operation } from '../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { preconditionOf, requireMatch, sendText } from '../http/request/conditional.js';
import { dryRun, handleWrite } from '../http/request/write-handler.js';
import { JSON_TYPE } from '../http/response/media.js';
import { changeReason, idempotencyKey, ifMatchRequired, itemId } from '../http/schemas/parameters.js';
import type { Change } from '../lib/change.js';
import { ApiError } from '../lib/errors.js';
import { type Ids, type Mergeable, mergeableNouns } from '../lib/ids.js';
import { withArticle } from '../lib/text.js';
import { get } from '../resources/find.js';
import { idOf, type ResourceContext } from '../resources/routes.js';
import { shownWarnings } from '../resources/written.js';
import { merge } from './merge.service.js';
import { sendMerges } from './merge-list.routes.js';
import { mergeText } from './merge-texts.service.js';
import { mergeWarnings } from './merge-warnings.js';
import {
  examples,
  Merge,
  MergeInput,
  MergePage,
  MergeTrial,
  mergesQuery,
  ownMergesQuery,
  WrittenMerge,
} from './merges.schemas.js';
import { findMerge, type MergeRow, mergeById } from './merges.store.js';
import { idsMeant, survivorMeant } from './references.service.js';
import { unmerge } from './unmerge.service.js';

const ones: Record<Mergeable, string> = { party: 'Party', source: 'Source', claim: 'Claim' };

/** Objects of the sample register. */
const INTO: Record<Mergeable, string> = {
  party: 'ttp',
  source: 'akram-speech-2023-12',
  claim: 'afghanistan-is-islamic-state-hub',
};

const merge_id = z
  .string()
  .meta({ description: 'Id of the merge.', examples: ['merge_01kahw2v9wfyy9k9vz3n2xq5ra'] });
const writeProblems = ['not_found', 'gone', 'merge_conflict', 'invalid_header', 'storage_full'] as const;

/** Merges of two objects into one, what was merged, and its undoing. */
export function mergeRoutes(app: App, context: ResourceContext & { ids: Ids }): void {
  const { nouns } = context;

  app.get('/v1/merges', {
    ...operation({
      scope: 'read',
      cost: 'range',
      tag: 'Merges',
      operationId: 'listMerges',
      summary: 'List merges, the newest first',
      query: mergesQuery,
      headers: z.object(readHeaders),
      success: { 200: { description: 'A page.', schema: MergePage, example: examples.page } },
      problems: [],
    }),
    handler: (request, reply) => sendMerges(context, mergesQuery, request, reply),
  });

  for (const noun of mergeableNouns) registerMerges(noun);

  function registerMerges(name: Mergeable) {
    const noun = nouns[name];
    const one = ones[name];
    const path = `/v1/${noun.plural}/:id/merges`;
    const id = itemId(name);

    app.post(path, {
      ...operation({
        scope: 'review',
        tag: 'Merges',
        operationId: `merge${one}`,
        writesMuch: true,
        summary: `Merge ${withArticle(noun.name)} into another`,
        description: DESCRIPTIONS[name],
        path: z.object({ id }),
        headers: z.object({
          'if-match': ifMatchRequired,
          'idempotency-key': idempotencyKey,
          'change-reason': changeReason,
        }),
        body: MergeInput,
        bodyDoc: { schema: MergeInput, example: { into: INTO[name], reason: 'One and the same.' } },
        success: {
          200: {
            description: 'With `dry_run`: what would be merged.',
            schema: MergeTrial,
            example: examples.trial,
          },
          201: {
            description: 'The merge.',
            schema: WrittenMerge,
            example: examples.merge,
            headers: { location },
          },
        },
        problems: [
          ...writeProblems,
          ...(['precondition_failed', 'precondition_required', 'idempotency_mismatch'] as const),
        ],
      }),
      handler: async (request, reply) => {
        const precondition = preconditionOf(request);
        const { into, reason, dry_run } = request.body;
        const run = async (tx: Tx, change: Change) => {
          const stored = await get(tx, noun, idOf(request));
          requireMatch(precondition, stored.version);
          const survivor = await survivorMeant(tx, noun, stored, into);
          const odd = await shownWarnings(tx, await mergeWarnings(tx, name, stored, survivor));
          const why = { ...change, reason: reason ?? change.reason };
          const row = await mergeById(tx, await merge(tx, why, context, name, stored, survivor));
          return {
            row,
            written: JSON.parse(await mergeText(tx, row)),
            told: odd.length > 0 ? { warnings: odd } : {},
          };
        };
        if (dry_run) {
          const { written, told } = await dryRun(context, request, reply, run);
          const { noun, merged, into, moved, brought } = written;
          const trial = { dry_run, noun, merged, into, moved, brought, ...told };
          return reply
            .header('cache-control', 'private, no-cache')
            .type(JSON_TYPE)
            .send(JSON.stringify(trial));
        }
        return handleWrite(context, request, reply, async (tx, change) => {
          const { row, written, told } = await run(tx, change);
          const headers = { location: `/v1/${noun.plural}/${row.into_id}/merges/${row.id}` };
          return { status: 201, headers, body: JSON.stringify({ ...written, ...told }) };
        });
      },
    });

    app.get(path, {
      ...operation({
        scope: 'read',
        cost: 'range',
        tag: 'Merges',
        operationId: `list${one}Merges`,
        summary: `List what was merged into ${withArticle(noun.name)}, the newest first`,
        path: z.object({ id }),
        query: ownMergesQuery,
        headers: z.object(readHeaders),
        success: { 200: { description: 'A page.', schema: MergePage, example: examples.page } },
        problems: ['not_found', 'gone'],
      }),
      handler: (request, reply) =>
        sendMerges(context, ownMergesQuery, request, reply, async (tx) => {
          return (await get(tx, noun, idOf(request))).id;
        }),
    });

    app.get(`${path}/:merge_id`, {
      ...operation({
        scope: 'read',
        cost: 'point',
        tag: 'Merges',
        operationId: `get${one}Merge`,
        summary: `Read a merge of ${withArticle(noun.name)}`,
        path: z.object({ id, merge_id }),
        query: z.strictObject(asOfQuery),
        headers: z.object(readHeaders),
        success: { 200: { description: 'The merge.', schema: Merge, example: examples.merge } },
        problems: ['not_found', 'gone'],
      }),
      handler: async (request, reply) => {
        const body = await storeAsOf(context, request, reply).read(async (tx) => {
          const { id: own } = await get(tx, noun, idOf(request));
          const row = await mergeMeant(tx, request.params.merge_id, [own]);
          return mergeText(tx, row);
        });
        return sendText(request, reply, body, null);
      },
    });

    app.delete(`${path}/:merge_id`, {
      ...operation({
        scope: 'review',
        tag: 'Merges',
        operationId: `undo${one}Merge`,
        writesMuch: true,
        summary: `Undo a merge of ${withArticle(noun.name)}`,
        description:
          'The object comes back as it was, under its id and key. What referred to it then, and still refers to the other, ' +
          'refers to it again; all other changes since stay. The address may name either of both.',
        path: z.object({ id, merge_id }),
        headers: z.object({ 'change-reason': changeReason }),
        success: { 200: { description: 'The merge, undone.', schema: Merge, example: examples.undone } },
        problems: [...writeProblems, 'unsupported_media_type', 'unreadable_body', 'body_too_large'],
      }),
      handler: (request, reply) =>
        handleWrite(context, request, reply, async (tx, change) => {
          const row = await mergeMeant(tx, request.params.merge_id, await idsMeant(tx, noun, idOf(request)));
          await unmerge(tx, change, nouns, row);
          return { status: 200, headers: {}, body: await mergeText(tx, await mergeById(tx, row.id)) };
        }),
    });
  }
}

/** The merge that an address names, which is one of the object in it. */
async function mergeMeant(tx: Tx, id: string, own: readonly string[]): Promise<MergeRow> {
  const row = await findMerge(tx, id);
  if (row && (own.includes(row.object_id) || own.includes(row.into_id))) return row;
  const detail = `There is no merge "${id.slice(0, 100)}" of this object; GET /v1/merges lists all.`;
  throw new ApiError('not_found', detail);
}

const SHARED =
  'Its id and key lead to the other from then on: reads are sent on (308), filters and new references mean the other, ' +
  'and writes to it are refused (409 `merged_into`). DELETE of the merge undoes it.';

const DESCRIPTIONS: Record<Mergeable, string> = {
  party: `All that names the party names the other, which gets its names and identifiers. ${SHARED}`,
  source: `All that names the source names the other, which gets its identifiers, and its addresses where it has none. ${SHARED}`,
  claim: `Attributions, relations and assessments of the claim become those of the other, and its standing is computed anew. ${SHARED}`,
};
