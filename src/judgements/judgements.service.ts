import { decodeReference } from '../db/query/references.js';
import { validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import { duplicates } from '../resources/duplicates.js';
import { resourceService } from '../resources/service.js';
import { judgementNoun } from './judgement.js';
import type { JudgementInput } from './judgements.schemas.js';
import { foreseeJudged, judgementsWith } from './judgements.store.js';

function pairIn(doc: string) {
  const { one, other } = contentOf(doc) as JudgementInput;
  return { one: decodeReference(one), other: decodeReference(other) };
}

export const judgementService = (ids: Ids) =>
  resourceService<JudgementInput>({
    noun: judgementNoun,
    ids,
    async duplicates(tx, { id, doc }) {
      const { one, other } = pairIn(doc);
      const judged = await judgementsWith(tx, one, [other]);
      const others = judged.map((judgement) => judgement.id).filter((judgement) => judgement !== id);
      const detail = 'another judgement is of the same pair; change that one, and remove this one';
      return duplicates('judgement', others, 'same_judgement', '', detail);
    },
    lookAhead: (tx, all) =>
      foreseeJudged(
        tx,
        all.map(({ stored }) => pairIn(stored.doc)),
      ),
    async check(_tx, { one, other }) {
      if (one !== other) return;
      const detail = 'one and other are the same object; a judgement is of two';
      throw validationError([{ pointer: '/other', code: 'self_reference', detail }]);
    },
  });
