import { unmark } from '../db/references.js';
import { bodyFailure } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { registerService } from '../register/service.js';
import type { PartyInput } from './parties.schemas.js';
import { isWithin } from './parties.store.js';
import { partyNoun } from './party.js';

export const partyService = (ids: Ids) =>
  registerService({
    noun: partyNoun,
    ids,
    async check(tx, party: PartyInput, id) {
      if (party.part_of === null || !(await isWithin(tx, unmark(party.part_of), id))) return;
      const detail = 'part_of leads back to this party; a body cannot be part of itself';
      throw bodyFailure([{ pointer: '/part_of', code: 'cycle', detail }]);
    },
  });
