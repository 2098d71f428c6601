import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, type Json, ok } from '../support/claims.js';

/** When anything of a claim last changed: kept by every way to change it, as it was then, and by filter and order. */

const t = await testApp();
const review = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
let now = 0;
const instant = (n: number) => new Date(Date.UTC(2030, 0, 1) + n * 60_000).toISOString();
/** Sends a write a minute after the one before. */
async function write(method: string, path: string, body?: object, headers: object = any): Promise<Json> {
  t.setClock(instant(++now));
  const sent = await t.send(method, `/v1/${path}`, body, { ...review, ...headers });
  expect(sent.status, sent.text).toBeLessThan(300);
  return sent.json;
}
const claim = async (key: string, query = ''): Promise<Json> =>
  ok(await t.send('GET', `/v1/claims/${key}${query}`));
const says = (more: object = {}) => ({ party: 'p', stance: 'asserts', ...more });

await write('PUT', 'parties/p', { kind: 'other', name: 'P' }, {});
await write('PUT', 'parties/q', { kind: 'other', name: 'Q' }, {});
await write('PUT', 'claims/still', { text: 'still', attributions: [says()] }, {});
await write('PUT', 'claims/c', { text: 'c', attributions: [says({ key: 'first' })] }, {});
await write('PUT', 'claims/d', { text: 'd', subject: 'p' }, {});

/** Each changes the claims `c` (and `d`) in another way. */
const changes: [what: string, change: () => Promise<Json>, claims: string[]][] = [
  ['a new version of the claim', () => write('PATCH', 'claims/c', { text: 'C' }), ['c']],
  [
    'a denial',
    () => write('PUT', 'attributions/denial', { ...says({ stance: 'denies' }), claim: 'c' }, {}),
    ['c'],
  ],
  [
    'a denial below the claim',
    () => write('POST', 'claims/c/attributions', says({ stance: 'denies', note: 'n' })),
    ['c'],
  ],
  ['another attribution', () => write('PATCH', 'attributions/denial', { note: 'x' }), ['c']],
  ['the removal of one', () => write('DELETE', 'attributions/denial'), ['c']],
  [
    'the return of one',
    () =>
      write(
        'PUT',
        'attributions/denial',
        { ...says({ stance: 'denies' }), claim: 'c' },
        { 'if-match': '"3"' },
      ),
    ['c'],
  ],
  [
    'attributions put with the claim',
    () => write('PUT', 'claims/c', { text: 'C', attributions: [says({ key: 'first', note: 'y' })] }),
    ['c'],
  ],
  ['an assessment', () => write('PUT', 'assessments/a', { claim: 'c', credibility: 2 }, {}), ['c']],
  ['another assessment', () => write('PATCH', 'assessments/a', { credibility: 3 }), ['c']],
  ['the end of an assessment', () => write('DELETE', 'assessments/a'), ['c']],
  [
    'a relation, at both ends',
    () => write('PUT', 'relations/r', { from: 'c', type: 'updates', to: 'd' }, {}),
    ['c', 'd'],
  ],
  ['another relation', () => write('PATCH', 'relations/r', { note: 'x' }), ['c', 'd']],
  ['the end of a relation', () => write('DELETE', 'relations/r'), ['c', 'd']],
  [
    'a batch',
    () =>
      write('POST', 'batch', {
        operations: [
          { method: 'POST', type: 'assessment', body: { claim: 'd', credibility: 1 } },
          { method: 'POST', type: 'attribution', body: { ...says(), claim: 'c' } },
        ],
      }),
    ['c', 'd'],
  ],
  [
    'the removal and return of the claim',
    async () => {
      await write('DELETE', 'claims/d');
      return write('PUT', 'claims/d', { text: 'd' }, { 'if-match': '"2"' });
    },
    ['d'],
  ],
];

describe('activity_at is the instant of', () => {
  it.each(changes)('%s', async (_, change, claims) => {
    const before = await Promise.all(['c', 'd', 'still'].map((key) => claim(key)));
    await change();
    for (const [i, key] of ['c', 'd', 'still'].entries()) {
      const { activity_at } = await claim(key);
      expect([key, activity_at]).toEqual([key, claims.includes(key) ? instant(now) : before[i].activity_at]);
    }
    // As it was before, the claim was as active as then.
    const then = await claim('c', `?as_of=${instant(now - 1)}`);
    if (!/return of the claim/.test(_)) expect(then).toEqual(before[0]);
  });

  it('and not of a write that changes nothing, nor of what a change elsewhere does to its standing', async () => {
    const before = await claim('c');
    await write('PUT', 'attributions/first', { ...says({ note: 'y' }), claim: 'c' });
    await write('PATCH', 'parties/p', { part_of: 'q' });
    expect((await claim('c')).activity_at).toBe(before.activity_at);
  });
});

describe('GET /v1/claims', () => {
  const keys = async (query: string) =>
    ok(await t.send('GET', `/v1/claims?${query}`)).items.map(({ key }: Json) => key);

  it('finds by activity_from and activity_to what updated_from does not, and sorts by activity', async () => {
    await write('PUT', 'attributions/late', { ...says({ stance: 'denies' }), claim: 'still' }, {});
    const denied = instant(now);
    expect(await keys(`activity_from=${denied}`)).toEqual(['still']);
    expect(await keys(`updated_from=${denied}`)).toEqual([]);
    expect(await keys(`activity_to=${instant(now - 1)}&sort=-activity`)).toEqual(['d', 'c']);
    expect(await keys('sort=-activity')).toEqual(['still', 'd', 'c']);
    expect(await keys('sort=activity')).toEqual(['c', 'd', 'still']);
    expect(await keys(`sort=-activity&as_of=${instant(now - 1)}`)).toEqual(['d', 'c', 'still']);
    expect(await keys(`activity_from=${denied}&as_of=${instant(now - 1)}`)).toEqual([]);
    const first = ok(await t.send('GET', '/v1/claims?sort=-activity&limit=1'));
    expect(await keys(`cursor=${first.next_cursor}&limit=1`)).toEqual(['d']);
    expect(
      (await t.send('GET', '/v1/claims.csv?fields=key,activity_at&sort=-activity&limit=1')).text,
    ).toContain(`still,${denied}`);
  });
});
