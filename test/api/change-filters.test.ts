import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, type Json } from '../support/claims.js';
import { openEvents } from '../support/events.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { until } from '../support/until.js';

/** The feed from an instant, up to one, by who changed something and in which request. */

const t = await testApp();
if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = t.app.server.address() as AddressInfo;
const [one, other] = [await t.newKey(['read', 'write', 'review']), await t.newKey(['read', 'write'])];
const actorOf = (key: string) => `apikey_${key.slice('att_'.length).split('_')[0]}`;

const day = (n: number, time = '12:00:00.000') => `2030-01-0${n}T${time}Z`;
const write = (n: number, key: string, method: string, path: string, body?: object, id = `request-${n}`) => {
  t.setClock(day(n));
  const headers = { authorization: `Bearer ${key}`, 'x-request-id': id, ...(method === 'PUT' ? {} : any) };
  return t.send(method, `/v1/${path}`, body, headers);
};
const other6 = { kind: 'other', name: 'x' };
await write(1, one, 'PUT', 'parties/a', other6);
await write(2, other, 'PUT', 'parties/b', other6);
const claim = { text: 'x', subject: 'a', attributions: [{ key: 'said', party: 'b', stance: 'asserts' }] };
await write(3, one, 'PUT', 'claims/c', claim);
await write(4, other, 'PATCH', 'claims/c', { text: 'y' });
await write(4, one, 'PUT', 'assessments/d', { claim: 'c', credibility: 2 }, 'request-4b');
await write(5, one, 'DELETE', 'assessments/d');
t.setClock(day(8));

/** All changes as number of the day and key, read in pages. */
async function changes(query: string, limit = 2): Promise<string[]> {
  const found: string[] = [];
  for (let after = ''; ; ) {
    const { json } = await t.send('GET', `/v1/changes?limit=${limit}&${query}${after && `&after=${after}`}`);
    found.push(...json.items.map(({ recorded_at, key }: Json) => `${recorded_at[9]} ${key}`));
    if (!json.has_more) return found;
    after = json.next_cursor;
  }
}

const all = ['1 a', '2 b', '3 c', '3 said', '4 c', '4 d', '5 d'];

const cases: [query: string, expected: string[]][] = [
  ['', all],
  ['since=2030-01-01', all],
  ['since=2029-01-01', all],
  ['since=2030-01-03', ['3 c', '3 said', '4 c', '4 d', '5 d']],
  [`since=${day(4)}`, ['4 c', '4 d', '5 d']],
  [`since=${day(4, '12:00:00.001')}`, ['5 d']],
  ['since=2030-01-07', []],
  ['until=2030-01-02', ['1 a', '2 b']],
  [`until=${day(3)}`, ['1 a', '2 b', '3 c', '3 said']],
  [`until=${day(3, '11:59:59.999')}`, ['1 a', '2 b']],
  ['until=2029-12-31', []],
  ['until=2040-01-01', all],
  ['since=2030-01-02&until=2030-01-03', ['2 b', '3 c', '3 said']],
  [`actor=${actorOf(one)}`, ['1 a', '3 c', '3 said', '4 d', '5 d']],
  [`actor=${actorOf(other)}`, ['2 b', '4 c']],
  [`actor=${actorOf(one)},${actorOf(other)}`, all],
  ['actor=cli', []],
  [`actor=${actorOf(one)}&type=claim,assessment`, ['3 c', '4 d', '5 d']],
  [`actor=${actorOf(one)}&subject=a`, ['1 a', '3 c', '3 said', '4 d', '5 d']],
  [`actor=${actorOf(other)}&subject=a&type=claim`, ['4 c']],
  [`actor=${actorOf(other)}&since=2030-01-03`, ['4 c']],
  ['request_id=request-3', ['3 c', '3 said']],
  ['request_id=request-4,request-4b,request-none', ['4 c', '4 d']],
  ['request_id=request-3&type=attribution', ['3 said']],
  [`request_id=request-3&actor=${actorOf(other)}`, []],
  ['request_id=request-3&subject=a', ['3 c', '3 said']],
  ['type=claim&until=2030-01-03', ['3 c']],
  ['subject=b&since=2030-01-02', ['2 b']],
];

