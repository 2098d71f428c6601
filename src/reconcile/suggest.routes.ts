import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type App, type Cost, operation } from '../http/openapi/operation.js';
import { sendText } from '../http/request/conditional.js';
import { shownAs } from '../http/request/filters.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { ifNoneMatchTag } from '../http/schemas/parameters.js';
import type { ResourceContext } from '../resources/routes.js';
import { properties } from './properties.js';
import {
  EntitySuggestions,
  PropertySuggestions,
  ProposedProperties,
  TypeSuggestions,
} from './reconcile.schemas.js';
import { startingWith, suggestedEntities } from './suggest.service.js';
import { among, entityTypes } from './types.js';

const number = (most: number, description: string, example: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, `write a number from 0 to ${most}`)
    .transform(Number)
    .refine((value) => value <= most, `write a number from 0 to ${most}`)
    .optional()
    .meta({ description, examples: [example], ...shownAs({ type: 'integer', minimum: 0, maximum: most }) });

const typeId = z.enum(entityTypes.map(({ id }) => id));
const typeText = {
  [ENUM_NAME]: 'ReconcileTypeId',
  description: 'The type of the objects.',
  examples: ['person'],
};

const prefix = z.string().max(200);
const typed = {
  prefix: prefix
    .optional()
    .meta({ description: 'What was typed so far; left out, everything is suggested.', examples: ['cou'] }),
  cursor: number(500, 'Suggestions to leave out, since they are known.', 0),
};
const entityQuery = z.strictObject({
  ...typed,
  prefix: prefix.meta({ description: 'What was typed so far, or an id or key.', examples: ['haqq'] }),
  type: typeId.optional().meta(typeText),
});
const proposalQuery = z.strictObject({
  type: typeId.meta(typeText),
  limit: number(100, 'Properties, all unless told.', 10),
});

const headers = z.object({ 'if-none-match': ifNoneMatchTag });
const shared = { scope: 'read', tag: 'Reconciliation', headers, problems: [] } as const;

/** What somebody may mean who is typing the name of an object, a type or a property. */
export function reconcileSuggestRoutes(app: App, context: ResourceContext): void {
  const answer = (request: FastifyRequest, reply: FastifyReply, result: object) =>
    sendText(request, reply, JSON.stringify(result), null);
  const route = <Query extends z.ZodObject>(
    name: string,
    cost: Cost,
    operationId: string,
    schema: z.ZodType,
    query: Query,
  ) =>
    operation({
      ...shared,
      cost,
      operationId,
      summary: `Suggest ${name} to a reconciliation client while somebody types`,
      query,
      success: { 200: { description: 'Suggestions, ten at most.', schema } },
    });

  app.get('/reconcile/suggest/entities', {
    ...route('objects', 'range', 'suggestReconciliationEntities', EntitySuggestions, entityQuery),
    async handler(request, reply) {
      const { prefix, cursor = 0, type } = request.query;
      const types = among(type === undefined ? [] : [type]);
      const result = await context.store.read((tx) => suggestedEntities(tx, prefix, types, cursor));
      return answer(request, reply, { result });
    },
  });

  for (const [name, all, operationId, schema] of [
    ['types', entityTypes, 'suggestReconciliationTypes', TypeSuggestions],
    ['properties', properties.map(shown), 'suggestReconciliationProperties', PropertySuggestions],
  ] as const) {
    const query = z.strictObject(typed);
    app.get(`/reconcile/suggest/${name}`, {
      ...route(name, 'point', operationId, schema, query),
      async handler(request, reply) {
        const { prefix = '', cursor = 0 } = request.query;
        return answer(request, reply, { result: startingWith<(typeof all)[number]>(all, prefix, cursor) });
      },
    });
  }

  app.get('/reconcile/properties', {
    ...operation({
      ...shared,
      cost: 'point',
      operationId: 'proposeReconciliationProperties',
      summary: 'The properties that a reconciliation client can read of objects of a type',
      query: proposalQuery,
      success: { 200: { description: 'Properties.', schema: ProposedProperties } },
    }),
    async handler(request, reply) {
      const { type, limit = properties.length } = request.query;
      const { nouns } = among([type]);
      const own = properties.filter(({ of }) => nouns.some((noun) => noun in of));
      return answer(request, reply, { type, limit, properties: own.slice(0, limit).map(shown) });
    },
  });
}

const shown = ({ id, name, description }: (typeof properties)[number]) => ({ id, name, description });
