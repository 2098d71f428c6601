import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected } from '../support/expect-rejected.js';

const t = await testApp();
const any = { 'if-match': '*' };
const json = { ...any, 'content-type': 'application/json-patch+json' };

let count = 0;
/** A new party with the name Old, then renamed by some request; gives its names. */
async function renamed(by: (key: string) => Promise<{ status: number; text: string }>, body: object = {}) {
  const key = `p-${++count}`;
  await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: 'Old', ...body });
  const { status, text } = await by(key);
  expect(status, text).toBe(200);
  const { name, names } = (await t.send('GET', `/v1/parties/${key}`)).json;
  return [name, ...names.map((other: { name: string; kind: string }) => `${other.name} (${other.kind})`)];
}
const put = (key: string, query = '', names: object[] = []) =>
  t.send('PUT', `/v1/parties/${key}${query}`, { kind: 'other', name: 'New', names }, any);
const inBatch = (operation: object) => (key: string) =>
  t.send('POST', '/v1/batch', { operations: [{ type: 'party', id: key, if_match: '*', ...operation }] });

describe('a party that gets another name', () => {
  it.each<[string, (key: string) => Promise<{ status: number; text: string }>]>([
    ['PUT', (key) => put(key)],
    ['PATCH', (key) => t.send('PATCH', `/v1/parties/${key}`, { name: 'New' }, any)],
    [
      'a JSON Patch',
      (key) => t.send('PATCH', `/v1/parties/${key}`, [{ op: 'replace', path: '/name', value: 'New' }], json),
    ],
    ['PUT in a batch', inBatch({ method: 'PUT', body: { kind: 'other', name: 'New' } })],
    ['PATCH in a batch', inBatch({ method: 'PATCH', body: { name: 'New' } })],
  ])('keeps the former one: %s', async (_, by) => {
    expect(await renamed(by)).toEqual(['New', 'Old (former)']);
  });

  it.each<[string, (key: string) => Promise<{ status: number; text: string }>]>([
    ['PUT', (key) => put(key, '?keep_former_name=false')],
    ['PATCH', (key) => t.send('PATCH', `/v1/parties/${key}?keep_former_name=false`, { name: 'New' }, any)],
    ['a batch', inBatch({ method: 'PATCH', keep_former_name: false, body: { name: 'New' } })],
  ])('forgets it where told: %s', async (_, by) => {
    expect(await renamed(by)).toEqual(['New']);
  });

  it('does not get it twice, nor that of an unnamed party', async () => {
    const alias = [{ name: 'Old', kind: 'alias' }];
    expect(await renamed((key) => put(key, '', alias))).toEqual(['New', 'Old (alias)']);
    expect(await renamed((key) => put(key), { unnamed: true })).toEqual(['New']);
  });

  it('keeps former names where the same is put again, and lets go of those that are taken out', async () => {
    const names = await renamed(async (key) => {
      await put(key);
      const again = await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: 'New' });
      expect([again.status, again.json.version]).toEqual([200, 2]);
      return t.send('PATCH', `/v1/parties/${key}`, { names: [] }, any);
    });
    expect(names).toEqual(['New']);
    const forgotten = await renamed(async (key) => {
      await put(key);
      return put(key, '?keep_former_name=false');
    });
    expect(forgotten).toEqual(['New']);
  });

  it('is found by it, and is as it was once that is reverted', async () => {
    const [key] = [`p-${count + 1}`];
    await renamed((own) => put(own));
    const found = (await t.send('GET', '/v1/parties?name=old&limit=200')).json.items;
    expect(found.map((one: { key: string }) => one.key)).toContain(key);
    const { json: back } = await t.send('POST', `/v1/parties/${key}/revert`, { to_version: 1 }, any);
    expect([back.name, back.names]).toEqual(['Old', []]);
  });

  it('is refused where it has no room for it, and tells how', async () => {
    const names = Array.from({ length: 200 }, (_, i) => ({ name: `Alias ${i}`, kind: 'alias' }));
    await t.send('PUT', '/v1/parties/full', { kind: 'other', name: 'Old', names });
    const body = { name: 'New' };
    const { json: problem } = await expectRejected(
      t,
      422,
      'invalid_body',
      'PATCH',
      '/v1/parties/full',
      body,
      any,
    );
    expect(problem.errors[0]).toMatchObject({ pointer: '/names', code: 'too_many_names' });
  });

  it('takes the parameter for parties alone', async () => {
    await expectRejected(t, 400, 'invalid_query', 'PUT', '/v1/claims/c?keep_former_name=false', {
      text: 'x',
    });
    await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/batch', {
      operations: [{ method: 'PUT', type: 'claim', id: 'c', keep_former_name: false, body: { text: 'x' } }],
    });
  });
});
