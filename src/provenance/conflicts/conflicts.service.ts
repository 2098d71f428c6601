import { setImmediate as nextTurn } from 'node:timers/promises';
import { isAnyOf } from '../../db/query/conditions.js';
import type { Reader } from '../../db/store/store.js';
import type { Choice } from '../../resources/list.schemas.js';
import {
  comparableFigures,
  competing,
  type Figure,
  figureOfClaim,
  predicateOf,
  type Reading,
  type Way,
} from './comparable-claims.store.js';
import { type Conflict, type ConflictKind, compareClaims } from './conflicts.js';
import { functionalPredicates, onePredicate } from './figure-predicates.store.js';
import { bySeverity } from './severity.js';

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
  /** Where the other direction goes on from the page; by default it follows from the pairs of the page. */
  previous?: PairPosition;
}

export interface ConflictFilters {
  kind?: readonly ConflictKind[] | undefined;
  subject?: string[] | undefined;
  predicate?: string[] | undefined;
  /** Also figures that were superseded or taken back. */
  superseded: boolean;
  knownBy: number | null;
}

/** Most comparisons for one page; after these, the page ends early and says where to go on. */
const MOST_COMPARISONS = 5_000;
const CLAIMS_AT_ONCE = 50;
/** A position beyond every id. */
const AFTER_ALL = '~';

/** Positions right before and right behind an id, whichever ids come next. */
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
    const reading = { predicates: await onePredicate(tx, predicate), knownBy: filters.knownBy };
    const figure = await figureOfClaim(tx, claimId, reading);
    return figure && { figure, reading };
  });
  if (!own?.figure.comparable.predicate?.functional) return { pairs: [], next: null };
  const way = { from: at.second, back: at.back };
  return gather(stepsOf(reader, own.figure, '', way, own.reading), filters, at.back, limit);
}

/** All conflicts in the register, each pair once, the older claim first. */
export const allConflicts = (reader: Reader, filters: ConflictFilters, at: PairPosition, limit: number) =>
  gather(allSteps(reader, filters, at), filters, at.back, limit);

/** Most comparisons for a list by severity, which has to know all conflicts before it shows the first. */
const MOST_SORTED = 20_000;

/** All conflicts, the most severe first, after or before the one with the number `at.first`. */
export async function severestConflicts(
  reader: Reader,
  filters: ConflictFilters,
  at: PairPosition,
  limit: number,
): Promise<Pairs | 'too_many'> {
  const start = { first: '', second: '', back: false };
  const { pairs, next } = await gather(
    allSteps(reader, filters, start),
    filters,
    false,
    Number.POSITIVE_INFINITY,
    MOST_SORTED,
  );
  if (next !== null) return 'too_many';
  const severe = ({ conflict, sides }: Pair) => ({
    kind: conflict.kind,
    sides: sides.map(({ view }) => view.standing),
  });
  pairs.sort((a, b) => bySeverity(severe(a), severe(b)));
  const place = (offset: number, back: boolean) => ({ first: String(offset), second: '', back });
  const reached = Number(at.first);
  const [from, to] = at.back ? [Math.max(reached - limit, 0), reached] : [reached, reached + limit];
  const more = at.back ? from > 0 : to < pairs.length;
  return {
    pairs: pairs.slice(from, to),
    next: more ? place(at.back ? from : to, at.back) : null,
    previous: place(reached, !at.back),
  };
}

async function gather(
  steps: AsyncIterable<Step>,
  filters: ConflictFilters,
  back: boolean,
  limit: number,
  most = MOST_COMPARISONS,
): Promise<Pairs> {
  const { kind } = filters;
  const shown = (figure: Figure) =>
    !figure.unsaid && (filters.superseded || (!figure.retracted && figure.view.superseded_by.length === 0));
  const pairs: Pair[] = [];
  let next: PairPosition | null = null;
  let taken = 0;
  for await (const { at, sides } of steps) {
    const conflict = sides?.every(shown) ? compareClaims(sides[0].comparable, sides[1].comparable) : null;
    if (sides && conflict && (kind === undefined || kind.includes(conflict.kind)))
      pairs.push({ conflict, sides });
    if (pairs.length === limit || ++taken === most) {
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
  reading: Reading,
): AsyncGenerator<Step> {
  for (let at = from; ; ) {
    const way = { from: at, back };
    const others = await reader.read((tx) => competing(tx, figure, floor, way, reading, CLAIMS_AT_ONCE));
    for (const other of others) {
      at = other.id;
      yield { at: { first: figure.id, second: at, back }, sides: [figure, other] };
    }
    if (others.length < CLAIMS_AT_ONCE) return;
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
    const { reading, figures } = await reader.read(async (tx) => {
      const predicates = await functionalPredicates(tx);
      const { claims: t } = tx.tables;
      const named = filters.predicate?.filter((key) => predicates.has(key)) ?? [...predicates.keys()];
      const where = [isAnyOf(t.predicate_id, named), isAnyOf(t.subject_id, filters.subject)];
      const reading = { predicates, knownBy: filters.knownBy };
      return {
        reading,
        figures: await comparableFigures(tx, { from, back }, where, reading, CLAIMS_AT_ONCE),
      };
    });
    for (const figure of figures) {
      // Only the claim at which the page before ended is begun halfway.
      const begun = figure.id === from ? at : back ? AFTER_ALL : '';
      yield* stepsOf(reader, figure, figure.id, { from: begun, back }, reading);
      yield { at: { first: figure.id, second: done, back }, sides: null };
      [from, at] = [figure.id, done];
    }
    if (figures.length < CLAIMS_AT_ONCE) return;
    await nextTurn();
  }
}

export const pairView = ({ conflict, sides }: Pair) => ({
  ...conflict,
  subject: sides[0].shown.subject,
  predicate: sides[0].shown.predicate,
  sides: sides.map((side) => side.view),
});

/** What a list of pairs can be asked for. */
export interface PairFilters {
  kind?: ConflictKind[] | undefined;
  subject?: string[] | undefined;
  predicate?: string[] | undefined;
  superseded?: 'include' | undefined;
  known_by?: number | undefined;
  sort?: 'severity' | undefined;
}

export interface ConflictQuery extends PairFilters, Pick<Choice, 'as_of' | 'limit' | 'cursor'> {}
