import { beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected } from '../support/expect-rejected.js';

const t = await testApp();
let n = 0;
/** Keys of this test, which no other test has. */
let k: (name: string) => string;

async function send(method: string, path: string, body?: unknown) {
  const headers: Record<string, string> = method === 'PUT' || method === 'POST' ? {} : { 'if-match': '*' };
  const answer = await t.send(method, `/v1/${path}`, body, headers);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.json;
}
const read = async (path: string) => (await t.send('GET', `/v1/${path}`)).json;
const party = (name: string, more: object = {}) =>
  send('PUT', `parties/${k(name)}`, { kind: 'organization', name, ...more });
const source = (name: string, more: object = {}) =>
  send('PUT', `sources/${k(name)}`, { type: 'journal_article', title: name, ...more });
const withdraw = (by: string, of: string, more: object = {}) =>
  send('POST', 'attributions', { about_source: k(of), party: k(by), stance: 'retracts', ...more });
const standingOf = async (name: string) => (await read(`claims/${k(name)}`)).standing;

beforeEach(async () => {
  n += 1;
  k = (name) => `${name}-${n}`;
  await party('group');
  await party('journal', { part_of: k('group') });
  for (const name of ['ann', 'bob', 'paper-desk', 'rival']) await party(name);
  await source('journal-page');
  await source('paper', {
    publisher: k('journal'),
    authors: [k('ann'), k('bob')],
    published: '2020-05-22',
    part_of: k('journal-page'),
  });
  await source('story', { type: 'article', derived_from: [k('paper')] });
  await send('PUT', `claims/${k('claim')}`, {
    text: 'It helps.',
    attributions: [
      { key: k('says-ann'), party: k('ann'), stance: 'asserts', lineage: 'originates', source: k('paper') },
      { key: k('says-bob'), party: k('bob'), stance: 'asserts', lineage: 'originates', source: k('paper') },
      { key: k('relays'), party: k('paper-desk'), stance: 'reports', source: k('story') },
    ],
  });
});

