import type { Tx } from '../../src/db/store/store.js';
import { type TestApp, testApp } from './app.js';
import { chosenEngine, openRegister } from './engines.js';

/** A service on a register of its own, and how many savepoints it has begun. */
export async function countingSavepoints(): Promise<{ t: TestApp; counted: { savepoints: number } }> {
  const register = await openRegister(chosenEngine);
  const { store } = register;
  const counted = { savepoints: 0 };
  const counting = (tx: Tx): Tx => ({
    ...tx,
    savepoint: (part) => {
      counted.savepoints += 1;
      return tx.savepoint(part);
    },
  });
  const write: typeof store.write = (fn, ...more) => store.write((tx, at) => fn(counting(tx), at), ...more);
  return { t: await testApp({ on: { ...register, store: { ...store, write } } }), counted };
}
