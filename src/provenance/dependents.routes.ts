import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { fillReferences, mark } from '../db/references.js';
import { lostReferences } from '../history/lost.service.js';
import { asOfQuery, readerFor, readHeaders } from '../http/as-of.js';
import { sendText } from '../http/conditional.js';
import { operation } from '../http/operation.js';
import { DEFAULT_LIMIT, presentation } from '../http/paging.js';
import { get } from '../register/find.js';
import type { Stored } from '../register/noun.js';
import { idOf, type RegisterContext } from '../register/routes.js';
import type { Renderer } from '../rendering/pool.js';
import type { StatusColumns } from '../sources/source.js';
import { claimsThatFall, fallenView } from './dependents.service.js';
import { Dependents } from './standing.schemas.js';

const kinds = [
  { kind: 'source', one: 'Source' },
  { kind: 'party', one: 'Party' },
  { kind: 'attribution', one: 'Attribution' },
] as const;

const query = z.strictObject({ limit: presentation.limit, ...asOfQuery });

/** A reference to the attribution that withdrew a source; null where none did, and for other objects. */
const withdrawalOf = (object: Stored): string | null => {
  const { status, status_by } = object as Stored & Partial<StatusColumns>;
  return status === 'withdrawn' ? mark('attribution', status_by!) : null;
};

/** What falls with a source, a party or an attribution. */
export function dependentsRoutes(
  app: FastifyInstance,
  context: RegisterContext & { renderer: Renderer },
): void {
  for (const { kind, one } of kinds) {
    const noun = context.nouns[kind];
    app.get(`/v1/${noun.plural}/:id/dependents`, {
      ...operation({
        scope: 'read',
        tag: 'Provenance',
        operationId: `get${one}Dependents`,
        summary: `Which claims lose support, and how far, if this ${kind} falls`,
        description: 'Most affected first, with the standing before and after.',
        path: z.object({ id: z.string().meta({ description: `Id or key of the ${kind}.` }) }),
        query,
        headers: z.object(readHeaders),
        success: {
          200: { description: 'The claims.', schema: Dependents },
        },
        problems: ['not_found', 'gone'],
      }),
      handler: async (request, reply) => {
        const { limit = DEFAULT_LIMIT } = request.query as z.infer<typeof query>;
        const reader = readerFor(context, request, reply);
        const object = await reader.read((tx) => get(tx, noun, idOf(request)));
        const { items, examined, complete } = await claimsThatFall(reader, context.renderer, kind, object);
        const view = {
          falling: mark(kind, object.id),
          withdrawn_by: withdrawalOf(object),
          items: items.slice(0, limit).map(fallenView),
          total: items.length,
          examined,
          complete,
        };
        const [body] = await reader.read((tx) => fillReferences(tx, [JSON.stringify(view)], lostReferences));
        return sendText(request, reply, body!, null);
      },
    });
  }
}
