import type { SQL } from 'drizzle-orm';
import type { Store, Tx } from './store.js';
import { isPostgres } from './url.js';

/** What one read may take. A read that would take more is ended in the database. */
export interface Limits {
  /** Rows that SQLite may visit, in tables and indexes. PostgreSQL does not count them. */
  rows: number;
  /** Rows of a list that are looked up and sorted, where a condition leads to no more. */
  few: number;
  /** Characters of the texts in the rows of lists: to read, encode and send a page of megabytes takes its time, too. */
  characters: number;
  /** Milliseconds that are left for statements. */
  milliseconds(): number;
  /**
   * Milliseconds that are left for all of it, also for what it computes in steps between statements. On PostgreSQL, where
   * statements block nobody, `milliseconds` are.
   */
  inSteps(): number;
  /** Whether the client is gone. SQLite asks this while it runs. */
  isCancelled(): boolean;
  /** The time limit as a signal, for PostgreSQL, which runs in another process. */
  signal?: AbortSignal;
}

/** A read was ended because it would have taken more than it may, or because it was cancelled. */
export class LimitExceeded extends Error {
  override name = 'LimitExceeded';
}

/** Drizzle wraps what a query throws. */
export function isLimitExceeded(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof LimitExceeded) return true;
  return false;
}

/** So many rows are looked up and sorted sooner than a list is gone through until a page is full. */
export const FEW = 2_000;

/** The store with limits on every read that does not set its own. */
export const limited = (store: Store, limits: Limits): Store => ({
  ...store,
  read: (fn, options) => store.read((tx) => fn(weighed(tx, limits)), { limits, ...options }),
});

/** A transaction in which no more is looked up or read than may be. */
function weighed(tx: Tx, { few, characters }: Limits): Tx {
  if (characters === Number.POSITIVE_INFINITY) return { ...tx, few };
  let left = characters;
  return {
    ...tx,
    few,
    async rows<T>(query: SQL): Promise<T[]> {
      const rows = await tx.rows<T>(query);
      for (const row of rows) left -= lengthOf(row as object);
      if (left < 0) throw new LimitExceeded(`more than ${characters} characters`);
      return rows;
    },
  };
}

function lengthOf(row: object): number {
  let length = 0;
  for (const cell of Object.values(row)) if (typeof cell === 'string') length += cell.length;
  return length;
}

/** Milliseconds that a read may take on the thread that serves all requests, and that it may block it. */
const SHORT_MS = 250;
const BLOCKING_MS = 20;

/**
 * What a read may take on the thread that serves all requests. SQLite runs there, so rows are limited, and also the
 * time, in case each row comes from the disk. PostgreSQL does not block the thread, but the number of long queries there
 * has to be limited.
 */
export const shortReads = (url: string): Limits => ({
  rows: 10_000,
  few: FEW,
  characters: 2_000_000,
  milliseconds: () => (isPostgres(url) ? SHORT_MS : BLOCKING_MS),
  inSteps: () => SHORT_MS,
  isCancelled: () => false,
});
