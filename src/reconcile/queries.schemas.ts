import { z } from 'zod';
import { propertiesById } from './properties.js';
import { entityTypes } from './types.js';

/** What clients send: names to look for, and objects whose properties they want (Reconciliation API 0.2). */

/** Queries of one batch; the manifest tells it. */
export const BATCH_SIZE = 50;
/** Objects of one data extension. */
const MOST_IDS = 200;
const MOST_VALUES = 20;

const typeId = z.enum(entityTypes.map(({ id }) => id));
const propertyId = z.enum([...propertiesById.keys()]);
const text = z.string().max(2_000);
const entity = z.looseObject({ id: text, name: text.optional() });
const value = z.union([text, z.number(), z.boolean(), entity]);

const ReconcileQuery = z
  .strictObject({
    query: z.string().optional(),
    type: z.union([typeId, z.array(typeId).max(entityTypes.length)]).optional(),
    type_strict: z.enum(['any', 'should', 'all']).optional(),
    limit: z.int().min(1).optional(),
    properties: z
      .array(z.looseObject({ pid: propertyId, v: z.union([value, z.array(value).max(MOST_VALUES)]) }))
      .max(propertiesById.size)
      .optional(),
  })
  .refine(({ query, properties }) => query !== undefined || (properties ?? []).length > 0, {
    error: 'send a name as query, or at least one of properties',
  });
export type ReconcileQuery = z.infer<typeof ReconcileQuery>;

/** Queries by ids that the client chooses, which stand in the answer again. */
export const QueryBatch = z.record(z.string().max(200), ReconcileQuery);
export type QueryBatch = z.infer<typeof QueryBatch>;

export const ExtendQuery = z.looseObject({
  ids: z.array(z.string().max(200)).max(MOST_IDS),
  properties: z.array(z.looseObject({ id: propertyId })).max(propertiesById.size),
});
export type ExtendQuery = z.infer<typeof ExtendQuery>;
