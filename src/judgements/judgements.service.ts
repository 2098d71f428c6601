import { decodeReference } from '../db/query/references.js';
import { validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import { duplicates } from '../resources/duplicates.js';
import { resourceService } from '../resources/service.js';
import { judgementNoun } from './judgement.js';
import type { JudgementInput } from './judgements.schemas.js';
import { judgementsWith } from './judgements.store.js';

export const judgementService = (ids: Ids) =>
  resourceService<JudgementInput>({
    noun: judgementNoun,
    ids,
    async duplicates(tx, { id, doc }) {
      const { one, other } = contentOf(doc) as JudgementInput;
      const judged = await judgementsWith(tx, decodeReference(one), [decodeReference(other)]);
      const others = judged.map((judgement) => judgement.id).filter((judgement) => judgement !== id);
      const detail = 'another judgement is of the same pair; change that one, and remove this one';
      return duplicates('judgement', others, 'same_judgement', '', detail);
    },
    async check(_tx, { one, other }) {
      if (one !== other) return;
      const detail = 'one and other are the same object; a judgement is of two';
      throw validationError([{ pointer: '/other', code: 'self_reference', detail }]);
    },
  });
