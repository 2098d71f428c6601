import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { buildApp } from '../src/app.js';
import { createKey } from '../src/auth/auth.service.js';
import { openStore } from '../src/db/open.js';
import { SOME_CURSOR } from '../src/http/request/paging.js';
import { FORM_TYPE } from '../src/http/response/media.js';
import { sampleKeys } from '../src/http/schemas/sample-keys.js';
import { loadSeeds, seedFolder } from '../src/transfer/seed.js';
import { scriptedIds } from '../test/support/ids.js';
import { type ReadOperation, readOperation } from '../test/support/openapi.js';
import { readsHere } from '../test/support/reads.js';

/**
 * Writes the examples of answers in the OpenAPI documents: what the sample register answers, by the name of the schema
 * or, for texts, by the id of the operation, with one item in each list.
 */

const AT = '2026-01-31T09:00:00.000Z';
const claim = '/v1/claims/ttp-leader-family-stipend';

/** Where there is an answer of each schema. */
const addresses: Record<string, string> = {
  ClaimReviews: '/v1/claims/ttp-strength-10000/claimreview.jsonld',
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
  LikelyPairPage: '/v1/duplicates?noun=source&limit=1',
  PartyMatches: '/v1/parties/match?name=Nur%20Wali%20Masood',
  SearchPage: '/v1/search?q=stipend%20afghanis&facets=stance',
  Suggestions: '/v1/suggest?q=haqq&limit=2',
  ReconcileManifest: '/reconcile',
  ReconcileEntitySuggestions: '/reconcile/suggest/entities?prefix=haqq',
  ReconcileTypeSuggestions: '/reconcile/suggest/types?prefix=organization',
  ReconcilePropertySuggestions: '/reconcile/suggest/properties?prefix=country',
  ReconcileProposedProperties: '/reconcile/properties?type=party&limit=1',
  CslItem: '/v1/sources/monitoring-team-report-35/citation',
  CslItems: '/v1/sources.csl.json?limit=1',
};
const strength = '/v1/claims/ttp-strength-10000';

