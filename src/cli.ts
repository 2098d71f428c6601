#!/usr/bin/env node
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type Config, readConfig, type Setting, settingDocs } from './config.js';
import { openStore } from './db/open.js';
import type { Checked } from './db/sqlite/backup.js';
import type { Store } from './db/store/store.js';
import type { Change } from './lib/change.js';
import { systemClock } from './lib/clock.js';
import { validationError } from './lib/errors.js';
import { newId } from './lib/ids.js';
import { version } from './version.js';

/**
 * The command line: what an operator does, over the same services as HTTP. What only one command needs is loaded
 * with it, so that a service starts sooner.
 */

const out = (text: string) => process.stdout.write(`${text}\n`);

const change = (reason: string, at: string): Change => ({
  actor: 'cli',
  onBehalfOf: null,
  reason,
  requestId: newId('request'),
  at,
});

async function withStore<T>(
  fn: (store: Store) => Promise<T>,
  options: { url: string; copying?: boolean; damaged?: boolean } = {
    url: readConfig(process.env).databaseUrl,
  },
): Promise<T> {
  const store = await openStore({
    ...options,
    onFatal(error) {
      throw error;
    },
  });
  try {
    return await fn(store);
  } finally {
    await store.close();
  }
}

/** For what makes sense of a register that is there only: a mistyped path would make an empty one, without a fault. */
function requireFile(url: string): string {
  if (url.startsWith('file:') && !existsSync(url.slice('file:'.length))) {
    throw new Error(`there is no register at ${url}`);
  }
  return url;
}

const existing = (): string => requireFile(readConfig(process.env).databaseUrl);

async function newKey(store: Store, body: object) {
  const { KeyInput } = await import('./auth/auth.schemas.js');
  const { createKey } = await import('./auth/auth.service.js');
  const { check } = await import('./http/validation/check.js');
  const input = check(KeyInput, body);
  if (!input.success) throw validationError(input.faults);
  return store.write(
    (tx, at) => createKey(tx, change('attested keys create', at), newId, input.data),
    systemClock(),
  );
}

async function repairGuardsOf(store: Store): Promise<void> {
  const { repairGuards } = await import('./db/migrations/migrate.js');
  const faults = await store.maintain(repairGuards);
  for (const fault of faults) out(`repaired: ${fault}`);
  out(`${faults.length} ${faults.length === 1 ? 'guard' : 'guards'} repaired`);
  if (faults.length > 0)
    out('Run "attested verify": what was changed without them may be missing from the past.');
}

function temporaryDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'attested-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'demo.db');
}

/** The file of the register. PostgreSQL has tools of its own for what is done with files. */
function sqliteFile(command: string): string {
  const { databaseUrl } = readConfig(process.env);
  if (databaseUrl.startsWith('file:')) return databaseUrl.replace(/^file:/, '');
  throw new Error(
    `${command} is for SQLite files. For PostgreSQL use pg_dump and pg_restore, or pg_basebackup; verify works on both.`,
  );
}

const describeCopy = (file: string, { bytes, versions, recorded_at }: Checked) =>
  `${file}: ${bytes} bytes, ${versions} versions, the last recorded ${recorded_at ?? 'never'}; checked`;

const flagOf = (name: string) => name.replace('ATTESTED_', '').toLowerCase().replaceAll('_', '-');

const program = new Command('attested')
  .description('A register of claims and their sources.')
  .version(version);

const serveCommand = program.command('serve').description('serve the register over HTTP');
const settings = settingDocs.map(({ name, description }) => {
  const option = new Option(`--${flagOf(name)} <value>`, `${description} Also ${name}.`);
  serveCommand.addOption(option);
  return { name, option };
});
serveCommand.action(async (flags: Record<string, string>) => {
  const given: Partial<Record<Setting, string>> = {};
  for (const { name, option } of settings) {
    const value = flags[option.attributeName()];
    if (value !== undefined) given[name as Setting] = value;
  }
  const config = readConfig(process.env, given);
  const { serve } = await import('./main.js');
  await serve(config);
});

program
  .command('migrate')
  .description('bring the schema up to date and stop')
  .option('--repair-guards', 'make guards again that are missing or were altered; verify names them')
  .action((options: { repairGuards?: boolean }) =>
    withStore(
      async (store) => {
        if (options.repairGuards) await repairGuardsOf(store);
        await store.check();
      },
      options.repairGuards
        ? { url: existing(), damaged: true }
        : { url: readConfig(process.env).databaseUrl, damaged: false },
    ),
  );

program
  .command('seed')
  .description('load the sample register, or the NDJSON files of a folder')
  .argument('[folder]', 'folder with *.ndjson; without it the sample')
  .action((folder?: string) =>
    withStore(async (store) => {
      const { loadSeeds, seedFolder } = await import('./transfer/seed.js');
      const { created, present } = await loadSeeds(store, systemClock(), join(folder ?? seedFolder, '/'));
      out(`${created} created, ${present} already there`);
    }),
  );

