import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { buildApp } from '../src/app.js';
import { createKey } from '../src/auth/auth.service.js';
import { openStore } from '../src/db/store.js';
import { loadSeeds, seedFolder } from '../src/transfer/seed.js';
import { scriptedIds } from '../test/support/ids.js';
import { readsHere } from '../test/support/reads.js';

/**
 * Writes the examples of answers in the OpenAPI documents: what the sample register answers, by the name of the schema,
 * with one item in each list.
 */

const AT = '2026-01-31T09:00:00.000Z';
const claim = '/v1/claims/ttp-leader-family-stipend';

/** Where there is an answer of each schema. */
const addresses: Record<string, string> = {
  Entry: '/',
  Overview: '/v1',
  Health: '/livez',
  ProblemKindList: '/problems',
  ProblemKind: '/problems/not_found',
  Me: '/v1/me',
  ApiKeyList: '/v1/keys',
  StandingExplanation: `${claim}/standing`,
  ProvenanceGraph: `${claim}/provenance`,
  Timeline: `${claim}/timeline`,
  AttributionSentence: `${claim}/attribution-sentence`,
  Dependents: '/v1/sources/monitoring-team-report-35/dependents?limit=1',
  ConflictPage: '/v1/conflicts?limit=1',
  Estimates: '/v1/estimates?subject=ttp&predicate=fighter-strength',
  ChangePage: '/v1/changes?limit=1',
  VersionPage: '/v1/parties/ttp/history',
  PartyMatches: '/v1/parties/match?name=Nur%20Wali%20Masood',
  CslItem: '/v1/sources/monitoring-team-report-35/citation',
  CslItems: '/v1/sources.csl.json?limit=1',
};
const nouns: Record<string, [plural: string, key: string, include: string | null]> = {
  Party: ['parties', 'pakistan', 'part_of'],
  Source: ['sources', 'monitoring-team-report-35', 'publisher'],
  Predicate: ['predicates', 'fighter-strength', null],
  Claim: ['claims', 'ttp-leader-family-stipend', 'subject'],
  Attribution: ['attributions', 'ttp-leader-family-stipend-outlet', 'party'],
  Relation: ['relations', 'example-relation', 'from'],
  Assessment: ['assessments', 'example-assessment', 'claim'],
};
for (const [one, [plural, key, include]] of Object.entries(nouns)) {
  addresses[`${one}Page`] = `/v1/${plural}?key=${key}`;
  addresses[one] = `/v1/${plural}/${key}`;
  addresses[`${one}Content`] = `/v1/${plural}/${key}/input`;
  addresses[`${one}Version`] = `/v1/${plural}/${key}/history/1`;
  if (include) addresses[`${one}WithIncluded`] = `/v1/${plural}/${key}?include=${include}`;
}

const folder = mkdtempSync(join(tmpdir(), 'attested-examples-'));
const store = await openStore({
  url: `file:${join(folder, 'sample.db')}`,
  onFatal(error) {
    throw error;
  },
});
const ids = scriptedIds();
await loadSeeds(store, AT, seedFolder, ids);
const change = { actor: 'cli', onBehalfOf: null, reason: null, requestId: ids('request'), at: AT };
const scopes = ['read', 'write', 'review', 'admin'] as const;
const input = { name: 'desk', scopes: [...scopes], on_behalf_of: null, expires_at: null };
const made = await store.write((tx) => createKey(tx, change, ids, input), AT);
const app = await buildApp({
  config: { openReads: true, corsOrigins: [] },
  store,
  clock: () => AT,
  ids,
  logger: pino({ level: 'silent' }),
  ...readsHere(store, { clock: () => AT }),
});
const headers = { authorization: `Bearer ${made.key}` };

async function answered(method: 'GET' | 'PUT' | 'POST', url: string, payload?: object): Promise<unknown> {
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`);
  return answer.json();
}

await answered('PUT', '/v1/relations/example-relation', {
  from: 'ttp-strength-10000',
  type: 'contradicts',
  to: 'ttp-strength-up-to-6500',
});
await answered('PUT', '/v1/assessments/example-assessment', { claim: 'ttp-strength-10000', credibility: 3 });
const examples: Record<string, unknown> = {
  NewApiKey: { ...made, key: 'att_01kahw2v9wfyy9k9vz3n2xq5ra_secret' },
  BatchResult: await answered('POST', '/v1/batch', {
    dry_run: true,
    operations: [{ method: 'POST', type: 'party', body: { kind: 'other', name: 'A desk' } }],
  }),
};
examples.PartyMatchResults = await answered('POST', '/v1/parties/match', {
  queries: [{ name: 'Nur Wali Masood' }],
});
for (const [name, url] of Object.entries(addresses)) examples[name] = await answered('GET', url);
await app.close();
await store.close();
rmSync(folder, { recursive: true });

/** One item in each list, and no cursor that only one register takes. */
const shortened = JSON.parse(JSON.stringify(examples), (name, value) => {
  if (Array.isArray(value)) return name === 'sides' ? value : value.slice(0, 1);
  return /cursor$/.test(name) && typeof value === 'string' ? 'WyIvdjEvY2xhaW1zIl0.c2lnbmVk' : value;
});
const file = fileURLToPath(new URL('../seeds/answers.json', import.meta.url));
const sorted = Object.fromEntries(Object.entries(shortened).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, JSON.stringify(sorted));
execFileSync('npx', ['biome', 'check', '--write', file]);
