import { describe, expect, it } from 'vitest';
import { engines, openRegister } from '../support/engines.js';

describe.each(engines)('fingerprint on %s', (engine) => {
  it('it differs after every commit that adds, changes or removes a row, and after nothing else', async () => {
    const register = await openRegister(engine);
    const { store } = register;
    const seen = [await register.fingerprint()];
    const change = async (expected: 'new' | 'same', fn: () => Promise<unknown>) => {
      await fn();
      const now = await register.fingerprint();
      expect(now === seen.at(-1) ? 'same' : 'new', String(fn)).toBe(expected);
      seen.push(now);
    };
    const settings = () => register.sql("SELECT count(*) FROM settings WHERE name = 'x'");

    await change('new', () => register.sql("INSERT INTO settings (name, value) VALUES ('x', '1')"));
    await change('new', () => register.sql("UPDATE settings SET value = '2' WHERE name = 'x'"));
    await change('same', settings);
    await change('same', () =>
      store
        .write(async (tx) => {
          await tx.db.insert(tx.tables.settings).values({ name: 'y', value: '3' });
          throw new Error('no');
        })
        .catch(() => {}),
    );
    await change('new', () => register.sql("DELETE FROM settings WHERE name = 'x'"));
    await change('new', () =>
      store.write((tx) =>
        tx.db.insert(tx.tables.reserved_keys).values({ noun: 'party', key: 'a', id: 'b', valid_from: tx.at }),
      ),
    );
    await change('same', () => store.read((tx) => tx.db.select().from(tx.tables.reserved_keys)));
    await register.close();
  });
});
