import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it, test, vi } from 'vitest';
import { openStore } from '../../src/db/open.js';
import { backUp, restore } from '../../src/db/sqlite/backup.js';
import type { Store } from '../../src/db/store/store.js';
import { templatesOf } from '../support/shared.js';

const disk = vi.hoisted(() => ({ fault: '', meanwhile: () => {} }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const link: typeof real.link = async (from, to) => {
    disk.meanwhile();
    if (disk.fault) throw Object.assign(new Error(disk.fault), { code: disk.fault });
    await real.link(from, to);
  };
  return { ...real, link };
});

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

it('restore: a log that was left without its register is set aside, not applied to the backup', async () => {
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

const { sample } = await templatesOf('sqlite');
const whole = readFileSync(sample);
const half = whole.length >> 1;
it.each([
  ['text', Buffer.from('no database'), 'is no register'],
  ['an empty file', Buffer.alloc(0), 'is no register'],
  ['half of a backup', whole.subarray(0, half), 'malformed'],
  [
    'a backup with damaged pages',
    Buffer.concat([whole.subarray(0, half), Buffer.alloc(40_960, 7), whole.subarray(half + 40_960)]),
    'The copy is damaged',
  ],
])('restore: %s is refused, and the register stays as it was', async (_, content, message) => {
  const [path, bad] = [newPath(), newPath()];
  copyFileSync(sample, path);
  writeFileSync(bad, content);
  await expect(restore(bad, path, true)).rejects.toThrow(message);
  await expect(restore(bad, path, true)).rejects.not.toThrow('.partial');
  expect(readFileSync(path).equals(whole)).toBe(true);
});

it('restore: a backup in which one reference leads nowhere is refused', async () => {
  const [path, bad] = [newPath(), newPath()];
  copyFileSync(sample, bad);
  const client = new Database(bad);
  client.pragma('foreign_keys = OFF');
  client.exec("INSERT INTO party_names (party_id, folded, valid_from) VALUES ('party_nobody', 'nobody', 0)");
  client.close();
  await expect(restore(bad, path, false)).rejects.toThrow('1 references that lead nowhere');
  expect(existsSync(path)).toBe(false);
});

describe('backUp where there are no hard links', () => {
  afterEach(() => Object.assign(disk, { fault: '', meanwhile: () => {} }));

  test.each(['EPERM', 'ENOTSUP'])('%s: a backup is made by another way', async (fault) => {
    const [path, backup] = [newPath(), newPath()];
    const store = await open(path);
    await put(store, 'kept');
    await store.close();
    disk.fault = fault;
    await backUp(path, backup);
    expect(await names(backup)).toContain('kept');
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('a file that was made meanwhile is not overwritten', async () => {
    const [path, backup] = [newPath(), newPath()];
    await (await open(path)).close();
    Object.assign(disk, { fault: 'EPERM', meanwhile: () => writeFileSync(backup, 'theirs') });
    await expect(backUp(path, backup)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(backup, 'utf8')).toBe('theirs');
  });

  it('any other fault is reported, and no file is left', async () => {
    const [path, backup] = [newPath(), newPath()];
    await (await open(path)).close();
    disk.fault = 'EIO';
    await expect(backUp(path, backup)).rejects.toMatchObject({ code: 'EIO' });
    expect(existsSync(backup)).toBe(false);
  });
});
