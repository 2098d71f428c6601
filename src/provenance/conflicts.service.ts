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
  type Predicates,
  predicateOf,
  rivals,
  type Way,
} from './figures.store.js';

export interface Pair {
  conflict: Conflict;
  sides: [Figure, Figure];
}

/** Where to go on: after this pair of claims, or before it. */
export interface PairPosition {
  first: string;
  second: string;
  back: boolean;
}

export interface Pairs {
  /** In the order of the list, whichever way it was read. */
  pairs: Pair[];
  /** Where to go on in the same direction; null at the end. */
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
/** A position beyond every id. */
const AFTER_ALL = '~';

/** Positions between an id and its neighbours, whatever these are. */
export const justAfter = (id: string): string => id + AFTER_ALL;
export const justBefore = (id: string): string =>
  id === '' ? id : id.slice(0, -1) + String.fromCharCode(id.charCodeAt(id.length - 1) - 1) + AFTER_ALL;

/** A pair to be compared, or a claim all of whose pairs are done. */
interface Step {
  at: PairPosition;
  sides: [Figure, Figure] | null;
}

/** What conflicts with one claim, in the order of the other claims' ids. */
export async function conflictsOf(
  reader: Reader,
  claimId: string,
  filters: ConflictFilters,
  at: PairPosition,
  limit: number,
): Promise<Pairs> {
  const own = await reader.read(async (tx) => {
    const predicate = await predicateOf(tx, claimId);
    if (predicate === null) return null;
    const predicates = await onePredicate(tx, predicate);
    const figure = await figureOfClaim(tx, claimId, predicates);
    return figure && { figure, predicates };
  });
  if (!own?.figure.comparable.predicate?.functional) return { pairs: [], next: null };
  const way = { from: at.second, back: at.back };
  return gather(stepsOf(reader, own.figure, '', way, own.predicates), filters, at.back, limit);
}

/** All conflicts in the register, each pair once, the older claim first. */
export const allConflicts = (reader: Reader, filters: ConflictFilters, at: PairPosition, limit: number) =>
  gather(allSteps(reader, filters, at), filters, at.back, limit);

async function gather(
  steps: AsyncIterable<Step>,
  { kind }: ConflictFilters,
  back: boolean,
  limit: number,
): Promise<Pairs> {
  const pairs: Pair[] = [];
  let next: PairPosition | null = null;
  let taken = 0;
  for await (const { at, sides } of steps) {
    const conflict = sides && compareClaims(sides[0].comparable, sides[1].comparable);
    if (conflict && (kind === undefined || kind.includes(conflict.kind))) pairs.push({ conflict, sides });
    if (pairs.length === limit || ++taken === MOST) {
      next = at;
      break;
    }
  }
  return { pairs: back ? pairs.reverse() : pairs, next };
}

/** The pairs of one claim with those younger than `floor`. */
async function* stepsOf(
  reader: Reader,
  figure: Figure,
  floor: string,
  { from, back }: Way,
  predicates: Predicates,
): AsyncGenerator<Step> {
  for (let at = from; ; ) {
    const way = { from: at, back };
    const others = await reader.read((tx) => rivals(tx, figure, floor, way, predicates, CHUNK));
    for (const other of others) {
      at = other.id;
      yield { at: { first: figure.id, second: at, back }, sides: [figure, other] };
    }
    if (others.length < CHUNK) return;
    await nextTurn();
  }
}

/** Pairs are found from their older claim. */
async function* allSteps(
  reader: Reader,
  filters: ConflictFilters,
  { first, second, back }: PairPosition,
): AsyncGenerator<Step> {
  const done = back ? '' : AFTER_ALL;
  for (let [from, at] = [first, second]; ; ) {
    const { predicates, figures } = await reader.read(async (tx) => {
      const predicates = await functionalPredicates(tx);
      const { claims: t } = tx.tables;
      const named = filters.predicate?.filter((key) => predicates.has(key)) ?? [...predicates.keys()];
      const where = [isAnyOf(t.predicate_id, named), isAnyOf(t.subject_id, filters.subject)];
      return { predicates, figures: await comparableFigures(tx, { from, back }, where, predicates, CHUNK) };
    });
    for (const figure of figures) {
      // Only the claim at which the page before ended is begun halfway.
      const begun = figure.id === from ? at : back ? AFTER_ALL : '';
      yield* stepsOf(reader, figure, figure.id, { from: begun, back }, predicates);
      yield { at: { first: figure.id, second: done, back }, sides: null };
      [from, at] = [figure.id, done];
    }
    if (figures.length < CHUNK) return;
    await nextTurn();
  }
}

export const pairView = ({ conflict, sides }: Pair) => ({
  ...conflict,
  subject: sides[0].shown.subject,
  predicate: sides[0].shown.predicate,
  sides: sides.map((side) => side.view),
});
