import { setImmediate as nextTurn } from 'node:timers/promises';
import { isAnyOf } from '../db/conditions.js';
import type { Reader } from '../db/store.js';
import { type Conflict, type ConflictKind, compareClaims } from './conflicts.js';
import {
  comparableFigures,
  type Figure,
  figureOfClaim,
  functionalPredicates,
  onePredicate,
  predicateOf,
  rivals,
} from './figures.store.js';

export interface Pair {
  conflict: Conflict;
  sides: [Figure, Figure];
}

/** Where to go on: after this pair of claims. */
export interface PairPosition {
  first: string;
  second: string;
}

export interface Pairs {
  pairs: Pair[];
  next: PairPosition | null;
}

export interface ConflictFilters {
  kind?: readonly ConflictKind[] | undefined;
  subject?: string[] | undefined;
  predicate?: string[] | undefined;
}

/** Comparisons that one page makes at most; it then ends early and says where to go on. */
const MOST = 5_000;
const CHUNK = 50;

const wanted = (filters: ConflictFilters, conflict: Conflict | null): conflict is Conflict =>
  conflict !== null && (filters.kind === undefined || filters.kind.includes(conflict.kind));

/** What conflicts with one claim, in the order of the other claims' ids. */
export async function conflictsOf(
  reader: Reader,
  claimId: string,
  filters: ConflictFilters,
  after: string,
  limit: number,
): Promise<Pairs> {
  const own = await reader.read(async (tx) => {
    const predicate = await predicateOf(tx, claimId);
    if (predicate === null) return null;
    const predicates = await onePredicate(tx, predicate);
    const figure = await figureOfClaim(tx, claimId, predicates);
    return figure && { figure, predicates };
  });
  const pairs: Pair[] = [];
  if (!own?.figure.comparable.predicate?.functional) return { pairs, next: null };
  let second = after;
  for (let compared = 0; compared < MOST; compared += CHUNK) {
    const from = second;
    const others = await reader.read((tx) => rivals(tx, own.figure, from, own.predicates, CHUNK));
    for (const other of others) {
      second = other.id;
      const conflict = compareClaims(own.figure.comparable, other.comparable);
      if (wanted(filters, conflict)) pairs.push({ conflict, sides: [own.figure, other] });
      if (pairs.length === limit) return { pairs, next: { first: claimId, second } };
    }
    if (others.length < CHUNK) return { pairs, next: null };
    await nextTurn();
  }
  return { pairs, next: { first: claimId, second } };
}

/** All conflicts in the register, each pair once, the older claim first. */
export async function allConflicts(
  reader: Reader,
  filters: ConflictFilters,
  at: PairPosition,
  limit: number,
): Promise<Pairs> {
  const pairs: Pair[] = [];
  let { first, second } = at;
  let compared = 0;
  for (;;) {
    const figures = await reader.read(async (tx) => {
      const predicates = await functionalPredicates(tx);
      const { claims: t } = tx.tables;
      const named = filters.predicate?.filter((key) => predicates.has(key)) ?? [...predicates.keys()];
      const where = [isAnyOf(t.predicate_id, named), isAnyOf(t.subject_id, filters.subject)];
      return { predicates, list: await comparableFigures(tx, first, where, predicates, CHUNK) };
    });
    for (const figure of figures.list) {
      // Pairs are found from their older claim; begin where the page before left off.
      let after = figure.id === at.first && at.second > figure.id ? at.second : figure.id;
      if (figure.id === first && second > after) after = second;
      first = figure.id;
      second = after;
      for (;;) {
        const from = second;
        const others = await reader.read((tx) => rivals(tx, figure, from, figures.predicates, CHUNK));
        for (const other of others) {
          second = other.id;
          compared++;
          const conflict = compareClaims(figure.comparable, other.comparable);
          if (wanted(filters, conflict)) pairs.push({ conflict, sides: [figure, other] });
          if (pairs.length === limit) return { pairs, next: { first, second } };
        }
        compared++;
        if (others.length < CHUNK) break;
        if (compared >= MOST) return { pairs, next: { first, second } };
      }
      second = AFTER_ALL;
      if (compared >= MOST) return { pairs, next: { first, second } };
    }
    if (figures.list.length < CHUNK) return { pairs, next: null };
    await nextTurn();
  }
}

/** A position beyond every id: the pairs of this claim are done. */
const AFTER_ALL = '~';

export const pairView = ({ conflict, sides }: Pair) => ({
  ...conflict,
  subject: sides[0].shown.subject,
  predicate: sides[0].shown.predicate,
  sides: sides.map((side) => side.view),
});