program
  .command('copy')
  .description('move a register to another database, whole and verified; run it again if it was cut off')
  .requiredOption('--from <url>', 'the register, file:… or postgres://…; stop its instances first')
  .requiredOption('--to <url>', 'an empty database, file:… or postgres://…')
  .action(async (options: { from: string; to: string }) => {
    const urlOf = (url: string) => readConfig({}, { ATTESTED_DATABASE_URL: url }).databaseUrl;
    const [from, to] = [urlOf(options.from), urlOf(options.to)];
    if (from === to) throw new Error('--from and --to are the same');
    requireFile(from);
    const { copyRegister } = await import('./transfer/copy.service.js');
    await withStore(
      async (source) =>
        withStore((target) => copyRegister({ from: source, to: target, progress: out }), {
          url: to,
          copying: true,
        }),
      { url: from },
    );
  });

const keys = program.command('keys').description('API keys');
keys
  .command('create')
  .description('create a key and print it; it is not shown again')
  .requiredOption('--name <name>', 'whose key this is, or what for')
  .option('--scopes <list>', 'read, write, review, admin, separated by commas', 'read,write')
  .option('--on-behalf-of <name>', 'the person or body the holder acts for')
  .option('--expires-at <instant>', 'when it ends, RFC 3339')
  .action((options: { name: string; scopes: string; onBehalfOf?: string; expiresAt?: string }) =>
    withStore(async (store) => {
      const { key } = await newKey(store, {
        name: options.name,
        scopes: options.scopes.split(','),
        on_behalf_of: options.onBehalfOf ?? null,
        expires_at: options.expiresAt ?? null,
      });
      out(key);
    }),
  );
keys
  .command('list')
  .description('list all keys, without their secrets, as JSON lines')
  .action(() =>
    withStore(
      async (store) => {
        const { listKeys } = await import('./auth/auth.service.js');
        for (const key of await store.read(listKeys)) out(JSON.stringify(key));
      },
      { url: existing() },
    ),
  );
keys
  .command('revoke')
  .description('revoke a key, at once and for good')
  .argument('<id>', 'id of the key, apikey_…')
  .action((id: string) =>
    withStore(
      async (store) => {
        const { revokeKey } = await import('./auth/auth.service.js');
        await store.write((tx, at) => revokeKey(tx, change('attested keys revoke', at), id), systemClock());
      },
      { url: existing() },
    ),
  );

program
  .command('backup')
  .description('write a checked copy of the register into a new file, also while it is being served')
  .argument('<file>', 'file that does not exist yet')
  .action(async (file: string) => {
    const { backUp } = await import('./db/sqlite/backup.js');
    out(describeCopy(file, await backUp(sqliteFile('backup'), file)));
  });

program
  .command('restore')
  .description('put a backup in the place of the register; no process may have that open')
  .argument('<file>', 'a file that backup wrote')
  .option('--replace', 'also when the register holds something, which is kept beside it')
  .action(async (file: string, { replace = false }: { replace?: boolean }) => {
    const { restore } = await import('./db/sqlite/backup.js');
    const path = sqliteFile('restore');
    const { kept, ...copy } = await restore(file, path, replace);
    out(describeCopy(path, copy));
    if (kept.length > 0) out(`what was there is now ${kept.join(' ')}`);
  });

program
  .command('verify')
  .description('check the storage, rebuild the register from its history and compare; fails when they differ')
  .action(() =>
    withStore(
      async (store) => {
        const { nouns } = await import('./resource-types/services.js');
        const { verifyRegister } = await import('./transfer/verify.js');
        const { versions, objects, differences } = await verifyRegister(store, nouns, systemClock, out);
        out(`${versions} versions make ${objects} objects; ${differences} differences`);
        if (differences > 0) process.exitCode = 1;
      },
      { url: existing(), damaged: true },
    ),
  );

program
  .command('demo')
  .description('serve the sample register from a new temporary database, or an empty one on PostgreSQL')
  .action(async () => {
    const given = readConfig({ ATTESTED_LOG_LEVEL: 'warn', ...process.env });
    const { host, port, databaseUrl } = given;
    // Known beforehand, so that pages to be cited show whole addresses.
    const ownUrl = host === '127.0.0.1' && port > 0 ? `http://${host}:${port}` : null;
    const config: Config = {
      ...given,
      publicUrl: given.publicUrl ?? ownUrl,
      databaseUrl: databaseUrl.startsWith('file:') ? `file:${temporaryDatabase()}` : databaseUrl,
    };
    const { serve } = await import('./main.js');
    const { loadSeeds, refuseOtherThanSample } = await import('./transfer/seed.js');
    let key = '';
    const address = await serve(config, async (store) => {
      await refuseOtherThanSample(store);
      await loadSeeds(store, systemClock());
      key = (await newKey(store, { name: 'demo', scopes: ['read', 'write', 'review', 'admin'] })).key;
    });
    out(`Attested serves the sample register. Look at it at ${address} (API: ${address}/docs)`);
    out('A key for writing:');
    out(key);
    out('Try:');
    out(`curl -s '${address}/v1/claims/ttp-leader-family-stipend'`);
  });

program.parseAsync().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
