import { bodyFailure, Failure } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { registerService } from '../register/service.js';
import { predicateNoun } from './predicate.js';
import type { PredicateInput } from './predicates.schemas.js';
import { misfits } from './predicates.store.js';

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
      const found = await misfits(tx, id, predicate.value_type);
      if (found === null) return;
      const { count, first } = found;
      const which =
        count === 1
          ? `claim \`${first}\` has a value`
          : `${count} claims have values, \`${first}\` among them,`;
      const detail = `${which} of another type; change those of GET /v1/claims?predicate=${id} first`;
      throw new Failure('in_use', `value_type: ${detail}`, [
        { pointer: '/value_type', code: 'in_use', detail },
      ]);
    },
  });
