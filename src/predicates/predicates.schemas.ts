import { z } from 'zod';
import * as filter from '../http/request/filters.js';
import { base, systemFields } from '../http/schemas/common.js';
import { contentOf } from '../http/schemas/content.js';
import { evidence, flag, key, label, optional } from '../http/schemas/fields.js';
import { pairForms } from '../http/validation/check.js';

const valueTypes = ['quantity', 'money', 'change', 'party', 'place', 'date', 'text', 'none'] as const;
const measures = ['level', 'period_total'] as const;

const members = {
  value_type: z.enum(valueTypes).meta({ description: 'The type that values of such claims have.' }),
  functional: 'At most one value is true at a time, as for the strength of a group.',
  symmetric: 'Holds in both directions, as cooperation does.',
  measure: z.enum(measures).meta({
    description:
      '`level`: holds at a time. `period_total`: counted over a period; totals of different periods differ.',
  }),
};

export const PredicateInput = z
  .strictObject({
    key: optional(key),
    label: label(200).meta({ examples: ['fighter strength'] }),
    description: optional(evidence(5_000)),
    value_type: members.value_type,
    unit: optional(label(64)),
    functional: flag.meta({ description: members.functional }),
    symmetric: flag.meta({ description: members.symmetric }),
    measure: optional(members.measure),
  })
  .meta({ id: 'PredicateInput', description: 'A predicate as clients send it; POST needs its key.' });

export type PredicateInput = z.infer<typeof PredicateInput>;

export const Predicate = z
  .strictObject({
    ...base,
    label: z.string(),
    description: z.string().nullable(),
    value_type: members.value_type,
    unit: z.string().nullable(),
    functional: z.boolean().meta({ description: members.functional }),
    symmetric: z.boolean().meta({ description: members.symmetric }),
    measure: members.measure.nullable(),
    ...systemFields,
  })
  .meta({ id: 'Predicate', description: 'A word of the vocabulary: what a claim says of its subject.' });
pairForms(Predicate, PredicateInput);

export const PredicateContent = contentOf('Predicate', Predicate, PredicateInput);

export const predicateFilters = {
  key: filter.anyKey('predicate'),
  value_type: filter.anyOf(valueTypes),
  functional: filter.flag('Whether at most one value is true at a time.'),
  measure: filter.anyOf(measures),
  ...filter.recorded(),
};
