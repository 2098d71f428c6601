import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { currentRegister } from '../support/current-register.js';
import { expectRejected } from '../support/expect-rejected.js';
import { merging } from '../support/merging.js';

const t = await testApp();
const { any, claim, differences, party, read, source, undo, merge } = await merging(t);
const move = (id: string, to: string, headers: object = {}) =>
  t.send('POST', `/v1/attributions/${id}/move`, { claim: to }, { ...any, ...headers });
const keysOf = async (of: string): Promise<string[]> =>
  (await read(`claims/${of}/attributions`)).items.map(({ key }: { key: string }) => key).sort();

await party('x');
await party('y');
await source('paper');
await claim('wrong', {
  attributions: [
    { key: 'origin', local_id: 'o', party: 'x', stance: 'asserts', quote: { exact: 'Yaks graze.' } },
    { key: 'relay', local_id: 'r', party: 'y', stance: 'reports', relays: ['@o'] },
    { key: 'answer', party: 'x', stance: 'denies', in_reply_to: '@r' },
    { key: 'apart', party: 'y', stance: 'denies' },
  ],
});
await claim('right', { attributions: [{ key: 'there', party: 'y', stance: 'asserts' }] });

describe('POST /v1/attributions/{id}/move', () => {
  it('moves it and all that is linked with it, with their history; standing, words and counts of both follow', async () => {
    const before = await currentRegister(t);
    const { status, json, text, headers } = await move('relay', 'right');
    expect(status, text).toBe(200);
    expect(json.claim.key).toBe('right');
    const moved = json.items.map(({ key, version }: Record<string, unknown>) => `${key} ${version}`);
    expect([moved[0], [...moved].sort()]).toEqual(['relay 2', ['answer 2', 'origin 2', 'relay 2']]);
    expect([await keysOf('wrong'), await keysOf('right')]).toEqual([
      ['apart'],
      ['answer', 'origin', 'relay', 'there'],
    ]);
    for (const of of ['wrong', 'right']) {
      const { standing, attribution_count } = await read(`claims/${of}`);
      expect(standing).toEqual((await read(`claims/${of}/standing`)).standing);
      expect(attribution_count).toBe((await keysOf(of)).length);
    }
    expect((await read('claims?q=yaks')).items.map(({ key }: { key: string }) => key)).toEqual(['right']);
    const [{ patch, reason }] = (await read('attributions/origin/history')).items;
    expect(patch.map(({ path }: { path: string }) => path.split('/')[1])).toContain('claim');
    expect(reason).toMatch(/^Moved from claim /);
    expect(await differences()).toEqual([]);
    const reverted = await t.send('POST', `/v1/batches/${headers['x-request-id']}/revert`, {}, any);
    expect(reverted.status, reverted.text).toBe(200);
    expect(await currentRegister(t)).toEqual(before);
    expect(await differences()).toEqual([]);
  });

  it('leaves what is there already alone, and answers a retry', async () => {
    const same = await move('apart', 'wrong');
    expect([same.status, same.json.items[0].version]).toEqual([200, 1]);
    const [once, twice] = [
      await move('apart', 'right', { 'idempotency-key': 'm' }),
      await move('apart', 'right', { 'idempotency-key': 'm' }),
    ];
    expect(twice.text).toBe(once.text);
    expect((await move('apart', 'wrong')).json.items[0].version).toBe(3);
  });

  it('moves into what a merged claim became', async () => {
    await claim('former');
    const { id } = await merge('claims/former', 'right');
    expect((await move('apart', 'former')).json.claim.key).toBe('right');
    await undo('claims/former', id);
    expect(await keysOf('right'), 'it was not there before the merge').toContain('apart');
    await move('apart', 'wrong');
  });

  it('refuses what leads nowhere, and what is about a source, with the place', async () => {
    const { json } = await t.send('POST', '/v1/attributions', {
      about_source: 'paper',
      party: 'x',
      stance: 'denies',
    });
    for (const [id, to, code] of [
      ['apart', 'nowhere', 'unknown_reference'],
      [json.id, 'right', 'about_source'],
    ] as const) {
      const refused = await expectRejected(
        t,
        422,
        'invalid_body',
        'POST',
        `/v1/attributions/${id}/move`,
        { claim: to },
        any,
      );
      expect(refused.json.errors[0]).toMatchObject({ pointer: '/claim', code });
    }
    const patched = await expectRejected(
      t,
      422,
      'invalid_body',
      'PATCH',
      '/v1/attributions/apart',
      { claim: 'right' },
      any,
    );
    expect(patched.json.errors[0].detail).toContain('/move');
  });
});
