import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store, Tx } from '../src/db/store/store.js';
import { type Comparing, type Place, pairsAfter, START } from '../src/duplicates/worklist.service.js';
import type { JudgedNoun } from '../src/judgements/judgements.schemas.js';
import { only } from '../src/lib/collections.js';
import { newId } from '../src/lib/ids.js';
import { PartyInput } from '../src/parties/parties.schemas.js';
import { nouns, services } from '../src/resource-types/services.js';
import { createAll } from '../src/resources/plans.js';
import { claimLines, load, open, scale } from './register.js';
import { groundLines } from './sample.js';

/**
 * What likely duplicates cost in a large register, in processor time: `tsx bench/duplicates.ts [parties] [claims]`. The parties
 * are those of `bench/names.ts`, which has to be run before. Each text of the claims stands there many times, so
 * that every claim has as many duplicates as are looked at.
 */

const [PARTIES = 200_000, CLAIMS = 100_000] = process.argv.slice(2).map(Number);
/** Claims that go through the services; the rest are copies of these. */
const LOADED = 2_000;
const CREATED = 200;
const PAGES = 10;
const LIMIT = 50;

const { parties, claims } = services(newId);

/** Milliseconds of processor time. */
async function used<T>(fn: () => Promise<T>): Promise<[result: T, ms: number]> {
  const before = process.cpuUsage();
  const result = await fn();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1_000];
}

const median = (times: number[]): string =>
  times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!.toFixed(1);

async function worklist(store: Store, of: JudgedNoun, service: Comparing['service']): Promise<void> {
  const comparing: Comparing = { of, noun: nouns[of], service, kind: undefined, minScore: 0 };
  for (const [what, start] of [
    ['the surest', START],
    ['all others', { ...START, tier: of === 'party' ? 2 : 1 }],
  ] as const) {
    const times: number[] = [];
    let found = 0;
    let place: Place | null = start;
    for (let i = 0; i < PAGES && place; i++) {
      const from: Place = place;
      const [page, ms] = await used(() => store.read((tx) => pairsAfter(tx, comparing, from, LIMIT)));
      times.push(ms);
      found += page.pairs.length;
      place = page.next;
    }
    console.log(`${of}: a page of ${what}: ${median(times)} ms, ${found} pairs on ${times.length} pages`);
  }
}

const kind = { noun: nouns.party, service: parties };

/** What a creation takes without and with the look for others like it; nothing is kept. */
async function creations(store: Store): Promise<void> {
  const undone = new Error('undone');
  const times: Record<'create' | 'duplicates', number[]> = { create: [], duplicates: [] };
  for (let i = 0; i < CREATED; i++) {
    const input = PartyInput.parse({ kind: 'person', name: `Muhammad Ali Mehzai ${i % 7 ? '' : i}`.trim() });
    const create = async (tx: Tx, at: string) => {
      const change = { at, actor: 'bench', onBehalfOf: null, reason: null, requestId: newId('request') };
      const [stored, made] = await used(async () => only(await createAll(tx, change, kind, [input])));
      const [, looked] = await used(() => parties.duplicates!(tx, stored));
      times.create.push(made);
      times.duplicates.push(looked);
      throw undone;
    };
    await store.write(create, new Date().toISOString()).catch((error) => {
      if (error !== undone) throw error;
    });
  }
  console.log(`a party created: ${median(times.create)} ms, others like it: ${median(times.duplicates)} ms`);
}

const named = join(tmpdir(), `attested-names-${PARTIES}.db`);
if (!existsSync(named)) throw new Error(`run tsx bench/names.ts ${PARTIES} before`);
const register = await open(named);
await creations(register);
await worklist(register, 'party', parties);
await register.close();

const folder = mkdtempSync(join(tmpdir(), 'attested-duplicates-'));
try {
  const base = join(folder, 'base.db');
  const store = await open(base);
  await load(store, folder, groundLines(CLAIMS));
  await load(store, folder, claimLines(0, LOADED, CLAIMS));
  await store.close();
  await scale(base, join(folder, 'large.db'), folder, CLAIMS);
  const large = await open(join(folder, 'large.db'));
  await worklist(large, 'claim', claims);
  await large.close();
} finally {
  rmSync(folder, { recursive: true });
}
