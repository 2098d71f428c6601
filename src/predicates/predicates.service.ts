import { ApiError, validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import { resourceService } from '../resources/service.js';
import { predicateType } from './predicate.js';
import { predicateWarnings } from './predicate-warnings.service.js';
import type { PredicateInput } from './predicates.schemas.js';
import { misfits } from './predicates.store.js';

export const predicateService = (ids: Ids) =>
  resourceService<PredicateInput>({
    noun: predicateType,
    ids,
    warnings: predicateWarnings,
    async check(tx, predicate, { stored }) {
      if (predicate.key === null) {
        throw validationError([
          {
            pointer: '/key',
            code: 'missing_member',
            detail: 'a predicate is known by its key; give one, as in "fighter-strength"',
          },
        ]);
      }
      // No claim refers to one that is new, and all fit the type that it has.
      if (stored === null) return;
      const { id, doc } = stored;
      if ((contentOf(doc) as PredicateInput).value_type === predicate.value_type) return;
      const found = await misfits(tx, id, predicate.value_type);
      if (found === null) return;
      const { count, first } = found;
      const which =
        count === 1 ? `claim \`${first}\` has a value` : `${count} claims, such as \`${first}\`, have values`;
      const detail = `${which} of another type; change ${count === 1 ? 'it' : 'them'} first (GET /v1/claims?predicate=${id} lists all claims)`;
      throw new ApiError('in_use', `value_type: ${detail}`, [
        { pointer: '/value_type', code: 'in_use', detail },
      ]);
    },
  });
