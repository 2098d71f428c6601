import { decodeReference } from '../db/query/references.js';
import type { ResourceType } from '../resources/resource-type.js';
import { RelationInput } from './relations.schemas.js';

/** Claim to claim, as a person judged it; computed conflicts are never stored as relations. */
export const relationType: ResourceType<RelationInput> = {
  name: 'relation',
  plural: 'relations',
  table: 'relations',
  input: RelationInput,
  members: Object.keys(RelationInput.shape),
  nameMember: null,
  mapReferences: (relation, map) => ({
    ...relation,
    from: map(relation.from, 'claim', '/from'),
    to: map(relation.to, 'claim', '/to'),
  }),
  view: ({ from, type, to, note }) => ({ from, type, to, note }),
  columns(view) {
    const { from, type, to } = view as RelationInput;
    return { from_id: decodeReference(from), type, to_id: decodeReference(to) };
  },
  childRows: () => [],
  referrers: [],
};
