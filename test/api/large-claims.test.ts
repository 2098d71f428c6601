import { beforeAll, describe, expect, it } from 'vitest';
import { explanationText } from '../../src/provenance/explanation-task.js';
import { fallenClaims } from '../../src/provenance/falls-task.js';
import { isLarge, onlyGraph } from '../../src/provenance/graph-rows.js';
import { knownRows } from '../../src/provenance/known-rows.service.js';
import { graphRows, wordingOf } from '../../src/provenance/provenance.store.js';
import { sentenceText } from '../../src/provenance/sentence-task.js';
import { standingOf } from '../../src/provenance/standing.js';
import { testApp } from '../support/app.js';

/** A claim whose attributions are so many that a worker works them out. */

const t = await testApp();
const LINKS = 10;
const said = 1_000;

const attributions = Array.from({ length: said }, (_, i) => ({
  local_id: `said-${i}`,
  party: `outlet-${i % 20}`,
  ...(i % LINKS === 0
    ? { stance: 'asserts', lineage: 'originates' }
    : {
        stance: 'reports',
        relays: [`@said-${i - 1}`, ...(i > LINKS + 1 ? [`@said-${i - LINKS - 1}`] : [])],
      }),
}));

const read = async (path: string) => (await t.send('GET', path)).json;
const rows = async () => t.store.read((tx) => graphRows(tx, [id]));
let id = '';

beforeAll(async () => {
  for (let i = 0; i < 20; i++)
    await t.send('PUT', `/v1/parties/outlet-${i}`, { kind: 'media', name: `Outlet ${i}` });
  await t.send('PUT', '/v1/parties/somebody', { kind: 'person', name: 'Somebody', unnamed: true });
  await t.send('PUT', '/v1/claims/large', { text: 'The bridge is closed.', attributions });
  const late = {
    party: 'somebody',
    party_as_stated: 'a senior official',
    stance: 'asserts',
    lineage: 'originates',
  };
  expect((await t.send('POST', '/v1/claims/large/attributions', late)).status).toBe(201);
  id = (await read('/v1/claims/large')).id;
});

describe('a claim of 1,001 attributions', () => {
  it('is large', async () => {
    expect(isLarge(await rows())).toBe(true);
    expect((await read('/v1/claims/large')).attribution_count).toBe(said + 1);
  });

  it('has its standing explained as if it were small', async () => {
    const claim = { id, key: 'large', name: 'The bridge is closed.' };
    const expected = JSON.parse(explanationText({ kind: 'explanation', rows: await rows(), claim }));
    const explained = await read('/v1/claims/large/standing');
    expect(explained).toEqual(expected);
    // Outlets 0 and 10 stand at the ends of all chains; the official may be one of them.
    expect(explained.standing.origins).toEqual({ min: 2, max: null });
    expect(explained.ends[0].party).toMatchObject({ key: 'outlet-0', name: 'Outlet 0' });
    expect(explained.paths[0].at(-1)).toMatchObject({
      id: explained.ends[0].attribution.id,
      name: 'Outlet 0',
    });
  });

  it('keeps the same standing with the claim', async () => {
    expect((await read('/v1/claims/large')).standing).toEqual(standingOf(onlyGraph(await rows()).graph));
  });

  it('is told in a sentence as if it were small', async () => {
    const wording = await t.store.read((tx) => wordingOf(tx, id));
    expect(wording.map(([, words]) => words)).toEqual(['a senior official']);
    const expected = sentenceText({
      kind: 'sentence',
      rows: await rows(),
      text: 'The bridge is closed.',
      wording,
    });
    const { sentence } = await read('/v1/claims/large/attribution-sentence');
    expect(sentence).toBe(expected);
    expect(sentence).toMatch(/^According to Outlet 0, as relayed by .*the bridge is closed\.$/);
  });

  it('falls as if it were small', async () => {
    const party = (await read('/v1/parties/outlet-10')).id;
    const [expected] = fallenClaims({ kind: 'falls', rows: await rows(), falling: { party } });
    const { items, complete } = await read('/v1/parties/outlet-10/dependents');
    expect(complete).toBe(true);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ before: expected!.fallen.before, after: expected!.fallen.after });
    expect(items[0].after.origins.min).toBe(1);
    expect(items[0].fallen).toHaveLength(expected!.fallen.fallen.length);
  });
});

const strangers = Array.from({ length: 510 }, () => ({
  method: 'POST',
  type: 'party',
  body: { kind: 'other', name: 'Stranger' },
}));
const many = (count: number) =>
  Array.from({ length: count }, () => ({
    method: 'POST',
    type: 'attribution',
    body: { claim: 'large', party: 'outlet-2', stance: 'reports' },
  }));

