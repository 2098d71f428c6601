import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { backUp, restore } from '../../src/db/backup.js';
import { openStore, type Store } from '../../src/db/store.js';

/** Backups on disks, and beside files, that are not as one would wish. */

const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const newPath = () => join(folder, `${made++}.db`);
const open = (path: string): Promise<Store> =>
  openStore({
    url: `file:${path}`,
    onFatal(error) {
      throw error;
    },
  });
const put = (store: Store, name: string) =>
  store.write((tx) => tx.db.insert(tx.tables.settings).values({ name, value: 'x'.repeat(3_000) }));
const names = async (path: string): Promise<string[]> => {
  const store = await open(path);
  const rows = await store.read((tx) => tx.db.select().from(tx.tables.settings));
  await store.close();
  return rows.map(({ name }) => name);
};

it('a log that was left without its register is not taken for that of the backup', async () => {
  const [path, backup, log] = [newPath(), newPath(), newPath()];
  const store = await open(path);
  for (let i = 0; i < 10; i += 1) await put(store, `before-${i}`);
  await backUp(path, backup);
  for (let i = 0; i < 10; i += 1) await put(store, `after-${i}`);
  copyFileSync(`${path}-wal`, log);
  await store.close();
  rmSync(path);
  for (const end of ['-wal', '-shm', '-journal']) copyFileSync(log, path + end);

  const { kept } = await restore(backup, path, false);
  const found = await names(path);
  expect(found.filter((name) => name.startsWith('before-'))).toHaveLength(10);
  expect(found.filter((name) => name.startsWith('after-'))).toEqual([]);
  const aside = kept[0]!.slice(0, -4);
  expect(kept).toEqual(['-wal', '-shm', '-journal'].map((end) => aside + end));
  expect(kept.every((name) => name.startsWith(`${path}.replaced-`) && existsSync(name))).toBe(true);
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
});
