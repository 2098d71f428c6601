import { withParts } from '../db/query/closures.js';
import { decodeReference } from '../db/query/references.js';
import { validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { refreshAfter } from '../provenance/standing/standing.service.js';
import { refreshPublished } from '../provenance/withdrawals/source-status.service.js';
import { contentDiffers, contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { type ResourceService, resourceService } from '../resources/service.js';
import type { PartyInput } from './parties.schemas.js';
import { isWithin } from './parties.store.js';
import { partyType } from './party.js';
import { partyDuplicates } from './party-duplicates.service.js';
import { partyWarnings } from './party-warnings.service.js';

/** Members on which the count of origins depends. */
const VOICE = ['part_of', 'independent_voice', 'unnamed', 'count'] as const;

export function partyService(ids: Ids): ResourceService<PartyInput> {
  const base = resourceService({
    noun: partyType,
    ids,
    warnings: partyWarnings,
    duplicates: partyDuplicates,
    async check(tx, party: PartyInput, id) {
      if (party.part_of === null || !(await isWithin(tx, decodeReference(party.part_of), id))) return;
      const detail = 'part_of leads back to this party; a body cannot be part of itself';
      throw validationError([{ pointer: '/part_of', code: 'cycle', detail }]);
    },
  });

  return {
    ...base,
    async update(tx, change, stored, input) {
      const result = await base.update(tx, change, stored, input);
      if (result.changed && contentDiffers(stored, result.stored, VOICE))
        await refreshAfter(tx, 'party', stored.id);
      if (result.changed && contentDiffers(stored, result.stored, ['part_of'])) {
        await refreshPublished(tx, await withParts(tx, [stored.id]));
      }
      return result;
    },
    withFormerName,
  };
}

/** Most names that a party can have. */
const MOST_NAMES = 200;

/**
 * A renamed party keeps its former name, since documents use it; the label of an unnamed party is no name. A client that
 * sends the whole party again, such as one that loads a file, need not know the former names.
 */
function withFormerName(stored: ResourceRow, input: PartyInput, isWhole: boolean): PartyInput {
  const before = contentOf(stored.doc) as PartyInput;
  const known = new Set([input.name, ...input.names.map(({ name }) => name)]);
  const former = isWhole ? before.names.filter(({ kind }) => kind === 'former') : [];
  if (!before.unnamed) former.push({ name: before.name, kind: 'former', language: null, script: null });
  const kept = former.filter(({ name }) => !known.has(name) && known.add(name));
  if (input.names.length + kept.length > MOST_NAMES) {
    const detail = `there is no room for former names beside ${input.names.length} others; leave some out, or send keep_former_name=false`;
    throw validationError([{ pointer: '/names', code: 'too_many_names', detail }]);
  }
  return kept.length === 0 ? input : { ...input, names: [...input.names, ...kept] };
}
