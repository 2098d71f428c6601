import type { Pending } from '../db/store/pending.js';
import type { Tx } from '../db/store/store.js';

/**
 * Work of which a write does no more than so much. It is counted by what there is to do and never by time, so that the
 * same write is told the same wherever it is done.
 */

/** Objects that are written at once, each of which is compared with those that were there before it. */
export const MOST_TOGETHER = 100;
/** Attributions that are sent for them: all pages that are changed meanwhile are kept as they were, in case all is to be undone. */
export const MOST_ATTRIBUTIONS_TOGETHER = 2_000;

/** Parties that were compared with others in any spelling, and how much of names that was. */
export type Work = 'matched parties' | 'compared names';

/** How much of each kind of work was done. */
export type WorkDone = ReadonlyMap<Work, number>;

const done = new WeakMap<Pending, WorkDone>();
const NOTHING: WorkDone = new Map();

export const workOf = ({ pending }: Tx): WorkDone => (pending && done.get(pending)) ?? NOTHING;

/** How much of a kind of work the write did until now; none in a read. */
export const workDone = (tx: Tx, kind: Work): number => workOf(tx).get(kind) ?? 0;

export function addWork(tx: Tx, kind: Work, amount: number): void {
  if (tx.pending) done.set(tx.pending, new Map(workOf(tx)).set(kind, workDone(tx, kind) + amount));
}

/** Takes the work of a write for what it was. */
export function resetWork({ pending }: Tx, work: WorkDone): void {
  if (pending) done.set(pending, work);
}

/**
 * Does a part of a write that is done once more, in smaller parts, if it throws: its work is counted only then. What is
 * undone for good has been counted.
 */
export async function countedOnce<T>(tx: Tx, part: () => Promise<T>): Promise<T> {
  const before = workOf(tx);
  try {
    return await part();
  } catch (error) {
    resetWork(tx, before);
    throw error;
  }
}
