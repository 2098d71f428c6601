import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any } from '../support/claims.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { sender } from '../support/sender.js';

const t = await testApp();
const send = sender(t);

describe('Change-Reason', () => {
  const reasonOf = async (id: string) => {
    const rows = await t.store.read((tx) =>
      tx.db.select().from(tx.tables.history).orderBy(tx.tables.history.seq),
    );
    return rows.filter((row) => row.object_id === id).map(({ reason }) => reason);
  };

  it('is kept in the history with every kind of change', async () => {
    const why = (reason: string) => ({ ...any, 'change-reason': encodeURIComponent(reason) });
    const { id } = await send('POST', '/v1/parties', { kind: 'other', name: 'x' }, why('née Ж 😀'));
    await send('PATCH', `/v1/parties/${id}`, { name: 'y' }, why('100 %'));
    await send('PUT', `/v1/parties/${id}`, { kind: 'other', name: 'z' }, why('a+b, "c"'));
    await send('DELETE', `/v1/parties/${id}`, undefined, why('line\nbreak'));
    expect(await reasonOf(id)).toEqual(['née Ж 😀', '100 %', 'a+b, "c"', 'line\nbreak']);
  });

  const wrong: [what: string, header: string][] = [
    ['a bare percent sign', '100 %'],
    ['half an escape', 'a%2'],
    ['no UTF-8', 'caf%e9'],
    ['half a surrogate pair', '%ed%a0%80'],
    ['letters beyond ASCII', 'café'],
    ['U+0000', 'a%00b'],
    ['nothing', ''],
    ['spaces', '%20%20'],
    ['1,001 characters', 'x'.repeat(1_001)],
  ];
  it.each(wrong)('answers 400 where it is %s', async (_what, header) => {
    const headers = { 'change-reason': header };
    const body = { kind: 'other', name: 'x' };
    const answer = await expectRejected(t, 400, 'invalid_header', 'POST', '/v1/parties', body, headers);
    expect(faults(answer)).toEqual(['Change-Reason invalid_header']);
  });

  it('answers 400 on every kind of change', async () => {
    const { id } = await send('POST', '/v1/parties', { kind: 'other', name: 'x' });
    const headers = { ...any, 'change-reason': '100 %' };
    for (const [method, url, body] of [
      ['POST', '/v1/parties', { kind: 'other', name: 'x' }],
      ['PATCH', `/v1/parties/${id}`, { name: 'y' }],
      ['DELETE', `/v1/parties/${id}`, undefined],
    ] as const) {
      const answer = await expectRejected(t, 400, 'invalid_header', method, url, body, headers);
      expect(faults(answer)).toEqual(['Change-Reason invalid_header']);
    }
  });
});
