import { decodeReference } from '../db/query/references.js';
import { validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import { duplicates } from '../resources/duplicates.js';
import { resourceService } from '../resources/service.js';
import { relationType } from './relation.js';
import type { RelationInput } from './relations.schemas.js';
import { foreseeSame, sameRelations } from './relations.store.js';

function relatedIn(doc: string) {
  const { from, type, to } = contentOf(doc) as RelationInput;
  return { from: decodeReference(from), type, to: decodeReference(to) };
}

export const relationService = (ids: Ids) =>
  resourceService<RelationInput>({
    noun: relationType,
    ids,
    async duplicates(tx, { id, doc }) {
      const same = await sameRelations(tx, relatedIn(doc), id);
      const detail = 'another relation says the same of these claims; remove one';
      return duplicates('relation', same, 'same_relation', '', detail);
    },
    lookAhead: (tx, all) =>
      foreseeSame(
        tx,
        all.map(({ stored: { id, doc } }) => ({ related: relatedIn(doc), except: id })),
      ),
    async check(_tx, { from, to }) {
      if (from !== to) return;
      const detail = 'from and to are the same claim; a relation leads from one claim to another';
      throw validationError([{ pointer: '/to', code: 'self_reference', detail }]);
    },
  });
