import { copyFile, link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { knownMigrations } from '../migrations/migrate.js';
import { sqliteCode } from './dialect.js';

/** Copies of a register on SQLite: one file, whole and checked, never half written under its final name. */

/** The endings of the files that the engine keeps beside a register. */
const sidecarFiles = ['-wal', '-shm', '-journal'];

/** The errors of file systems without hard links, such as exFAT and network shares. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

export interface Checked {
  bytes: number;
  /** Number of versions in the history. */
  versions: number;
  /** When the last of them was recorded; null in an empty register. */
  recorded_at: string | null;
}

/**
 * Writes the register as it is when the copying begins into a new file, while others go on writing. The copy is
 * opened and checked before it gets its name. Throws when the file exists.
 */
export async function backUp(path: string, file: string): Promise<Checked> {
  if (!(await exists(path))) throw new Error(`There is no register at ${path}.`);
  if (await exists(file)) throw new Error(`${file} exists; a backup never overwrites anything.`);
  const partial = `${file}.${process.pid}.partial`;
  try {
    const source = new Database(path, { readonly: true });
    const before = newest(source);
    try {
      // One reading transaction: it sees one state, and no writer makes it begin again.
      source.prepare('VACUUM INTO ?').run(partial);
    } finally {
      source.close();
    }
    const checked = await check(partial);
    if (checked.versions < before)
      throw new Error('The copy is older than the register was; it was not kept.');
    await sync(partial);
    await name(partial, file);
    await sync(dirname(resolve(file)));
    return checked;
  } finally {
    await removeFiles(partial);
  }
}

/**
 * Puts a backup in the place of a register. Throws when there is one that holds anything, unless `replace`, or
 * when a process has it open. What was there is kept beside it, also a log without its register; returns under
 * which names.
 */
export async function restore(
  file: string,
  path: string,
  replace: boolean,
): Promise<Checked & { kept: string[] }> {
  if (!(await exists(file))) throw new Error(`There is no file ${file}.`);
  const partial = `${path}.${process.pid}.partial`;
  try {
    await copyFile(file, partial);
    const checked = await check(partial, file);
    const aside = `${path}.replaced-${new Date().toISOString().replaceAll(':', '-')}`;
    const kept: string[] = [];
    if (await exists(path)) {
      const held = checkpoint(path);
      if (held > 0 && !replace) {
        throw new Error(
          `The register at ${path} holds ${held} versions. Restore to another place, or add --replace.`,
        );
      }
      if (held > 0) {
        await rename(path, aside);
        kept.push(aside);
      }
    }
    // The engine would take a log that stands beside the file for its own, and apply what it tells.
    for (const end of sidecarFiles) {
      if (!(await exists(path + end))) continue;
      await rename(path + end, aside + end);
      kept.push(aside + end);
    }
    await sync(partial);
    await rename(partial, path);
    await sync(dirname(resolve(path)));
    return { ...checked, kept };
  } finally {
    await removeFiles(partial);
  }
}

/** Opens a copy as a register and checks every page, every reference between rows, and its schema. Messages call it by `name`. */
async function check(path: string, name = path): Promise<Checked> {
  const copy = new Database(path);
  try {
    // A copy is one file: it needs no log beside it.
    copy.pragma('journal_mode = DELETE');
    const damage = copy.pragma('integrity_check(5)', { simple: true });
    if (damage !== 'ok') throw new Error(`The copy is damaged: ${damage}`);
    const dangling = copy.pragma('foreign_key_check') as unknown[];
    if (dangling.length > 0) throw new Error(`The copy has ${dangling.length} references that lead nowhere.`);
    const known = await knownMigrations('sqlite');
    const applied = copy.prepare('SELECT name, checksum FROM schema_migrations').all() as {
      name: string;
      checksum: string;
    }[];
    const strange = applied.find(({ name, checksum }) => known.get(name) !== checksum);
    if (strange)
      throw new Error(`The copy has the schema ${strange.name}, which this program does not know.`);
    const last = 'SELECT recorded_at FROM history ORDER BY seq DESC LIMIT 1';
    const recorded = copy.prepare(last).pluck().get() as string | undefined;
    const { size } = await stat(path);
    return { bytes: size, versions: newest(copy), recorded_at: recorded ?? null };
  } catch (error) {
    if (sqliteCode(error)) throw new Error(`${name} is no register: ${(error as Error).message}`);
    throw error;
  } finally {
    copy.close();
  }
}

const newest = (client: Database.Database): number =>
  (client.prepare('SELECT max(seq) FROM history').pluck().get() as number | null) ?? 0;

/** Makes a register one file without a log, which only works while nobody else has it open. Tells what it holds. */
function checkpoint(path: string): number {
  const client = new Database(path, { timeout: 1_000 });
  try {
    const mode = client.pragma('journal_mode = DELETE', { simple: true });
    if (mode !== 'delete') throw new Error(`A process has ${path} open; stop it first.`);
    const tables = client.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'history'").pluck().get();
    return tables === 0 ? 0 : newest(client);
  } catch (error) {
    if (sqliteCode(error).startsWith('SQLITE_BUSY')) {
      throw new Error(`A process has ${path} open; stop it first.`, { cause: error });
    }
    throw error;
  } finally {
    client.close();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Unlike a rename this fails when somebody has made the file meanwhile. */
async function name(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // The name is taken first, as an empty file, which is no register; then it is that of the copy, at once.
    await (await open(file, 'wx')).close();
    try {
      await rename(partial, file);
    } catch (failed) {
      await rm(file, { force: true });
      throw failed;
    }
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeFiles(path: string): Promise<void> {
  for (const end of ['', ...sidecarFiles]) await rm(path + end, { force: true });
}
