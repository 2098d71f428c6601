import { unmark } from '../db/query/references.js';
import { bodyFailure } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { contentOf } from '../register/documents.js';
import { duplicates } from '../register/duplicates.js';
import { registerService } from '../register/service.js';
import { judgementNoun } from './judgement.js';
import type { JudgementInput } from './judgements.schemas.js';
import { judgementsWith } from './judgements.store.js';

export const judgementService = (ids: Ids) =>
  registerService({
    noun: judgementNoun,
    ids,
    async duplicates(tx, { id, doc }) {
      const { one, other } = contentOf(doc) as JudgementInput;
      const judged = await judgementsWith(tx, unmark(one), [unmark(other)]);
      const others = judged.map((judgement) => judgement.id).filter((judgement) => judgement !== id);
      const detail = 'another judgement is of the same pair; change that one, and remove this one';
      return duplicates('judgement', others, 'same_judgement', '', detail);
    },
    async check(_tx, { one, other }: JudgementInput) {
      if (one !== other) return;
      const detail = 'one and other are the same object; a judgement is of two';
      throw bodyFailure([{ pointer: '/other', code: 'self_reference', detail }]);
    },
  });
