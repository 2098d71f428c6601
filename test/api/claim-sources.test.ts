import { expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { generate } from '../support/generate.js';
import { refusedQuery } from '../support/pages.js';

/** The sources behind a list of claims, as bibliographies. */

const t = await testApp();
/** More attributions with a source than are looked up by themselves. */
const MANY = 2_100;

await generate(t.store, async (make) => {
  for (const key of ['ann', 'bob', 'river', 'hill']) await make('party', { key, kind: 'other', name: key });
  for (const [key, published] of [
    ['note', '2024'],
    ['paper', '2023'],
    ['unused', '2022'],
    ['post', '2021'],
  ]) {
    await make('source', { key, type: 'report', title: `The ${key}`, published });
  }
  const says = (party: string, source: string | null, more = {}) => ({
    party,
    stance: 'asserts',
    source,
    ...more,
  });
  await make('claim', {
    key: 'wide',
    text: 'The river is wide.',
    subject: 'river',
    attributions: [says('ann', 'paper'), says('bob', 'paper'), says('bob', null)],
  });
  await make('claim', {
    key: 'deep',
    text: 'The river is deep.',
    subject: 'river',
    attributions: [
      says('ann', 'note'),
      says('bob', 'paper'),
      { party: 'ann', stance: 'denies', source: 'post' },
    ],
  });
  for (let i = 0; i < MANY; i += 700) {
    const attributions = Array.from({ length: 700 }, () => says('bob', 'post'));
    await make('claim', { key: `high-${i}`, text: 'The hill is high.', subject: 'hill', attributions });
  }
});

const titles = async (query: string) => {
  const { status, text } = await t.send('GET', `/v1/claims.csl.json?${query}`);
  expect(status, text).toBe(200);
  return JSON.parse(text)
    .map(({ title }: { title: string }) => title.replace('The ', ''))
    .join(' ');
};

it.each([
  ['key=wide', 'paper'],
  ['subject=river', 'note paper post'],
  ['subject=river&sort=published', 'post paper note'],
  ['subject=river&sort=-published&limit=2', 'note paper'],
  ['party=ann&stance=denies', 'note paper post'],
  ['known_by=2022', 'post'],
  ['subject=river&known_by=2023', 'paper post'],
  ['topic=none', ''],
  ['q=river', 'note paper post'],
  ['q=deep&known_by=2023', 'paper post'],
  ['', 'note paper post'],
  ['subject=hill,river&sort=published', 'post paper note'],
])('GET /v1/claims.csl.json?%s: each source once', async (query, expected) => {
  expect(await titles(query)).toBe(expected);
});

it('GET /v1/claims.bib, .ris: the citations of these sources', async () => {
  for (const [form, between] of [
    ['bib', '\n'],
    ['ris', '\r\n'],
  ]) {
    const one = async (key: string) => (await t.send('GET', `/v1/sources/${key}/citation.${form}`)).text;
    const { text, headers } = await t.send('GET', `/v1/claims.${form}?subject=river&sort=published`);
    expect(text).toBe([await one('post'), await one('paper'), await one('note')].join(between));
    expect(headers['content-disposition']).toBe(`attachment; filename="claims.${form}"`);
  }
});

it('GET /v1/claims.bib: refuses what the list of claims refuses, and its cursors', async () => {
  const { next_cursor } = (await t.send('GET', '/v1/claims?limit=1')).json;
  await refusedQuery(t, `/v1/claims.bib?cursor=${next_cursor}`, 'cursor unknown_parameter');
  await refusedQuery(t, '/v1/claims.bib?known_by=2022&retracted=true', 'retracted misplaced_parameter');
  await refusedQuery(t, '/v1/claims.bib?value_min=5', 'value_min missing_parameter');
  await refusedQuery(t, '/v1/claims.bib?sort=occurred', 'sort invalid_format');
});
