import { z } from 'zod';
import { Problem, possibleDuplicates, warnings } from '../http/schemas/common.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { evidence, optional } from '../http/schemas/fields.js';
import { resourceNames } from '../lib/ids.js';
import { JsonPatch } from '../resources/json-patch.schemas.js';
import { BatchSizes } from './sizes.js';

const MAX_OPERATIONS = 1_000;

const type = z
  .enum(resourceNames)
  .meta({ [ENUM_NAME]: 'ObjectType', description: 'The noun that the operation is about.' });
const id = z
  .string()
  .min(1)
  .max(100)
  .meta({
    description: 'Id or key of the object, or `@name` of one that an operation before this one wrote.',
    examples: ['ttp'],
  });
const local_id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'write 1–64 characters of A–Z, a–z, 0–9, - and _')
  .optional()
  .meta({ description: 'Name by which operations after this one refer to its object, as `@name`.' });
const if_match = z
  .string()
  .max(100)
  .optional()
  .meta({ description: 'As the header: an ETag or *; the bare version works too.', examples: ['1'] });
const reason = optional(evidence(1_000)).meta({
  description: 'Why; stored with the change, in place of `Change-Reason`.',
});
const keep_former_name = z.boolean().optional().meta({
  description: 'Of a party that gets another name. Left out, or true: the former one is added to `names`.',
});
const body = z.looseObject({});
const input = body.meta({
  description: 'The input form of the noun. References may be `@name` of an object written before.',
});

const Operation = z
  .discriminatedUnion('method', [
    z
      .strictObject({ method: z.literal('POST'), type, local_id, reason, body: input })
      .meta({ id: 'BatchCreate', description: 'Creates an object.' }),
    z
      .strictObject({
        ...{ method: z.literal('PUT'), type, id, local_id, if_match },
        if_none_match: z.literal('*').optional().meta({ description: '* creates only.' }),
        ...{ reason, keep_former_name, body: input },
      })
      .meta({ id: 'BatchPut', description: 'Creates or replaces an object, or restores a removed one.' }),
    z
      .strictObject({
        ...{ method: z.literal('PATCH'), type, id, if_match, reason, keep_former_name },
        body: body
          .optional()
          .meta({ description: 'A merge patch (RFC 7396) on the input form of the noun.' }),
        patch: JsonPatch.optional().meta({
          description: 'In place of `body`: a JSON Patch (RFC 6902) on the input form.',
        }),
      })
      .refine(({ body, patch }) => (body === undefined) !== (patch === undefined), {
        error: 'send a merge patch as body, or operations as patch: one of the two',
        path: ['body'],
      })
      .meta({ id: 'BatchPatch', description: 'Changes members of an object.' }),
    z
      .strictObject({ method: z.literal('DELETE'), type, id, if_match, reason })
      .meta({ id: 'BatchRemove', description: 'Removes an object from the current register.' }),
  ])
  .meta({ id: 'BatchOperation', description: 'One write, under the rules of its own route.' });

export const BatchInput = z
  .strictObject({
    atomic: z
      .boolean()
      .optional()
      .default(true)
      .meta({ description: 'All or nothing. `false`: each operation by itself. Left out: true.' }),
    dry_run: z
      .boolean()
      .optional()
      .default(false)
      .meta({ description: 'Tells what would happen and writes nothing.' }),
    if_similar: z.literal('reject').optional().meta({
      description:
        '`reject`: an operation that creates what may be there already fails (409 `similar_exists`).',
    }),
    operations: z.array(Operation).min(1).max(MAX_OPERATIONS).meta({ description: 'Done in this order.' }),
  })
  .superRefine(({ operations }, context) => {
    const seen = new Set<string>();
    operations.forEach((operation, i) => {
      if ('keep_former_name' in operation && operation.type !== 'party') {
        const message = 'only a party has former names; leave this out';
        const path = ['operations', i, 'keep_former_name'];
        context.addIssue({ code: 'custom', path, message, params: { code: 'not_a_party' } });
      }
      const name = 'local_id' in operation ? operation.local_id : undefined;
      if (name === undefined) return;
      if (seen.has(name)) {
        const message = `"${name}" names two operations; give each a name of its own`;
        const path = ['operations', i, 'local_id'];
        context.addIssue({ code: 'custom', path, message, params: { code: 'repeated_local_id' } });
      }
      seen.add(name);
    });
    for (const { code, detail } of new BatchSizes(operations).faults()) {
      context.addIssue({ code: 'custom', path: ['operations'], message: detail, params: { code } });
    }
  })
  .meta({ id: 'BatchInput', description: 'Writes to be done together.' });
export type BatchInput = z.infer<typeof BatchInput>;
export type Operation = z.infer<typeof Operation>;

const BatchItem = z
  .strictObject({
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']).meta({ [ENUM_NAME]: 'BatchMethod' }),
    type,
    status: z.int32().min(0).meta({ description: 'The HTTP status that the single request would have got.' }),
    id: z
      .string()
      .nullable()
      .meta({ description: 'Null when it failed, or would be given only in earnest.' }),
    key: z.string().nullable(),
    version: z
      .int32()
      .min(0)
      .nullable()
      .meta({ description: 'The version now; of a removed object, its tombstone.' }),
    problem: Problem.nullable().meta({ description: 'Why it failed.' }),
    warnings,
    possible_duplicates: possibleDuplicates,
  })
  .meta({ id: 'BatchItem', description: 'What became of one operation.' });

export const BatchResult = z
  .strictObject({
    dry_run: z.boolean(),
    failed: z.int32().min(0).meta({ description: 'Number of operations that failed, or would.' }),
    items: z.array(BatchItem).meta({ description: 'One for each operation, in the same order.' }),
  })
  .meta({ id: 'BatchResult', description: 'What became of the operations of a batch.' });
