import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openStore } from '../src/db/open.js';
import { newId } from '../src/lib/ids.js';
import { matchParties } from '../src/parties/match.service.js';
import { PartyInput } from '../src/parties/parties.schemas.js';
import { nouns, services } from '../src/resource-types/services.js';
import { createAll } from '../src/resources/plans.js';
import { randomizer } from './sample.js';
import { ran } from './usage.js';

/**
 * How long it takes to find a party by a name among many: `tsx bench/names.ts [parties]`. The register is made on the
 * first run and kept in the folder for temporary files, since making it takes minutes.
 */

const PARTIES = Number(process.argv[2] ?? 200_000);
const SEARCHES = 500;
const AT_ONCE = 500;

/** Given names and family names as they fall together in this field: a few are borne by very many. */
const given =
  `muhammad ahmad ali hassan hussein omar abdul-rahman abdullah ibrahim khalid noor sirajuddin jalaluddin gul
saif abu-bakr zabihullah hamid karim rashid vladimir sergei dmitry igor olga wei jinping min carlos maria jean pierre`.split(
    /\s+/,
  );
const endings = 'i zai ani ovi khel ullah uddin zada yar mand ev in ov enko son ez as'.split(' ');
const stems =
  'meh mas haq akhund stan kar zar bar dar gil han jan kal lash mir nas pat qad rab sad tar wal yus zah'.split(
    ' ',
  );

const file = join(tmpdir(), `attested-names-${PARTIES}.db`);
const store = await openStore({
  url: `file:${file}`,
  onFatal: (error) => {
    throw error;
  },
});
const random = randomizer(17);
const pick = <T>(items: readonly T[]): T => items[Math.min(random(items.length), random(items.length))]!;
const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);
const family = () => capital(pick(stems) + (random(2) ? pick(stems) : '') + pick(endings));
const person = () => [capital(pick(given)), ...(random(2) ? [capital(pick(given))] : []), family()].join(' ');
const body = () =>
  `${pick(['Tehrik-e', 'Lashkar-e', 'Hizb-e', 'Ministry of', 'Bank of', 'Union of'])} ${family()} ${family()}`;

const { parties } = services(newId);
const [count] = await store.read((tx) =>
  tx.db.select({ id: tx.tables.parties.id }).from(tx.tables.parties).limit(1),
);
const names: string[] = [];
const at = new Date().toISOString();
const started = performance.now();
for (let i = 0; i < PARTIES; i += AT_ONCE) {
  const drafts = Array.from({ length: AT_ONCE }, () =>
    random(4) ? { kind: 'person', name: person() } : { kind: 'organization', name: body() },
  );
  names.push(...drafts.map(({ name }) => name));
  if (count) continue;
  await store.write(async (tx, now) => {
    const change = { at: now, actor: 'bench', onBehalfOf: null, reason: null, requestId: newId('request') };
    await createAll(
      tx,
      change,
      { noun: nouns.party, service: parties },
      drafts.map((draft) => PartyInput.parse(draft)),
    );
  }, at);
}
if (!count) console.log(`${PARTIES} parties made in ${Math.round((performance.now() - started) / 1000)} s`);

/** Another spelling of a name. */
const misspelled = (name: string) =>
  name
    .replace(/a(?=[nrl])/, 'e')
    .replace(/uddin/, 'ud-Din')
    .replace(/q/g, 'k');
const times: number[] = [];
const shares: number[] = [];
let found = 0;
let [before, held] = [ran(), 0];
const watch = setInterval(() => {
  const now = ran();
  held = Math.max(held, now - before);
  before = now;
}, 1);
for (let i = 0; i < SEARCHES; i += 1) {
  const name = names[random(names.length)]!;
  const [begun, had] = [performance.now(), ran()];
  const items = await matchParties(store, { name: misspelled(name) });
  times.push(performance.now() - begun);
  shares.push(ran() - had);
  if (items.some((item) => item.party.name === name)) found += 1;
  await new Promise(setImmediate);
}
clearInterval(watch);
const told = (all: number[]) => {
  all.sort((a, b) => a - b);
  const part = (share: number) => all[Math.min(Math.floor(all.length * share), all.length - 1)]!.toFixed(1);
  return `median ${part(0.5)} ms, p99 ${part(0.99)} ms, most ${part(1)} ms`;
};
console.log(`${PARTIES} parties, processor time of a search: ${told(shares)}; by the clock: ${told(times)}`);
console.log(
  `event loop held for at most ${held.toFixed(1)} ms of processor time; found among ten: ${found} of ${SEARCHES}`,
);
await store.close();
if (process.argv.includes('--remove')) await rm(file);