describe('POST /v1/attributions: a source is withdrawn', () => {
  it('takes back what stands in it, and lists, filters and explanations say so', async () => {
    expect(await standingOf('claim')).toMatchObject({ support: 'corroborated', retracted: false });
    const { id } = await withdraw('journal', 'paper', { said: '2020-06-04', key: k('notice') });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({
      status: 'withdrawn',
      status_date: '2020-06-04',
      status_by: { id, name: 'journal' },
    });
    expect(await standingOf('claim')).toMatchObject({ support: 'none', retracted: true, asserting: 0 });
    const { items } = await read(`claims/${k('claim')}/attributions`);
    const byKey = Object.fromEntries(
      items.map((a: { key: string; retracted: boolean; retracted_by: object }) => [a.key, a]),
    );
    expect(byKey[k('says-ann')]).toMatchObject({ retracted: true, retracted_by: { id, key: k('notice') } });
    expect(byKey[k('relays')]).toMatchObject({ retracted: false, retracted_by: null });
    const inline = (await read(`claims/${k('claim')}`)).attributions;
    expect(inline.filter((a: { retracted: boolean }) => a.retracted)).toHaveLength(2);
    const citation = async (form: string) =>
      (await t.send('GET', `/v1/sources/${k('paper')}/citation.${form}`)).text;
    expect(await citation('txt')).toMatch(/ \[Withdrawn on 4 June 2020 by journal\.\]\n$/);
    expect(JSON.parse(await citation('csl.json'))).toMatchObject({ status: 'withdrawn' });
    for (const list of ['claims', 'attributions', 'sources']) {
      const found = await read(
        `${list}?source_status=withdrawn&key=${list === 'sources' ? k('paper') : list === 'claims' ? k('claim') : k('says-ann')}`,
      );
      expect(found.items, list).toHaveLength(1);
    }
    expect((await read(`attributions?claim=${k('claim')}&retracted=true`)).items).toHaveLength(2);
    expect((await read(`claims/${k('claim')}/standing`)).left_out).toContainEqual({
      attribution: expect.objectContaining({ key: k('says-ann') }),
      reason: 'withdrawn',
      why: 'journal withdrew “paper”: it does not count.',
    });
  });

  it('by all authors, or in part by some of them', async () => {
    await withdraw('ann', 'paper');
    expect(await standingOf('claim')).toMatchObject({ support: 'single_origin', asserting: 1 });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'current' });
    const { id } = await withdraw('bob', 'paper', { said: '2021' });
    expect(await standingOf('claim')).toMatchObject({ support: 'none', retracted: true });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'withdrawn', status_by: { id } });
  });

  it('with the source it is part of, and with a body that the publisher is part of', async () => {
    await send('PATCH', `sources/${k('journal-page')}`, { publisher: k('journal') });
    await withdraw('group', 'journal-page');
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'withdrawn' });
    expect(await standingOf('claim')).toMatchObject({ support: 'none' });
    await source('late', { part_of: k('journal-page') });
    expect(await read(`sources/${k('late')}`)).toMatchObject({ status: 'withdrawn' });
    await send('PATCH', `sources/${k('paper')}`, { part_of: null });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'current', status_by: null });
    expect(await standingOf('claim')).toMatchObject({ support: 'corroborated' });
  });

  it.each([
    ['retracting the withdrawal', () => withdraw('journal', 'paper', { in_reply_to: k('notice') })],
    ['removing it', () => send('DELETE', `attributions/${k('notice')}`)],
    ['changing its stance', () => send('PATCH', `attributions/${k('notice')}`, { stance: 'confirms' })],
    ['another publisher', () => send('PATCH', `sources/${k('paper')}`, { publisher: k('rival') })],
    ['a publisher no longer part of it', () => send('PATCH', `parties/${k('journal')}`, { part_of: null })],
  ])('%s restores what stood in it', async (what, restore) => {
    const by = what === 'a publisher no longer part of it' ? 'group' : 'journal';
    const key = what === 'retracting the withdrawal' || by === 'journal' ? k('notice') : undefined;
    await withdraw(by, 'paper', key ? { key } : {});
    expect(await standingOf('claim')).toMatchObject({ support: 'none' });
    const then = (await read(`claims/${k('claim')}`)).standing;
    await restore();
    expect(await standingOf('claim')).toMatchObject({ support: 'corroborated', retracted: false });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'current', status_date: null });
    expect((await read(`attributions/${k('says-ann')}`)).retracted_by).toBeNull();
    expect(then.retracted).toBe(true);
  });

  it('counts for what is attributed in it later', async () => {
    await withdraw('journal', 'paper', { key: k('notice') });
    await send('PUT', `claims/${k('other')}`, {
      text: 'It is safe.',
      attributions: [{ key: k('later'), party: k('ann'), stance: 'asserts', source: k('paper') }],
    });
    expect(await standingOf('other')).toMatchObject({ support: 'none', retracted: true });
    expect(await read(`attributions/${k('later')}`)).toMatchObject({ retracted_by: { key: k('notice') } });
  });

  it('as_of shows the source and its claims as they were before', async () => {
    const before = (await read(`attributions/${k('says-ann')}`)).updated_at as string;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await withdraw('journal', 'paper');
    const then = (path: string) => read(`${path}?as_of=${before}`);
    expect(await then(`sources/${k('paper')}`)).toMatchObject({ status: 'current' });
    expect(await then(`claims/${k('claim')}`)).toMatchObject({ standing: { support: 'corroborated' } });
    expect(await then(`attributions/${k('says-ann')}`)).toMatchObject({ retracted: false });
  });

  it('makes no version of the source, the claim or its attributions', async () => {
    await withdraw('journal', 'paper');
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ version: 1 });
    expect(await read(`attributions/${k('says-ann')}`)).toMatchObject({ version: 1 });
  });

  it.each([
    ['rival', 'paper', 'retracts', /only journal, group, ann and bob, its publisher or authors, withdraws/],
    ['rival', 'paper', 'corrects', /write "denies" or "disputes"/],
    ['journal', 'story', 'retracts', /“story” names no publisher and no author/],
  ])('%s cannot say of the %s that it %s it', async (by, of, stance, fix) => {
    const body = { about_source: k(of), party: k(by), stance };
    const { json } = await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/attributions', body);
    expect(json.errors).toMatchObject([{ pointer: '/party', code: 'not_entitled' }]);
    expect(json.detail).toMatch(fix);
  });

  it('stays as it was written, can be noted and comes back, once the source has another publisher', async () => {
    const { id } = await withdraw('journal', 'paper', { key: k('withdrawal') });
    await send('PATCH', `sources/${k('paper')}`, { publisher: k('rival') });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'current' });
    await send('PATCH', `attributions/${id}`, { note: 'By the former publisher.' });
    const removal = await t.send('DELETE', `/v1/attributions/${id}`, undefined, { 'if-match': '*' });
    await send('POST', `batches/${removal.headers['x-request-id']}/revert`, {});
    expect(await read(`attributions/${id}`)).toMatchObject({ note: 'By the former publisher.', version: 4 });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'current' });
    await send('PATCH', `sources/${k('paper')}`, { publisher: k('journal') });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'withdrawn' });

    await send('PATCH', `sources/${k('paper')}`, { publisher: k('rival') });
    const url = `/v1/attributions/${id}`;
    for (const body of [{ party: k('group') }, { stance: 'corrects' }]) {
      const { json } = await expectRejected(t, 422, 'invalid_body', 'PATCH', url, body, { 'if-match': '*' });
      expect(json.errors).toMatchObject([{ code: 'not_entitled' }]);
    }
  });

  it('corrects goes with about_source alone', async () => {
    const body = { claim: k('claim'), party: k('ann'), stance: 'corrects' };
    const { json } = await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/attributions', body);
    expect(json.errors).toMatchObject([{ pointer: '/stance', code: 'needs_about_source' }]);
  });
});

