import { z } from 'zod';
import * as filter from '../http/request/filters.js';
import { base, Reference, systemFields } from '../http/schemas/common.js';
import { contentOf } from '../http/schemas/content.js';
import { evidence, key, optional, reference } from '../http/schemas/fields.js';
import { pairForms } from '../http/validation/check.js';

const relationTypes = [
  'supports',
  'contradicts',
  'refines',
  'repeats',
  'alters',
  'updates',
  'answers',
] as const;

const type = z.enum(relationTypes).meta({ description: 'What the first claim does to the second.' });

const members = {
  from: reference.meta({ description: 'The claim that does it.' }),
  type,
  to: reference.meta({ description: 'The claim it does it to.' }),
  note: optional(evidence(5_000)),
};

export const RelationInput = z
  .strictObject({ key: optional(key), ...members })
  .meta({ id: 'RelationInput', description: 'A relation as clients send it.' });
export type RelationInput = z.infer<typeof RelationInput>;

/** A relation sent to the claim it begins at. */
export const ClaimRelationInput = RelationInput.omit({ from: true }).meta({
  id: 'ClaimRelationInput',
  description: 'A relation of the claim in the address to another.',
});

export const Relation = z
  .strictObject({
    ...base,
    from: Reference,
    type: type.meta({ description: 'Expect new values.' }),
    to: Reference,
    note: z.string().nullable(),
    ...systemFields,
  })
  .meta({ id: 'Relation', description: 'What one claim is to another, as a person judged it.' });
pairForms(Relation, RelationInput, ClaimRelationInput);

export const RelationContent = contentOf('Relation', Relation, RelationInput);

export const relationFilters = {
  key: filter.anyKey('relation'),
  claim: filter.anyReference('claim').meta({ description: 'Claim at either end.' }),
  from: filter.anyReference('claim'),
  to: filter.anyReference('claim'),
  type: filter.anyOf(relationTypes),
  ...filter.recorded(),
};
