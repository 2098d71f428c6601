import { getTableName } from 'drizzle-orm';
import type { Tx } from '../../src/db/store/store.js';
import { type TestApp, testApp } from './app.js';
import { chosenEngine, openRegister } from './engines.js';

/** What a service asked of its database in writes. */
interface Watched {
  /** How many savepoints it has begun. */
  savepoints: number;
  /** The columns of each statement that changes rows, as `table: column column`, once for a connection. */
  changes: string[];
}

/** A service on a register of its own, and what it asks of that. */
export async function watchedApp(): Promise<{ t: TestApp; watched: Watched }> {
  const register = await openRegister(chosenEngine);
  const { store } = register;
  const watched: Watched = { savepoints: 0, changes: [] };
  const watching = (tx: Tx): Tx => ({
    ...tx,
    savepoint: (part) => {
      watched.savepoints += 1;
      return tx.savepoint(part);
    },
    modification: (table, columns) => {
      watched.changes.push(`${getTableName(table)}: ${columns.map(({ name }) => name).join(' ')}`);
      return tx.modification(table, columns);
    },
  });
  const write: typeof store.write = (fn, ...more) => store.write((tx, at) => fn(watching(tx), at), ...more);
  return { t: await testApp({ on: { ...register, store: { ...store, write } } }), watched };
}