describe('GET /v1/sources: other statuses', () => {
  it('a corrected source stands, as does what stands in it', async () => {
    const { id } = await send('POST', 'attributions', {
      about_source: k('paper'),
      party: k('bob'),
      stance: 'corrects',
      said: '2020-05-29',
    });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({
      status: 'corrected',
      status_date: '2020-05-29',
      status_by: { id },
    });
    expect(await standingOf('claim')).toMatchObject({ support: 'corroborated' });
  });

  it('a newer edition supersedes, until it no longer says so', async () => {
    const newer = await source('second', { supersedes: [k('paper')], published: '2022' });
    expect(newer.supersedes).toMatchObject([{ key: k('paper') }]);
    expect(await read(`sources/${k('paper')}`)).toMatchObject({
      status: 'superseded',
      status_date: '2022',
      status_by: { key: k('second') },
      superseded_by: [{ key: k('second') }],
    });
    expect(await standingOf('claim')).toMatchObject({ support: 'corroborated' });
    expect((await read(`sources?supersedes=${k('paper')}`)).items).toMatchObject([{ key: k('second') }]);
    await send('PATCH', `sources/${k('second')}`, { published: '2023' });
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status_date: '2023' });
    await withdraw('journal', 'paper');
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'withdrawn' });
    await send('DELETE', `sources/${k('second')}`);
    expect(await read(`sources/${k('paper')}`)).toMatchObject({ status: 'withdrawn', superseded_by: [] });
  });

  it('no source supersedes itself, by whatever way', async () => {
    await source('second', { supersedes: [k('paper')] });
    const body = { supersedes: [k('second')] };
    const { json } = await expectRejected(
      t,
      422,
      'invalid_body',
      'PATCH',
      `/v1/sources/${k('paper')}`,
      body,
      {
        'if-match': '*',
      },
    );
    expect(json.errors).toMatchObject([{ pointer: '/supersedes/0', code: 'cycle' }]);
  });

  it('are refused for links that lead back, and not for those that they have', async () => {
    const link = (key: string, more: object) =>
      t.send('PUT', `/v1/sources/${key}`, { type: 'report', title: key, ...more });
    await link('whole-a', {});
    await link('within-b', { part_of: 'whole-a', derived_from: ['whole-a'], supersedes: ['whole-a'] });
    await link('within-c', { part_of: 'within-b' });
    const change = { language: 'fr', part_of: 'whole-a', derived_from: ['whole-a', 'within-c', 'within-b'] };
    const any = { 'if-match': '*' };
    const request = ['PATCH', '/v1/sources/within-b', change, any] as const;
    const { json } = await expectRejected(t, 422, 'invalid_body', ...request);
    expect(json.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code])).toEqual([
      ['/derived_from/1', 'cycle'],
      ['/derived_from/2', 'cycle'],
    ]);
    const kept = { language: 'fr', part_of: 'whole-a', derived_from: ['whole-a'], supersedes: ['whole-a'] };
    expect((await t.send('PATCH', '/v1/sources/within-b', kept, any)).status).toBe(200);
    const back = { part_of: 'within-c' };
    await expectRejected(t, 422, 'invalid_body', 'PATCH', '/v1/sources/whole-a', back, any);
  });
});
