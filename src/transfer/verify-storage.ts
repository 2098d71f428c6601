import { guardFaultsOf } from '../db/migrations/migrate.js';
import type { Store } from '../db/store/store.js';
import type { Report } from './rebuild.js';

/** Faults of pages and references that are told one by one. */
const MOST_TOLD = 100;

/**
 * Reports what the database itself finds wrong: guards that are missing or altered, and on SQLite pages, indexes and
 * references between rows. PostgreSQL says of a damaged page only that it cannot be read.
 */
export const verifyStorage = (store: Store, report: Report): Promise<void> =>
  store.maintain(async (target) => {
    for (const fault of await guardFaultsOf(target)) report(`guards: ${fault}`);
    if (target.engine !== 'sqlite') return;
    const pages = await target.rows<{ integrity_check: string }>(`PRAGMA integrity_check(${MOST_TOLD})`);
    for (const { integrity_check: line } of pages) {
      if (line !== 'ok') report(`storage: ${line.replaceAll('\n', '; ')}`);
    }
    const dangling = await target.rows<{ table: string; parent: string; n: number }>(
      'SELECT "table", parent, count(*) AS n FROM pragma_foreign_key_check GROUP BY 1, 2',
    );
    for (const { table, parent, n } of dangling) {
      report(`storage: ${n} rows of ${table} refer to rows of ${parent} that are not there`);
    }
  });