/** Where the examples of the parameters lead to an empty list or a large drawing. */
const otherAddresses: Record<string, string> = {
  listClaimConflictsCsv: `${strength}/conflicts.csv?limit=1`,
  listClaimConflictsNdjson: `${strength}/conflicts.ndjson?limit=1`,
  listClaimRelationsCsv: `${strength}/relations.csv`,
  listClaimRelationsNdjson: `${strength}/relations.ndjson`,
  listClaimAssessmentsCsv: `${strength}/assessments.csv`,
  listClaimAssessmentsNdjson: `${strength}/assessments.ndjson`,
  getPartyDependentsCsv: '/v1/parties/un-monitoring-team/dependents.csv?limit=1',
  getAttributionDependentsCsv:
    '/v1/attributions/ttp-leader-family-stipend-member-state/dependents.csv?limit=1',
  getClaimProvenanceSvg: '/v1/claims/monitoring-team-reports-twice-a-year/provenance.svg',
  listEstimatesSvg: '/v1/estimates.svg?subject=aqis&predicate=fighter-strength',
};
const nouns: Record<string, [plural: string, key: string, include: string | null]> = {
  Party: ['parties', 'pakistan', 'part_of'],
  Source: ['sources', 'monitoring-team-report-35', 'publisher'],
  Predicate: ['predicates', 'fighter-strength', null],
  Claim: ['claims', 'ttp-leader-family-stipend', 'subject'],
  Attribution: ['attributions', 'ttp-leader-family-stipend-outlet', 'party'],
  Relation: ['relations', sampleKeys.relation, 'from'],
  Assessment: ['assessments', sampleKeys.assessment, 'claim'],
  Judgement: ['judgements', sampleKeys.judgement, 'one'],
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
const headers = { authorization: `Bearer ${made.key}`, 'x-request-id': ids('request') };

async function answered(method: 'GET' | 'PUT' | 'POST', url: string, payload?: object): Promise<unknown> {
  const form = payload instanceof URLSearchParams && {
    payload: payload.toString(),
    headers: { ...headers, 'content-type': FORM_TYPE },
  };
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }), ...form });
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`);
  return answer.json();
}

await answered('PUT', `/v1/relations/${sampleKeys.relation}`, {
  from: 'ttp-strength-10000',
  type: 'contradicts',
  to: 'ttp-strength-up-to-6500',
});
await answered('PUT', `/v1/assessments/${sampleKeys.assessment}`, {
  claim: 'ttp-strength-10000',
  credibility: 3,
});
await answered('PUT', `/v1/judgements/${sampleKeys.judgement}`, {
  noun: 'party',
  one: 'ttp',
  other: 'pakistan',
  judgement: 'not_the_same',
});
const examples: Record<string, unknown> = {
  NewApiKey: { ...made, key: 'att_01kahw2v9wfyy9k9vz3n2xq5ra_secret' },
  BatchResult: await answered('POST', '/v1/batch', {
    dry_run: true,
    operations: [{ method: 'POST', type: 'party', body: { kind: 'other', name: 'A desk' } }],
  }),
};
const payload = { kind: 'other', name: 'A desk' };
const slip = ids('request');
const ofSlip = { ...headers, 'x-request-id': slip };
await app.inject({ method: 'POST', url: '/v1/parties', headers: ofSlip, payload });
examples.RevertResult = await answered('POST', `/v1/batches/${slip}/revert`, {});
examples.PartyMatchResults = await answered('POST', '/v1/parties/match', {
  queries: [{ name: 'Nur Wali Masood' }],
});
examples.ReconcileAnswer = await answered(
  'POST',
  '/reconcile',
  new URLSearchParams({ queries: '{"q0":{"query":"Nur Wali Masood"}}' }),
);
for (const [name, url] of Object.entries(addresses)) examples[name] = await answered('GET', url);
for (const [name, url] of Object.entries(await addressesOfTexts())) examples[name] = await textAt(url);
examples.streamChanges = await beginningOfStream();
await app.close();
await store.close();
rmSync(folder, { recursive: true });

/** Where texts are: the address of each operation that answers one, with the examples of its parameters. */
async function addressesOfTexts(): Promise<Record<string, string>> {
  const document = (await app.inject('/openapi.json')).json();
  const found = { ...otherAddresses };
  for (const [path, { get }] of Object.entries<Record<string, ReadOperation & { operationId: string }>>(
    document.paths,
  )) {
    if (!get || get.operationId === 'streamChanges' || get.operationId in found) continue;
    const { operationId, parameters, responses } = readOperation(document, get);
    const [media] = Object.values(responses['200']!.content ?? {});
    if (media?.schema.type !== 'string') continue;
    let url = path;
    const query = [];
    for (const { name, in: place, required, schema } of parameters) {
      const example = encodeURIComponent(schema.examples?.[0]);
      if (place === 'path') url = url.replace(`{${name}}`, example);
      else if (place === 'query' && required) query.push(`${name}=${example}`);
      else if (name === 'limit') query.push('limit=1');
    }
    found[operationId] = query.length > 0 ? `${url}?${query.join('&')}` : url;
  }
  return found;
}

async function textAt(url: string): Promise<string> {
  const { statusCode, body, headers: sent } = await app.inject({ url, headers });
  if (statusCode !== 200) throw new Error(`GET ${url}: ${body}`);
  if (/ndjson/.test(String(sent['content-type']))) return `${shortJson(body)}\n`;
  return body.replace(/(?<=[?;]before=)[\w.-]+/g, SOME_CURSOR);
}

/** The stream never ends: what comes before its first change, and that. */
async function beginningOfStream(): Promise<string> {
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const { body } = await fetch(`${base}/v1/changes/stream`, { headers });
  let text = '';
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const [opening, first, ...more] = text.split('\n\n');
    if (more.length === 0) continue;
    const shown = first!.replace(/(?<=^data: ).*$/m, shortJson);
    return `${opening}\n\n${shown}\n\n`.replace(/(?<=^id: ).*$/gm, SOME_CURSOR);
  }
  throw new Error('the stream ended');
}

/** One item in each list, and no cursor that only one register takes. */
function shortJson(text: string): string {
  const value = JSON.parse(text, (name, held) => {
    if (Array.isArray(held)) return name === 'sides' ? held : held.slice(0, 1);
    return /cursor$/.test(name) && typeof held === 'string' ? SOME_CURSOR : held;
  });
  return JSON.stringify(value);
}
const shortened = JSON.parse(shortJson(JSON.stringify(examples)));
const file = fileURLToPath(new URL('../seeds/answers.json', import.meta.url));
const sorted = Object.fromEntries(Object.entries(shortened).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, JSON.stringify(sorted));
execFileSync('npx', ['biome', 'check', '--write', file]);
