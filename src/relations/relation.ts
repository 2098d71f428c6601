import { unmark } from '../db/query/references.js';
import type { Noun } from '../register/noun.js';
import { RelationInput } from './relations.schemas.js';

/** Claim to claim, as a person judged it; computed conflicts are never stored as relations. */
export const relationNoun: Noun<RelationInput> = {
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
    return { from_id: unmark(from), type, to_id: unmark(to) };
  },
  side: () => [],
  referrers: [],
};
