import { getTableColumns } from 'drizzle-orm';
import { shapeOf } from '../schema/columns.js';
import type { Tables } from '../schema/tables.js';
import { LimitExceeded, type Limits } from '../store/limits.js';
import type { Client } from './connections.js';

/** Rows that are visited between two checks of the time. */
const ROWS_A_LOOK = 64;

/**
 * Ends reads that exceed their limits. The driver runs a statement to its end and cannot interrupt it, but SQLite
 * calls a function for every row that it visits: on a connection that reads, a temporary view of the same name
 * stands before each table, which adds this call. SQLite flattens such views, so plans stay as they are, and the call
 * comes first at every level of a join, where it needs no column but the key that each index holds.
 */
export class Meter {
  private limits: Limits | null = null;
  private left = Number.POSITIVE_INFINITY;
  private until = Number.POSITIVE_INFINITY;
  private untilInSteps = Number.POSITIVE_INFINITY;
  private visited = 0;

  constructor(client: Client) {
    client.function('visit', (_key) => this.visit());
  }

  begin(limits: Limits | undefined): void {
    this.limits = limits ?? null;
    this.left = limits?.rows ?? Number.POSITIVE_INFINITY;
    this.until = limits ? performance.now() + limits.milliseconds() : Number.POSITIVE_INFINITY;
    this.untilInSteps = limits ? performance.now() + limits.inSteps() : Number.POSITIVE_INFINITY;
    this.visited = 0;
    this.look(this.until);
  }

  /** Between the steps of what is computed. */
  step(): void {
    this.look(this.untilInSteps);
  }

  private visit(): number {
    this.visited += 1;
    if (this.visited > this.left) throw new LimitExceeded(`more than ${this.left} rows`);
    if (this.visited % ROWS_A_LOOK === 0) this.look(this.until);
    return 1;
  }

  private look(until: number): void {
    if (this.limits?.isCancelled()) throw new LimitExceeded('cancelled');
    if (performance.now() > until) throw new LimitExceeded('out of time');
  }
}

/** The call for a row of a table; with a column that every index of the table holds, so that none is read for it. */
export const visitOf = (tables: Tables, name: keyof Tables): string =>
  `visit(${shapeOf(tables[name]).primaryKey?.[0] ?? 'rowid'})`;

/**
 * Puts the views before the tables. Documents of the history are looked up by number, one for each row that was
 * visited: a condition of its own would have SQLite read all of them for a Bloom filter. What an index of words finds is
 * counted by the rows that it leads to.
 */
export function meterTables(client: Client, tables: Tables): void {
  for (const name of Object.keys(tables) as (keyof Tables)[]) {
    if (name === 'history' || shapeOf(tables[name]).fullText) continue;
    // Where a row stands is its key in a table that has none.
    const place = shapeOf(tables[name]).primaryKey ? [] : ['rowid'];
    const columns = Object.values(getTableColumns(tables[name])).map((column) => `"${column.name}"`);
    const select = `SELECT ${[...place, ...columns].join(', ')} FROM main.${name} WHERE ${visitOf(tables, name)}`;
    client.exec(`CREATE TEMP VIEW ${name} AS ${select}`);
  }
}
