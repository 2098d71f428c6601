import { type Column, keyOf } from '../../http/formats/csv.js';

/** The columns of a CSV of what falls with something: one row for each claim. */
export const dependentColumns: Column[] = [
  { name: 'claim', value: ({ claim }) => keyOf(claim) },
  { name: 'text', value: ({ claim }) => claim.name },
  { name: 'support_before', value: ({ before }) => before.support },
  { name: 'support_after', value: ({ after }) => after.support },
  { name: 'origins_min_before', value: ({ before }) => before.origins.min },
  { name: 'origins_min_after', value: ({ after }) => after.origins.min },
  { name: 'origins_max_before', value: ({ before }) => before.origins.max },
  { name: 'origins_max_after', value: ({ after }) => after.origins.max },
  {
    name: 'fallen',
    value: ({ fallen }) => fallen.map((one: { attribution: never }) => keyOf(one.attribution)),
  },
  { name: 'summary', value: ({ summary }) => summary },
];