describe('GET /v1/changes', () => {
  it.each(cases)('?%s', async (query, expected) => {
    for (const limit of [1, 2, 200]) expect(await changes(query, limit)).toEqual(expected);
    const { text } = await t.send('GET', `/v1/changes.ndjson?${query}`);
    expect(text === '' ? 0 : text.trimEnd().split('\n').length).toBe(expected.length);
  });

  it('goes on from the cursor of a feed that had an end, and from the later of cursor and since', async () => {
    const { json } = await t.send('GET', '/v1/changes?until=2030-01-02');
    expect([json.items.length, json.has_more]).toEqual([2, false]);
    const rest = await t.send('GET', `/v1/changes?after=${json.next_cursor}`);
    expect(rest.json.items.map(({ key }: Json) => key)).toEqual(['c', 'said', 'c', 'd', 'd']);
    const at = (since: string) =>
      t.send('GET', `/v1/changes?after=${json.next_cursor}&since=${since}`).then((a) => a.json.items.length);
    expect([await at('2030-01-01'), await at('2030-01-05')]).toEqual([5, 1]);
    const { next_cursor: again } = (
      await t.send('GET', `/v1/changes?after=${json.next_cursor}&until=2030-01-01`)
    ).json;
    expect(again).toBe(json.next_cursor);
  });

  it.each([
    ['actor=ttp', 'actor invalid_value'],
    ['actor=apikey_1', 'actor invalid_value'],
    ['request_id=a b', 'request_id invalid_value'],
    ['request_id=x', 'request_id invalid_value'],
    ['since=yesterday', 'since invalid_value'],
    ['until=2030-13-01', 'until invalid_value'],
    ['from=now', 'from unknown_parameter'],
  ])('?%s is refused', async (query, fault) => {
    const answer = await expectRejected(t, 400, 'invalid_query', 'GET', `/v1/changes?${encodeURI(query)}`);
    expect(faults(answer)).toEqual([fault]);
  });
});

describe('GET /v1/changes/stream', () => {
  const follow = (query: string, headers = {}) =>
    openEvents(`http://127.0.0.1:${port}/v1/changes/stream?${query}`, headers);
  const keys = ({ events }: { events: { data: string }[] }) => events.map(({ data }) => JSON.parse(data).key);
  const count = (stream: { events: unknown[] }, n: number) => until(() => stream.events.length >= n);

  it('?from=now shows what comes, and by filters what of it is wanted; a cut before that loses nothing', async () => {
    const [now, mine, of, since, cut] = await Promise.all([
      follow('from=now'),
      follow(`from=now&actor=${actorOf(one)}`),
      follow('from=now&request_id=request-7b'),
      follow('since=2030-01-05'),
      follow('from=now'),
    ]);
    await until(() => cut.lastId !== '');
    cut.kill();
    await write(7, other, 'PUT', 'parties/e', other6);
    await write(7, one, 'PUT', 'parties/f', other6, 'request-7b');
    await Promise.all([count(now, 2), count(mine, 1), count(of, 1), count(since, 3)]);
    const back = await follow('from=now', { 'last-event-id': cut.lastId });
    await count(back, 2);
    expect([now, mine, of, since, back].map(keys)).toEqual([
      ['e', 'f'],
      ['f'],
      ['f'],
      ['d', 'e', 'f'],
      ['e', 'f'],
    ]);
    for (const stream of [now, mine, of, since, back]) stream.kill();
  });

  it.each([`after=${'x'.repeat(9)}&from=now`, 'since=2030-01-01&from=now', 'from=then', 'until=2030-01-01'])(
    '?%s is refused',
    async (query) => {
      await expectRejected(t, 400, 'invalid_query', 'GET', `/v1/changes/stream?${query}`);
    },
  );
});
