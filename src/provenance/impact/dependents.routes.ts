import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { chooseColumns, csvLines } from '../../http/formats/csv.js';
import { inForm, sendForm } from '../../http/formats/forms.js';
import { type App, type Declaration, operation, type RequestOf } from '../../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../../http/request/as-of.js';
import { sendText } from '../../http/request/conditional.js';
import { DEFAULT_LIMIT, presentation } from '../../http/request/paging.js';
import { itemId } from '../../http/schemas/parameters.js';
import { tableForm } from '../../resources/exports.js';
import { get } from '../../resources/find.js';
import { idOf, type ResourceContext } from '../../resources/routes.js';
import type { Renderer } from '../../workers/renderer.js';
import { dependentColumns } from './dependents.columns.js';
import { Dependents } from './dependents.schemas.js';
import { dependentsText } from './dependents.service.js';

const kinds = [
  { kind: 'source', one: 'Source' },
  { kind: 'party', one: 'Party' },
  { kind: 'attribution', one: 'Attribution' },
] as const;

const csv = tableForm(dependentColumns);

const query = z.strictObject({ limit: presentation.limit, ...asOfQuery });

/** What falls with a source, a party or an attribution. */
export function dependentsRoutes(app: App, context: ResourceContext & { renderer: Renderer }): void {
  for (const { kind, one } of kinds) {
    const noun = context.nouns[kind];
    const url = `/v1/${noun.plural}/:id/dependents`;
    const declaration = {
      scope: 'read',
      cost: 'scan',
      tag: 'Provenance',
      operationId: `get${one}Dependents`,
      summary: `Which claims lose support, and how far, if this ${kind} falls`,
      description: 'Most affected first, with the standing before and after.',
      path: z.object({ id: itemId(kind) }),
      query,
      headers: z.object(readHeaders),
      success: {
        200: { description: 'The claims.', schema: Dependents },
      },
      problems: ['not_found', 'gone'],
    } as const satisfies Declaration;

    app.get(url, {
      ...operation(declaration),
      handler: async (request, reply) => {
        const { limit = DEFAULT_LIMIT } = request.query;
        return sendText(request, reply, await dependents(request, reply, limit), null);
      },
    });

    app.get(`${url}.csv`, {
      ...operation(inForm(declaration, csv, { query: query.extend(csv.query) })),
      handler: async (request, reply) => {
        const { limit, fields, ...look } = request.query;
        const columns = chooseColumns(dependentColumns, fields);
        const { items } = JSON.parse(await dependents(request, reply, limit)) as { items: object[] };
        return sendForm(request, reply, csv, csvLines(columns, items, true, undefined, look), null);
      },
    });

    /** As JSON text; all claims that were examined unless a number is given. */
    async function dependents(
      request: RequestOf<typeof declaration>,
      reply: FastifyReply,
      limit: number | undefined,
    ): Promise<string> {
      const reader = storeAsOf(context, request, reply);
      const object = await reader.read((tx) => get(tx, noun, idOf(request)));
      return dependentsText(reader, context.renderer, kind, object, limit);
    }
  }
}
