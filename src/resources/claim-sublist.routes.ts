import { z } from 'zod';
import { answers } from '../http/openapi/answers.js';
import { type App, operation, type Scope } from '../http/openapi/operation.js';
import { handleWrite } from '../http/request/write-handler.js';
import { changeReason, idempotencyKey, ifSimilar, itemId } from '../http/schemas/parameters.js';
import { withArticle } from '../lib/text.js';
import { get } from './find.js';
import { createItem } from './items.js';
import { defineList, type ListSpec } from './list.js';
import { registerList } from './list-routes.js';
import { itemAnswer } from './render.js';
import { idOf, ifSimilarOf, type ResourceContext, tellingReferences } from './routes.js';

/** A noun whose objects belong to a claim and are listed and created under it too. */
export interface ClaimSublist {
  spec: ListSpec;
  /** The filter that picks the objects of the claim. */
  claimFilter: string;
  /** Filters that make no sense below a claim. */
  leaveOut: readonly string[];
  input: z.ZodObject;
  /** The input form of the noun, from the body and the id of the claim in the address. */
  complete: (body: object, claim: string) => object;
  /** As it ends operation ids: `listClaimAttributions`, `createClaimAttribution`. */
  one: string;
  tag: string;
  example: object;
  writeScope?: Scope;
}

export function registerClaimSublist(app: App, context: ResourceContext, sublist: ClaimSublist): void {
  const { spec, claimFilter, leaveOut, input, one, tag } = sublist;
  const filters = Object.fromEntries(
    Object.entries(spec.filters).filter(([name]) => !leaveOut.includes(name)),
  );
  const list = defineList({ ...spec, filters });
  const { noun } = spec;
  const { claim: claimNoun } = context.nouns;
  const path = `/v1/claims/:id/${noun.plural}`;
  const params = z.object({ id: itemId('claim') });

  registerList(
    app,
    context,
    path,
    list,
    {
      tag,
      operationId: `list${one}s`,
      summary: `List the ${noun.plural} of a claim`,
      path: params,
      problems: ['not_found', 'gone'],
    },
    (request) => async (tx) => {
      const claim = await get(tx, claimNoun, params.parse(request.params).id);
      return { [claimFilter]: [claim.id] };
    },
  );

  app.post(path, {
    ...tellingReferences(context, spec),
    ...operation({
      scope: sublist.writeScope ?? 'write',
      tag,
      operationId: `create${one}`,
      summary: `Add ${withArticle(noun.name)} to a claim`,
      description: "The claim's version stays as it is.",
      path: params,
      query: z.strictObject({ if_similar: ifSimilar }),
      headers: z.object({ 'idempotency-key': idempotencyKey, 'change-reason': changeReason }),
      body: input,
      bodyDoc: { schema: input, example: sublist.example },
      success: { 201: answers.created(spec.pages.written) },
      problems: [
        ...(['not_found', 'gone', 'key_taken', 'similar_exists'] as const),
        ...(['idempotency_mismatch', 'invalid_header', 'storage_full'] as const),
      ],
    }),
    handler: (request, reply) =>
      handleWrite(context, request, reply, async (tx, change) => {
        const claim = await get(tx, claimNoun, idOf(request));
        const body = sublist.complete(request.body, claim.id);
        return itemAnswer(tx, spec, await createItem(tx, change, spec, body, ifSimilarOf(request)));
      }),
  });
}
