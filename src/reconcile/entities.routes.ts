import { z } from 'zod';
import { type App, operation } from '../http/openapi/operation.js';
import { sendText } from '../http/request/conditional.js';
import { HTML } from '../http/response/media.js';
import { ifNoneMatchTag } from '../http/schemas/parameters.js';
import { only } from '../lib/collections.js';
import { ApiError } from '../lib/errors.js';
import { get } from '../resources/find.js';
import type { ResourceContext } from '../resources/routes.js';
import { nounOf } from '../search/search.js';
import { currentIds, entitiesFrom, nounOfId } from './entities.service.js';
import { previewOf, previewPolicy } from './preview.js';
import type { EntityNoun } from './types.js';

const path = z.object({
  id: z
    .string()
    .meta({ description: 'Id of a party or source, or key of a predicate.', examples: ['fighter-strength'] }),
});

function nounIn(id: string): EntityNoun {
  const noun = nounOfId(id);
  if (noun) return noun;
  throw new ApiError('not_found', 'This is neither the id of a party or source nor the key of a predicate.');
}

/** What the ids in answers of the Reconciliation API lead to. */
export function reconcileEntityRoutes(app: App, context: ResourceContext): void {
  app.get('/reconcile/entities/:id', {
    ...operation({
      scope: 'read',
      cost: 'point',
      tag: 'Reconciliation',
      operationId: 'getReconciliationEntity',
      summary: 'A small page about an object that a reconciliation client has found',
      path,
      headers: z.object({ 'if-none-match': ifNoneMatchTag }),
      success: { 200: { description: 'The page.', media: { [HTML]: z.string() } } },
      problems: ['not_found', 'gone'],
    }),
    handler: async (request, reply) => {
      const { id } = request.params;
      const noun = nounIn(id);
      const page = await context.store.read(async (tx) => {
        const now = only(await currentIds(tx, noun, [id]));
        return previewOf(only(await entitiesFrom(tx, noun, [await get(tx, nounOf[noun], now)])));
      });
      reply.header('content-security-policy', previewPolicy).removeHeader('x-frame-options');
      return sendText(request, reply, page, null, HTML);
    },
  });
}
