import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type PostgresServer, postgresServer } from '../test/support/postgres-server.js';
import { Load } from './failover-load.js';
import { build, run, startInstance } from './processes.js';

/**
 * A primary and a synchronous standby, two instances that know both, and clients that write without pause. Five
 * times the primary is killed and the standby promoted; a new standby takes the place of what was killed. The
 * instances are never restarted. Fails if an acknowledged write is lost or a client does not see its own.
 *
 *     npx tsx bench/failover.ts --rounds 5 --writers 8
 */

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, writers: { type: 'string', default: '8' } },
});
/** How long the clients write before the primary is killed. */
const LOAD_MS = 4_000;
/** How long it takes somebody to notice that the primary is gone. */
const NOTICE_MS = 1_000;
const DURABLE = { fsync: 'on' };

const say = (text: string) => process.stdout.write(`${text}\n`);

async function ask<T extends pg.QueryResultRow>(server: PostgresServer, text: string): Promise<T[]> {
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** From here on a commit is acknowledged when the standby has it, too. */
async function makeSynchronous(primary: PostgresServer): Promise<void> {
  await ask(primary, "ALTER SYSTEM SET synchronous_standby_names = '*'");
  await ask(primary, 'SELECT pg_reload_conf()');
  const states = () => ask<{ sync_state: string }>(primary, 'SELECT sync_state FROM pg_stat_replication');
  while (!(await states()).some(({ sync_state }) => sync_state === 'sync')) await sleep(20);
}

const portOf = (server: PostgresServer) => Number(new URL(server.url).port);
const middle = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

let primary = await postgresServer(DURABLE);
let standby = await primary.standby(DURABLE);
let lost = 0;
const times: number[] = [];
try {
  const hosts = [primary, standby].map((server) => new URL(server.url).host).join(',');
  const url = `postgres://attested@${hosts}/postgres`;
  const replicas = [primary.url, standby.url].join(',');
  const settings = {
    ATTESTED_DATABASE_URL: url,
    ATTESTED_REPLICA_URLS: replicas,
    ATTESTED_LOG_LEVEL: 'silent',
  };
  const cli = build();
  const key = run(cli, ['keys', 'create', '--name', 'failover'], settings).trim();
  const instances = [await startInstance(cli, settings), await startInstance(cli, settings)];
  const load = new Load(
    instances.map(({ port }) => `http://127.0.0.1:${port}`),
    key,
  );

  say('| round | acknowledged | lost | unanswered, yet kept | promotion | first write after it |');
  say('| --- | --- | --- | --- | --- | --- |');
  for (let round = 1; round <= Number(options.rounds); round += 1) {
    await makeSynchronous(primary);
    load.begin(Number(options.writers));
    await sleep(LOAD_MS);
    await primary.halt('SIGKILL');
    await sleep(NOTICE_MS);

    const promoting = performance.now();
    await ask(standby, 'SELECT pg_promote()');
    const promoted = performance.now();
    const first = await load.nextWrite(promoted);
    await sleep(LOAD_MS / 4);
    await load.end();

    const kept = new Set(
      (await ask<{ key: string }>(standby, 'SELECT key FROM parties')).map((row) => row.key),
    );
    const missing = load.acknowledged.filter((marker) => !kept.has(marker));
    const unanswered = load.unanswered.filter((marker) => kept.has(marker));
    lost += missing.length;
    times.push(first);
    say(
      `| ${round} | ${load.acknowledged.length} | ${missing.length} | ${unanswered.length} | ${Math.round(promoted - promoting)} ms | ${Math.round(first)} ms |`,
    );

    const port = portOf(primary);
    await primary.remove();
    primary = standby;
    standby = await primary.standby(DURABLE, port);
  }
  say(`\nlost: ${lost}; own writes not seen: ${load.unseen}; other failures: ${load.failures.length}`);
  say(`reads ${load.reads}, answered 503 while no primary was there: ${load.refused}`);
  say(
    `first write after promotion: median ${Math.round(middle(times))} ms, most ${Math.round(Math.max(...times))} ms`,
  );
  for (const failure of load.failures.slice(0, 5)) say(failure);
  for (const instance of instances) await instance.close();
  if (lost + load.unseen + load.failures.length > 0) process.exitCode = 1;
} finally {
  await standby.remove();
  await primary.remove();
}
