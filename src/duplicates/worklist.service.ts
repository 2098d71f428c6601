import { type Reference, referencesTo } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { JudgedNoun } from '../judgements/judgements.schemas.js';
import { type Duplicate, eachOnce } from '../resources/duplicates.js';
import { filterId } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows, rowById } from '../resources/resources.store.js';
import type { ResourceService } from '../resources/service.js';
import { objectsIn, ofKind, sharing, tiersOf, type Wanted } from './tiers.store.js';

/** Pairs that are likely the same: those that creations would tell of, for objects that are there already. */

/** Objects that one request compares with all others. */
const LOOKED_AT = 100;

export interface Comparing extends Wanted {
  of: JudgedNoun;
  service: ResourceService;
  minScore: number;
}

/** Where a page ends: behind so many pairs of the newest object of a tier that is older than another one. */
export interface Place {
  tier: number;
  /** Null: the newest of all. */
  before: string | null;
  done: number;
}

export const START: Place = { tier: 0, before: null, done: 0 };

interface Pair extends Pick<Duplicate, 'score' | 'reasons'> {
  one: string;
  other: string;
}

export interface ShownPair {
  noun: JudgedNoun;
  score: number;
  one: Reference;
  other: Reference;
  reasons: { code: string; detail: string }[];
}

/** The pairs behind a place, and where to go on; null behind the last one. */
export async function pairsAfter(
  tx: Tx,
  comparing: Comparing,
  from: Place,
  limit: number,
): Promise<{ pairs: ShownPair[]; next: Place | null }> {
  const tiers = tiersOf(comparing.of);
  const pairs: Pair[] = [];
  const shown = () => shownPairs(tx, comparing.of, pairs);
  let looked = 0;
  let { before, done } = from;
  for (const [tier, shared] of tiers.entries()) {
    if (tier < from.tier) continue;
    const { ids, end } = await objectsIn(tx, shared, comparing, before, LOOKED_AT - looked + 1);
    const some = ids.slice(0, LOOKED_AT - looked);
    for (const stored of (await findRows(tx, comparing.noun, some)).reverse()) {
      await tx.yield();
      const found = (await pairsIn(tx, comparing, tier, stored)).slice(done);
      const room = limit - pairs.length;
      pairs.push(...found.slice(0, room));
      if (found.length > room) return { pairs: await shown(), next: { tier, before, done: done + room } };
      before = stored.id;
      done = 0;
      looked++;
    }
    if (ids.length > some.length) return { pairs: await shown(), next: { tier, before, done } };
    if (end !== null) return { pairs: await shown(), next: { tier, before: end, done: 0 } };
    before = null;
    done = 0;
  }
  return { pairs: await shown(), next: null };
}

/** All that one object may be the same as, the likeliest first; 400 where there is no such object. */
export async function pairsOf(tx: Tx, comparing: Comparing, reference: string): Promise<ShownPair[]> {
  const stored = await rowById(tx, comparing.noun, await filterId(tx, comparing.of, 'of', reference));
  const pairs = await inOrder(tx, comparing, stored, await found(tx, comparing, stored));
  return shownPairs(tx, comparing.of, pairs);
}

const found = async (tx: Tx, { service }: Comparing, stored: ResourceRow): Promise<Duplicate[]> =>
  eachOnce((await service.duplicates?.(tx, stored)) ?? []);

/**
 * The pairs of an object that belong to a tier: to the first that both share. A pair is told where the later of both is looked
 * at, since the later one is the duplicate; where only the earlier one leads to the other, there.
 */
async function pairsIn(tx: Tx, comparing: Comparing, tier: number, stored: ResourceRow): Promise<Pair[]> {
  let left = await found(tx, comparing, stored);
  const upToHere = tiersOf(comparing.of).slice(0, tier + 1);
  for (const [i, one] of upToHere.entries()) {
    if (one === null) break;
    const ids = left.map(({ id }) => id);
    const shared = await sharing(tx, one, comparing, stored.id, ids);
    left = left.filter(({ id }) => shared.has(id) === (i === tier));
  }
  // Last, since it looks for all that the other one may be the same as.
  const told: Duplicate[] = [];
  for (const one of left) {
    if (one.id < stored.id || !(await leadsTo(tx, comparing, one.id, stored.id))) told.push(one);
  }
  return inOrder(tx, comparing, stored, told);
}

async function leadsTo(tx: Tx, comparing: Comparing, from: string, to: string): Promise<boolean> {
  const stored = await rowById(tx, comparing.noun, from);
  return (await found(tx, comparing, stored)).some(({ id }) => id === to);
}

async function inOrder(
  tx: Tx,
  comparing: Comparing,
  stored: ResourceRow,
  left: Duplicate[],
): Promise<Pair[]> {
  const fits = await ofKind(tx, comparing, [stored.id, ...left.map(({ id }) => id)]);
  if (!fits.has(stored.id)) return [];
  return left
    .filter(({ id, score }) => fits.has(id) && score >= comparing.minScore)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map(({ id, score, reasons }) => ({ one: stored.id, other: id, score, reasons }));
}

async function shownPairs(tx: Tx, noun: JudgedNoun, pairs: readonly Pair[]): Promise<ShownPair[]> {
  const names = pairs.flatMap(({ one, other }) => [`${noun}:${one}`, `${noun}:${other}`]);
  const reference = await referencesTo(tx, names);
  const named = (id: string) => reference(`${noun}:${id}`);
  return pairs.map(({ one, other, score, reasons }) => ({
    ...{ noun, score, one: named(one), other: named(other) },
    reasons: reasons.map(({ code, detail }) => ({ code, detail })),
  }));
}