/** Everything that may happen to a claim, and what leaves it alone, in an order that later ones build upon. */
const changes: [what: string, method: string, path: string, body?: object][] = [
  ['an attribution is changed', 'PATCH', 'attributions/late', { stance: 'denies', lineage: null }],
  [
    'another claim comes',
    'PUT',
    'claims/other',
    { text: 'The road is closed.', attributions: [{ party: 'outlet-0', stance: 'asserts' }] },
  ],
  [
    'the same is changed once more',
    'PATCH',
    'attributions/late',
    { stance: 'asserts', lineage: 'originates' },
  ],
  [
    'a party that it knows says so',
    'PUT',
    'attributions/again',
    { claim: 'large', party: 'outlet-3', stance: 'asserts', lineage: 'originates' },
  ],
  [
    'that takes its words back',
    'PUT',
    'attributions/sorry',
    { claim: 'large', party: 'outlet-3', stance: 'retracts', in_reply_to: 'again' },
  ],
  ['that is removed', 'DELETE', 'attributions/sorry'],
  ['a new party comes', 'PUT', 'parties/newcomer', { kind: 'media', name: 'Newcomer' }],
  [
    'that says so, too',
    'PUT',
    'attributions/new',
    { claim: 'large', party: 'newcomer', stance: 'asserts', lineage: 'originates' },
  ],
  ['that is a part of another', 'PATCH', 'parties/newcomer', { part_of: 'outlet-0' }],
  ['that other has another name', 'PATCH', 'parties/outlet-0', { name: 'Outlet Zero' }],
  ['a source comes', 'PUT', 'sources/paper', { type: 'article', title: 'Paper' }],
  ['it stands in that', 'PATCH', 'attributions/new', { source: 'paper' }],
  [
    'that is denied as a whole',
    'PUT',
    'attributions/all',
    { about_source: 'paper', party: 'outlet-1', stance: 'denies' },
  ],
  ['one that it is derived from comes', 'PUT', 'sources/wire', { type: 'article', title: 'Wire' }],
  ['that is derived from it', 'PATCH', 'sources/paper', { derived_from: ['wire'] }],
  ['it stands in the other, too', 'PATCH', 'attributions/again', { source: 'wire' }],
  ['somebody denies it', 'PUT', 'attributions/no', { claim: 'large', party: 'outlet-1', stance: 'denies' }],
  ['the claim is reworded', 'PATCH', 'claims/large', { text: 'The bridge is shut.' }],
  ['it is about somebody', 'PATCH', 'claims/large', { subject: 'outlet-1' }],
  ['many say so', 'POST', 'batch', { operations: many(110) }],
  ['it is changed after very much else', 'POST', 'batch', { operations: [...strangers, ...many(1)] }],
];

describe('what was read of a claim of 1,001 attributions', () => {
  const claimRows = knownRows();
  const known = () => t.store.read((tx) => claimRows(tx, id));
  const explained = (of: Awaited<ReturnType<typeof rows>>) =>
    explanationText({ kind: 'explanation', rows: of, claim: { id, key: null, name: '' } });

  beforeAll(async () => {
    await t.send('PUT', '/v1/parties/apart', { kind: 'other', name: 'Apart' });
    const { items } = await read('/v1/claims/large/attributions?party=somebody');
    await t.send('PATCH', `/v1/attributions/${items[0].id}`, { key: 'late' }, { 'if-match': '*' });
    await known();
  });

  it.each(changes)('is exact when %s', async (_what, method, path, body) => {
    const forced: Record<string, string> = ['PATCH', 'DELETE'].includes(method) ? { 'if-match': '*' } : {};
    expect((await t.send(method, `/v1/${path}`, body, forced)).status).toBeLessThan(300);
    const now = await rows();
    const then = await known();
    expect(explained(then)).toBe(explained(now));
    expect(then.anew.flatMap(({ rows }) => JSON.parse(rows)).length).toBeLessThanOrEqual(100);
    const { claim: _claim, ...answer } = JSON.parse(explained(now));
    expect(await read('/v1/claims/large/standing')).toMatchObject(answer);
  });

  it('is read again in part when its attributions change, and not at all when something else does', async () => {
    const before = await known();
    expect(await known()).toBe(before);
    await t.send('PATCH', '/v1/parties/apart', { description: 'Changed.' }, { 'if-match': '*' });
    expect(await known()).toBe(before);
    await t.send('PATCH', '/v1/attributions/late', { stance: 'denies' }, { 'if-match': '*' });
    const after = await known();
    expect(after.attributions).toBe(before.attributions);
    expect(after.anew.map(({ rows }) => JSON.parse(rows).length)).toEqual([1]);
  });

  it('of an instant is read as it was then', async () => {
    const at = new Date().toISOString();
    const then = explained(await known());
    await t.send('PATCH', '/v1/attributions/late', { stance: 'asserts' }, { 'if-match': '*' });
    expect(explained(await known())).not.toBe(then);
    const past = await t.store.read((tx) => claimRows(tx, id), { asOf: at });
    expect(explained(past)).toBe(then);
  });
});
