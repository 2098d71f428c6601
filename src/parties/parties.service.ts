import { leadInCircle, linksFrom } from '../db/query/closures.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { drawConsequences } from '../provenance/consequences/consequences.service.js';
import { OneByOne } from '../resources/attempted.js';
import { contentDiffers, contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { type ChangedStep, changedIn, type ResourceService, resourceService } from '../resources/service.js';
import type { PartyInput } from './parties.schemas.js';
import { isWithin } from './parties.store.js';
import { partyType } from './party.js';
import { foreseePartyDuplicates, partyDuplicates } from './party-duplicates.service.js';
import { partyWarnings } from './party-warnings.service.js';

/** Members on which the count of origins depends. */
const VOICE = ['part_of', 'independent_voice', 'unnamed', 'count'] as const;

export const partyService = (ids: Ids): ResourceService<PartyInput> => ({
  ...resourceService<PartyInput>({
    noun: partyType,
    ids,
    warnings: partyWarnings,
    duplicates: partyDuplicates,
    lookAhead: foreseePartyDuplicates,
    async check(tx, { part_of }, { stored, isAlone }) {
      // Nothing is a part of a party that is new, and what it is a part of is no part of it.
      if (stored === null || part_of === null || !isAlone) return;
      if ((contentOf(stored.doc) as PartyInput).part_of === part_of) return;
      if (await isWithin(tx, decodeReference(part_of), stored.id)) throw circular();
    },
    async settle(tx, steps) {
      const changed = changedIn(steps);
      const moved = changed.filter(({ before, after }) => contentDiffers(before, after, ['part_of']));
      await refuseCircles(tx, moved);
      const voices = changed.filter(({ before, after }) => contentDiffers(before, after, VOICE));
      await drawConsequences(tx, { parties: idsOf(voices), moved: idsOf(moved) });
    },
  }),
  withFormerName,
});

const idsOf = (changed: readonly ChangedStep[]): string[] => changed.map(({ after }) => after.id);

/** Refuses several to which a way leads back, be it by links that they had: one by one some are changed before others. */
async function refuseCircles(tx: Tx, moved: readonly ChangedStep[]): Promise<void> {
  const wholes = ({ doc }: ResourceRow) => {
    const { part_of } = contentOf(doc) as PartyInput;
    return part_of === null ? [] : [decodeReference(part_of)];
  };
  const left = new Map(moved.map(({ before }) => [before.id, wholes(before)]));
  const links = await linksFrom(tx, 'wholes', idsOf(moved), left);
  if (await leadInCircle(tx, links)) throw new OneByOne();
}

const circular = () => {
  const detail = 'part_of leads back to this party; a body cannot be part of itself';
  return validationError([{ pointer: '/part_of', code: 'cycle', detail }]);
};

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
