import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectWriter } from '../../src/db/sqlite/connections.js';

/** The files in a folder that the process has open, without those that have a name there. */
const unnamedIn = (folder: string): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const name = readlinkSync(`/proc/self/fd/${fd}`);
      return name.startsWith(folder) && name.endsWith(' (deleted)') ? [name] : [];
    } catch {
      // It was that of the folder of descriptors.
      return [];
    }
  });

/** The files that are open amid a savepoint that changed half a megabyte, which is undone then. */
function amidLongSavepoint(): { before: string[]; amid: string[]; changed: unknown } {
  const folder = mkdtempSync(join(tmpdir(), "it's-"));
  const client = connectWriter(join(folder, 'register.db'));
  try {
    client.exec('CREATE TABLE texts (text TEXT)');
    const insert = client.prepare('INSERT INTO texts VALUES (?)');
    client.exec('BEGIN');
    for (let i = 0; i < 1_000; i++) insert.run('x'.repeat(500));
    client.exec('COMMIT; BEGIN; SAVEPOINT part');
    const before = unnamedIn(folder);
    client.exec("UPDATE texts SET text = 'y' || text");
    const amid = unnamedIn(folder);
    client.exec('ROLLBACK TO part; RELEASE part; COMMIT');
    const changed = client.prepare("SELECT count(*) FROM texts WHERE text LIKE 'y%'").pluck().get();
    return { before, amid, changed };
  } finally {
    client.close();
    rmSync(folder, { recursive: true });
  }
}

it.runIf(process.platform === 'linux')(
  'what a long savepoint has changed is kept beside the register',
  () => {
    let seen = amidLongSavepoint();
    // The folder is one for the process, in which other tests open registers, too.
    for (let tries = 1; tries < 5 && seen.amid.length === 0; tries++) seen = amidLongSavepoint();
    expect(seen).toEqual({ before: [], amid: [expect.stringContaining('etilqs')], changed: 0 });
  },
);
