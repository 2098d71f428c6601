import { bodyFailure } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { registerService } from '../register/service.js';
import { relationNoun } from './relation.js';
import type { RelationInput } from './relations.schemas.js';

export const relationService = (ids: Ids) =>
  registerService({
    noun: relationNoun,
    ids,
    async check(_tx, { from, to }: RelationInput) {
      if (from !== to) return;
      const detail = 'a relation leads from one claim to another';
      throw bodyFailure([{ pointer: '/to', code: 'self_reference', detail }]);
    },
  });
