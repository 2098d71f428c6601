import { unitForm } from '../lib/units.js';
import type { ResourceType } from '../resources/resource-type.js';
import { PredicateInput } from './predicates.schemas.js';

/** The vocabulary. Predicates are addressed by key alone, so their id is their key. */
export const predicateType: ResourceType<PredicateInput> = {
  name: 'predicate',
  plural: 'predicates',
  table: 'predicates',
  input: PredicateInput,
  members: Object.keys(PredicateInput.shape),
  nameMember: 'label',
  mapReferences: (predicate) => predicate,
  view: ({ key: _key, ...members }) => members,
  columns(view) {
    const { label, value_type, unit, functional, measure } = view as PredicateInput;
    return { label, value_type, unit: unit === null ? null : unitForm(unit), functional, measure };
  },
  childRows: () => [],
  referrers: [
    {
      noun: 'claim',
      table: 'claims',
      column: 'predicate_id',
      from: 'id',
      member: 'predicate',
      filter: 'predicate',
    },
  ],
};

/** In the column of units of claims, for those that count in the unit of their predicate; no normal form begins like this. */
export const unitOf = (predicate: string): string => `@${predicate}`;
