import { z } from 'zod';
import * as filter from '../http/request/filters.js';
import { base, Reference, systemFields } from '../http/schemas/common.js';
import { contentOf } from '../http/schemas/content.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { evidence, key, optional, reference } from '../http/schemas/fields.js';
import { pairForms } from '../http/validation/check.js';
import type { ResourceName } from '../lib/ids.js';

/** Nouns of which a pair can be judged. */
export const judgedNouns = [
  'party',
  'source',
  'claim',
  'attribution',
] as const satisfies readonly ResourceName[];
export type JudgedNoun = (typeof judgedNouns)[number];

const outcomes = ['same', 'not_the_same', 'unsure'] as const;

const noun = z
  .enum(judgedNouns)
  .meta({ [ENUM_NAME]: 'JudgedNoun', description: 'What both are.', examples: ['party'] });
const judgement = z.enum(outcomes).meta({
  [ENUM_NAME]: 'JudgementOutcome',
  description: 'Whether both are the same: `same` (then merge them), `not_the_same`, or `unsure`.',
});

export const JudgementInput = z
  .strictObject({
    key: optional(key),
    noun,
    one: reference.meta({ description: 'One of the two, as id or key.' }),
    other: reference.meta({ description: 'The other one.' }),
    judgement,
    reason: optional(evidence(5_000)).meta({ description: 'Why.' }),
  })
  .meta({ id: 'JudgementInput', description: 'A judgement of a pair as clients send it.' });
export type JudgementInput = z.infer<typeof JudgementInput>;

export const Judgement = z
  .strictObject({
    ...base,
    noun: noun.meta({ [ENUM_NAME]: 'JudgedNoun', description: 'What both are. Expect new values.' }),
    one: Reference,
    other: Reference,
    judgement: judgement.meta({ [ENUM_NAME]: 'JudgementOutcome', description: 'Expect new values.' }),
    reason: z.string().nullable(),
    ...systemFields,
  })
  .meta({
    id: 'Judgement',
    description: 'Whether two objects are the same, as a person judged it; the history tells who and when.',
  });
pairForms(Judgement, JudgementInput);

export const JudgementContent = contentOf('Judgement', Judgement, JudgementInput);

const either = (of: JudgedNoun) =>
  filter.anyReference(of).meta({ description: `Judgements of this ${of} and another.` });

export const judgementFilters = {
  key: filter.anyKey('judgement'),
  noun: filter.anyOf(judgedNouns),
  party: either('party'),
  source: either('source'),
  claim: either('claim'),
  attribution: either('attribution'),
  judgement: filter.anyOf(outcomes),
  ...filter.recorded(),
};
