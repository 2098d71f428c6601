import { decodeReference } from '../db/query/references.js';
import { validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import { duplicates } from '../resources/duplicates.js';
import { resourceService } from '../resources/service.js';
import { relationType } from './relation.js';
import type { RelationInput } from './relations.schemas.js';
import { sameRelations } from './relations.store.js';

export const relationService = (ids: Ids) =>
  resourceService<RelationInput>({
    noun: relationType,
    ids,
    async duplicates(tx, { id, doc }) {
      const { from, type, to } = contentOf(doc) as RelationInput;
      const same = await sameRelations(
        tx,
        { from: decodeReference(from), type, to: decodeReference(to) },
        id,
      );
      const detail = 'another relation says the same of these claims; remove one';
      return duplicates('relation', same, 'same_relation', '', detail);
    },
    async check(_tx, { from, to }) {
      if (from !== to) return;
      const detail = 'from and to are the same claim; a relation leads from one claim to another';
      throw validationError([{ pointer: '/to', code: 'self_reference', detail }]);
    },
  });
