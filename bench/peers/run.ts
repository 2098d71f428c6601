import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../measure.js';
import { usageOf } from '../usage.js';
import { openAttested } from './attested.js';
import { openDatasette } from './datasette.js';
import type { Open, Peer } from './peer.js';
import { openPocketBase } from './pocketbase.js';

/**
 * Measures the register beside programs that are often used for such data: PocketBase and Datasette. Each is installed
 * into node_modules/.cache, holds the same claims with three attributions each, and is asked for the same. Figures are
 * processor time of the server. `npm run bench:peers`; Linux only.
 */

const CLAIMS = 5_000;
const READ_MS = 2_000;
const CREATED = 300;
/** After it, what loading leaves behind has been collected. */
const SETTLE_MS = 3_000;

type Figures = Record<string, string>;

/** With the log of the database, if it has one. */
const bytesOf = (file: string): number =>
  [file, `${file}-wal`].reduce((sum, path) => sum + (existsSync(path) ? statSync(path).size : 0), 0);

async function measure(peer: Peer, client: Client): Promise<Figures> {
  const { pid, port } = peer.server;
  await sleep(SETTLE_MS);
  const figures: Figures = { 'on disk, KB a claim': (bytesOf(peer.file) / 1_024 / CLAIMS).toFixed(1) };
  figures['memory, MB'] = usageOf(pid).resident.toFixed(0);
  const reads: Record<string, string[]> = {
    health: [peer.health],
    'claim with attributions and names': Array.from({ length: 500 }, (_, i) => peer.item(i)).flat(),
    'page of 50': [peer.page],
    'page of 50, expanded': [peer.expanded],
  };
  for (const [what, paths] of Object.entries(reads)) {
    const load = { port, paths, connections: 4 };
    await client.send({ ...load, milliseconds: READ_MS / 3 });
    const { cpu } = usageOf(pid);
    const { requests } = await client.send({ ...load, milliseconds: READ_MS });
    const each = what.startsWith('claim') ? peer.item(0).length : 1;
    figures[`${what}, ms`] = (((usageOf(pid).cpu - cpu) / requests) * 1_000 * each).toFixed(3);
  }
  const before = usageOf(pid);
  for (let i = 0; peer.create && i < CREATED; i++) {
    const { path, headers, body } = peer.create(1_000_000 + i);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    if (!answer.ok) throw new Error(`${peer.name} answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
  const after = usageOf(pid);
  const figure = (value: number) => (peer.create ? value.toFixed(1) : 'reads only');
  figures['create a claim with three attributions, ms'] = figure(
    ((after.cpu - before.cpu) / CREATED) * 1_000,
  );
  figures['the same: written, KB'] = figure((after.written - before.written) / 1_024 / CREATED);
  return figures;
}

const folder = mkdtempSync(join(tmpdir(), 'attested-peers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const opened: Record<string, Open> = {
  Attested: openAttested,
  PocketBase: openPocketBase,
  Datasette: openDatasette,
};
const table: Record<string, Figures> = {};
const client = new Client();
for (const [name, open] of Object.entries(opened)) {
  process.stderr.write(`${name}\n`);
  try {
    const peer = await open(folder, CLAIMS);
    for (const [what, value] of Object.entries(await measure(peer, client))) {
      table[what] = { ...table[what], [peer.name]: value };
    }
    await peer.server.close();
  } catch (error) {
    process.stderr.write(`${name} could not be measured: ${(error as Error).message}\n`);
    if (name === 'Attested') throw error;
  }
}
client.close();
console.table(table);
process.exit(0);
