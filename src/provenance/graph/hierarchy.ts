import type { NonEmpty } from '../../lib/collections.js';
import type { Party } from './graph.js';

/** The voice a party speaks with: itself, or the body that it counts as. */
export interface Voice {
  group: Party;
  /** From the party up to its group, both included. */
  ancestors: NonEmpty<Party>;
}

export function partyOf(id: string, parties: ReadonlyMap<string, Party>): Party {
  const party = parties.get(id);
  if (!party) throw new RangeError(`The party ${id} is missing from what was handed over.`);
  return party;
}

/**
 * Climbs `part_of` to the top or to the first independent voice, which may be the party itself. So a
 * desk of UNAMA counts as UNAMA, and UNAMA not as the UN. An unnamed party climbs like any other:
 * "Pakistani officials" count as Pakistan.
 */
export function voiceOf(id: string, parties: ReadonlyMap<string, Party>): Voice {
  let group = partyOf(id, parties);
  const ancestors: NonEmpty<Party> = [group];
  const seen = new Set<Party>(ancestors);
  while (group.part_of !== null && !group.independent_voice) {
    const above = partyOf(group.part_of, parties);
    if (seen.has(above)) break;
    seen.add(above);
    ancestors.push(above);
    group = above;
  }
  return { group, ancestors };
}

/** A party and all above it, also above independent voices. */
export function linesAbove(id: string, parties: ReadonlyMap<string, Party>): Party[] {
  const line = new Set<Party>();
  for (let at: string | null = id; at !== null; at = partyOf(at, parties).part_of) {
    const party = partyOf(at, parties);
    if (line.has(party)) break;
    line.add(party);
  }
  return [...line];
}

/**
 * How many an unnamed party stands for. Somebody spoke, so the minimum is at least one, also where `count` is
 * missing or 0; `max` is null where no upper number is known.
 */
export function headcountOf({ count }: Party): { min: number; max: number | null } {
  const min = Math.max(1, count?.min ?? 1);
  return { min, max: count?.max == null ? null : Math.max(min, count.max) };
}
