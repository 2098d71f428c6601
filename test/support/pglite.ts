import { readFileSync } from 'node:fs';
import { PGlite, types } from '@electric-sql/pglite';
import type { PgConnection, PgPool, PgQuery } from '../../src/db/postgres/pool.js';

/** PGlite, PostgreSQL inside this process, in the place of a pool of one connection. */
export class PglitePool implements PgPool {
  private last: Promise<void> = Promise.resolve();

  constructor(readonly lite: PGlite) {}

  /** `template` is a data directory as `dumpDataDir` gave it. */
  static async create(template?: string): Promise<PglitePool> {
    const options = { parsers: { [types.NUMERIC]: Number } };
    if (!template) return new PglitePool(await PGlite.create(options));
    const loadDataDir = new Blob([readFileSync(template)]);
    return new PglitePool(await PGlite.create({ ...options, loadDataDir }));
  }

  async connect(): Promise<PgConnection> {
    const turn = this.last;
    let release = () => {};
    this.last = new Promise((resolve) => {
      release = resolve;
    });
    await turn;
    return { query: (query, params) => this.query(query, params), release };
  }

  /** Ends the engine, after whoever uses it now. */
  async end(): Promise<void> {
    await this.last;
    await this.lite.close();
  }

  private async query(query: string | PgQuery, params?: unknown[]): Promise<{ rows: unknown[] }> {
    const { text, rowMode }: PgQuery = typeof query === 'string' ? { text: query } : query;
    if (params) return this.lite.query(text, params, { rowMode: rowMode ?? 'object' });
    return (await this.lite.exec(text)).at(-1) ?? { rows: [] };
  }
}
