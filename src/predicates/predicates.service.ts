import { bodyFailure, Failure } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { registerService } from '../register/service.js';
import { predicateNoun } from './predicate.js';
import type { PredicateInput } from './predicates.schemas.js';
import { misfit } from './predicates.store.js';

export const predicateService = (ids: Ids) =>
  registerService({
    noun: predicateNoun,
    ids,
    async check(tx, predicate: PredicateInput, id) {
      if (predicate.key === null) {
        throw bodyFailure([
          { pointer: '/key', code: 'missing_member', detail: 'a predicate is known by its key' },
        ]);
      }
      const claim = await misfit(tx, id, predicate.value_type);
      if (claim === null) return;
      const detail = `claim ${claim} has a value of another type; change such claims first`;
      throw new Failure('in_use', `value_type: ${detail}`, [
        { pointer: '/value_type', code: 'in_use', detail },
      ]);
    },
  });
