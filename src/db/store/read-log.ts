import type { Tx } from './store.js';

/** Reads again what was read once; throws what a read throws. */
type Again = (tx: Tx) => PromiseLike<readonly object[]>;

interface Entry {
  again: Again;
  cells: readonly unknown[];
}

/**
 * What some transactions have read, query by query. What was made of that alone would be made again as long as each
 * query finds the same.
 */
export class ReadLog {
  private readonly entries: Entry[] = [];
  /** Characters of all texts that were read. */
  size = 0;
  /** Whether it holds all that was read. */
  isComplete = true;

  /** The same transaction, with its queries written down. One that is run by `db` itself cannot be repeated. */
  noting(tx: Tx): Tx {
    const log = this;
    return {
      ...tx,
      noted: { tx, log },
      get db() {
        log.isComplete = false;
        return tx.db;
      },
      async rows<T>(query: Parameters<Tx['rows']>[0]) {
        const rows = await tx.rows<T>(query);
        log.add((other) => other.rows<object>(query), rows as readonly object[]);
        return rows;
      },
    };
  }

  add(again: Again, rows: readonly object[]): void {
    // Who reads rows may change them.
    const cells = cellsOf(rows);
    for (const cell of cells) if (typeof cell === 'string') this.size += cell.length;
    this.entries.push({ again, cells });
  }

  /** Whether every query finds in a transaction what it has found. */
  async holds(tx: Tx): Promise<boolean> {
    if (!this.isComplete) return false;
    for (const { again, cells } of this.entries) {
      const found = cellsOf(await again(tx));
      if (found.length !== cells.length || found.some((cell, i) => cell !== cells[i])) return false;
    }
    return true;
  }
}

/** All cells of rows, one after the other: a query has the same columns each time it is run. */
function cellsOf(rows: readonly object[]): unknown[] {
  const cells: unknown[] = [];
  for (const row of rows) {
    for (const cell of Object.values(row)) {
      cells.push(typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : cell);
    }
  }
  return cells;
}
