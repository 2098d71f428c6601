import { attributionAt, type Party } from '../graph/graph.js';
import { headcountOf, linesAbove, type Voice, voiceOf } from '../graph/hierarchy.js';
import type { Analysis, End } from './origins.js';

/** One group behind a claim, with the ends that collapsed to it. */
export interface Origin {
  group: Party;
  ends: { end: End; voice: Voice }[];
  /** At least one of the ends originates; else all are of unknown lineage. */
  originates: boolean;
  /** How many an unnamed group stands for; null when it is named. */
  heads: { min: number; max: number | null } | null;
}

export interface Tally {
  /** In the order of their first ends. */
  origins: Origin[];
  /** Number of named groups that originate. */
  named: number;
  /** The unnamed origin that stands for the most, at least. */
  most: Origin | null;
  min: number;
  max: number | null;
  /** There is an originating end, and every one is unnamed and stands under no named party. */
  unnamedOnly: boolean;
}

/**
 * Counts independent origins.
 *
 * `min` is the larger of the number of named groups that originate and the largest number for which one
 * originating unnamed party stands at least: the unnamed may be among the named, and among each other.
 * `max` takes all apart: the named groups that originate, every unnamed party's largest number (whatever
 * its lineage; null if there is none), and the named groups of unknown ends not yet counted.
 */
export function tallyOf({ graph, ends }: Analysis): Tally {
  const groups = new Map<string, Origin>();
  const voices = new Map<string, Voice>();
  let unnamedOnly = false;
  let namedBehind = false;
  for (const end of ends) {
    const id = attributionAt(graph, end.at).party;
    const voice = voices.get(id) ?? voiceOf(id, graph.parties);
    voices.set(id, voice);
    const { group } = voice;
    const heads = group.unnamed ? headcountOf(group) : null;
    const origin = groups.get(group.id) ?? { group, ends: [], originates: false, heads };
    groups.set(group.id, origin);
    origin.ends.push({ end, voice });
    if (!end.originates) continue;
    origin.originates = true;
    unnamedOnly = true;
    namedBehind ||= linesAbove(id, graph.parties).some((party) => !party.unnamed);
  }
  const origins = [...groups.values()];
  const named = origins.filter(({ originates, heads }) => originates && !heads).length;
  let most: Origin | null = null;
  let max: number | null = 0;
  for (const origin of origins) {
    const { heads, originates } = origin;
    if (heads && originates && heads.min > (most?.heads?.min ?? 0)) most = origin;
    const more: number | null = heads ? heads.max : 1;
    max = max === null || more === null ? null : max + more;
  }
  const min = Math.max(named, most?.heads?.min ?? 0);
  return { origins, named, most, min, max, unnamedOnly: unnamedOnly && !namedBehind };
}
