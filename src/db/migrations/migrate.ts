import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Guards, guardFaults, guardRepairs, refuseGuardFaults } from './guards.js';

/** What the runner needs of an engine. */
export interface MigrationTarget {
  engine: 'sqlite' | 'postgres';
  exec(sql: string): Promise<void>;
  rows<T>(sql: string): Promise<T[]>;
  /**
   * Runs `fn` in one transaction, under a lock that keeps every other instance out. `fn` tells whether it
   * changed anything that must be checked, which takes long on a large register.
   */
  exclusively(fn: () => Promise<boolean>): Promise<void>;
  /** The guards that these migrations make, in their order, and those of the register. */
  guards(migrations: string[]): Promise<Guards>;
}

interface Migration {
  name: string;
  checksum: string;
  sql: string;
}

interface Applied {
  name: string;
  checksum: string;
}

const root = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/** Of each engine, read once: the files are a part of the program. */
const known = new Map<string, Promise<Migration[]>>();

function migrationsOf(engine: string): Promise<Migration[]> {
  const migrations = known.get(engine) ?? readMigrations(engine);
  known.set(engine, migrations);
  return migrations;
}

async function readMigrations(engine: string): Promise<Migration[]> {
  const folder = `${root}${engine}/`;
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(folder + name, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** The checksums of the migrations that this program knows, by name. */
export async function knownMigrations(engine: MigrationTarget['engine']): Promise<Map<string, string>> {
  return new Map((await migrationsOf(engine)).map(({ name, checksum }) => [name, checksum]));
}

/** The migrations still to be applied. Throws when the register and the program do not belong together. */
function pending(migrations: Migration[], applied: Applied[]): Migration[] {
  applied.forEach((done, index) => {
    const known = migrations[index];
    if (!known) throw new Error(`the register has migration ${done.name}, which this program does not know`);
    if (known.name !== done.name)
      throw new Error(`migration ${known.name} stands where ${done.name} was applied`);
    if (known.checksum !== done.checksum)
      throw new Error(`migration ${done.name} was changed after it was applied`);
  });
  return migrations.slice(applied.length);
}

const appliedTo = (target: MigrationTarget) =>
  target.rows<Applied>('SELECT name, checksum FROM schema_migrations ORDER BY name');

const record = (target: MigrationTarget, { name, checksum }: Migration) =>
  target.exec(
    `INSERT INTO schema_migrations VALUES ('${name}', '${checksum}', '${new Date().toISOString()}')`,
  );

/** Brings the schema up to date: all pending files in one transaction, or none. */
export async function migrate(target: MigrationTarget): Promise<void> {
  const migrations = await migrationsOf(target.engine);
  await target.exclusively(async () => {
    await target.exec(
      'CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)',
    );
    const outstanding = pending(migrations, await appliedTo(target));
    for (const migration of outstanding) {
      await target.exec(migration.sql);
      await record(target, migration);
    }
    return outstanding.length > 0;
  });
}

async function guardsOf(target: MigrationTarget): Promise<Guards> {
  const migrations = await migrationsOf(target.engine);
  return target.guards(migrations.map(({ sql }) => sql));
}

/** What is wrong with the guards of a register whose schema is current; see `guards.ts`. */
export const guardFaultsOf = async (target: MigrationTarget): Promise<string[]> =>
  guardFaults(await guardsOf(target));

/** Makes guards again that are missing or altered, and takes away those that are not ours. Tells of each. */
export async function repairGuards(target: MigrationTarget): Promise<string[]> {
  const { faults, statements } = guardRepairs(await guardsOf(target));
  await target.exclusively(async () => {
    for (const statement of statements) await target.exec(statement);
    return false;
  });
  refuseGuardFaults(await guardFaultsOf(target));
  return faults;
}

export async function schemaIsCurrent(target: MigrationTarget): Promise<boolean> {
  return pending(await migrationsOf(target.engine), await appliedTo(target)).length === 0;
}
