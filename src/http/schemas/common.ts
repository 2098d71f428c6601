import { z } from 'zod';
import { codes } from '../../lib/errors.js';
import { resourceNames } from '../../lib/ids.js';

/** Schemas that every feature's answers share. */

export const Reference = z
  .strictObject({
    id: z.string().meta({ examples: ['party_01kahw2v9wfyy9k9vz3n2xq5ra'] }),
    key: z
      .string()
      .nullable()
      .meta({ examples: ['ttp'] }),
    name: z.string().meta({ examples: ['Tehreek-e-Taliban Pakistan'] }),
  })
  .meta({ id: 'Reference', description: 'Another object: where to find it and how it is called.' });

export const instantOut = z.string().meta({ format: 'date-time', description: 'Instant, RFC 3339, UTC.' });
export const dayOut = z.string().nullable().meta({ format: 'date' });

/** Members of every object. */
export const base = {
  id: z.string().meta({ description: 'TypeID; for predicates the key.' }),
  key: z.string().nullable(),
};
export const systemFields = {
  created_at: instantOut,
  updated_at: instantOut,
  version: z.int32().min(0).meta({ description: 'Counts up with each change; part of the ETag.' }),
};

const ProblemFault = z
  .strictObject({
    pointer: z.string().optional().meta({ description: 'JSON Pointer (RFC 6901) into the body.' }),
    parameter: z.string().optional().meta({ description: 'Name of the query parameter or header.' }),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'ProblemFault', description: 'One fault and how to mend it.' });

const Tombstone = z
  .strictObject({
    id: z.string(),
    key: z.string().nullable(),
    version: z
      .int32()
      .min(0)
      .meta({ description: 'Name this version in If-Match of a PUT to restore the object.' }),
    removed_at: instantOut,
    removed_by: z.string(),
    on_behalf_of: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Tombstone', description: 'What is left of a removed object: when, by whom and why.' });

const Referrer = z
  .strictObject({
    type: z.enum(resourceNames).meta({ description: 'Expect new values.' }),
    id: z.string(),
    key: z.string().nullable(),
    member: z.string().meta({ description: 'Where it names the object.' }),
  })
  .meta({ id: 'Referrer', description: 'An object that names another.' });

const Referrers = z
  .strictObject({
    total: z.int32().min(0).optional().meta({ description: 'How many there are.' }),
    total_at_least: z
      .int32()
      .min(0)
      .optional()
      .meta({ description: 'In place of `total` where there are more than 10,000 of a noun.' }),
    items: z.array(Referrer).meta({ description: 'At most 5 of them.' }),
  })
  .meta({ id: 'Referrers', description: 'What refers to an object that is in use.' });

export const Problem = z
  .strictObject({
    type: z.string().meta({ description: 'Address of the description of this kind of problem.' }),
    title: z.string(),
    status: z.int32().min(0),
    detail: z.string(),
    instance: z.string().meta({ description: 'Path of the request.' }),
    code: z.enum(codes).meta({ description: 'Stable name of the problem; expect new ones.' }),
    request_id: z.string(),
    errors: z.array(ProblemFault).meta({ description: 'At most 20 faults.' }),
    tombstone: Tombstone.optional(),
    referrers: Referrers.optional(),
    merged_into: Reference.optional().meta({ description: 'What the object was merged into.' }),
    failed_operations: z.array(z.int32().min(0)).optional().meta({
      description: 'Of a batch: the places of all operations that cannot be done, counted from 0.',
    }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });

const Warning = z
  .strictObject({
    code: z.string().meta({ description: 'Stable name of the kind of slip; expect new ones.' }),
    pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) into what was sent.' }),
    detail: z.string().meta({ description: 'What is odd, and what to do if it is a slip.' }),
    objects: z.array(Reference).meta({ description: 'The objects that it has to do with; at most 5.' }),
  })
  .meta({ id: 'Warning', description: 'A likely mistake in something that was accepted.' });

const PossibleDuplicate = z
  .strictObject({
    object: Reference.nullable().meta({
      description: 'Null for one that the same dry run would create.',
    }),
    reasons: z
      .array(
        z
          .strictObject({
            code: z.string().meta({
              description: 'Stable name of what both have in common; expect new ones.',
              examples: ['same_title'],
            }),
            pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) into what was sent.' }),
            detail: z.string().meta({ description: 'What both have in common, and what to do.' }),
          })
          .meta({ id: 'DuplicateReason', description: 'Why two objects may be the same.' }),
      )
      .meta({ description: 'All that speaks for it.' }),
  })
  .meta({ id: 'PossibleDuplicate', description: 'Another object that may be the same.' });

/** Members of answers to writes. */
export const possibleDuplicates = z.array(PossibleDuplicate).optional().meta({
  description: 'Others that may be the same as what was written: at most 10; left out where there is none.',
});
export const warnings = z.array(Warning).optional().meta({
  description: 'Likely mistakes in what was accepted, at most 20; left out where there are none.',
});

export const Identifier = z
  .strictObject({ scheme: z.string(), value: z.string() })
  .meta({ id: 'Identifier', description: 'A name of the object in another register.' });
