import { unmark } from '../db/query/references.js';
import { bodyFailure } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { contentOf } from '../register/documents.js';
import { duplicates } from '../register/duplicates.js';
import { registerService } from '../register/service.js';
import { relationNoun } from './relation.js';
import type { RelationInput } from './relations.schemas.js';
import { sameRelations } from './relations.store.js';

export const relationService = (ids: Ids) =>
  registerService({
    noun: relationNoun,
    ids,
    async duplicates(tx, { id, doc }) {
      const { from, type, to } = contentOf(doc) as RelationInput;
      const same = await sameRelations(tx, { from: unmark(from), type, to: unmark(to) }, id);
      const detail = 'another relation says the same of these claims; remove one';
      return duplicates('relation', same, 'same_relation', '', detail);
    },
    async check(_tx, { from, to }: RelationInput) {
      if (from !== to) return;
      const detail = 'from and to are the same claim; a relation leads from one claim to another';
      throw bodyFailure([{ pointer: '/to', code: 'self_reference', detail }]);
    },
  });
