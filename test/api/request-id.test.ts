import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { sender } from '../support/sender.js';

const t = await testApp();
const send = sender(t);

describe('X-Request-Id', () => {
  const answered = async (id: string) =>
    (await t.send('GET', '/livez', undefined, { 'x-request-id': id })).headers['x-request-id'];

  it('comes back in the answer and stands in the history', async () => {
    const sent = { 'x-request-id': 'import-2026_01' };
    const { id } = await send('POST', '/v1/parties', { kind: 'other', name: 'x' }, sent);
    const { json } = await t.send('GET', `/v1/parties/${id}/history`);
    expect(json.items[0].request_id).toBe('import-2026_01');
  });

  it.each(['12345678', 'A'.repeat(64), '-_-_-_-_'])('%s: is kept', async (id) => {
    expect(await answered(id)).toBe(id);
  });

  it.each([
    ['is too short', '1234567'],
    ['is too long', 'a'.repeat(65)],
    ['holds a space', 'import 2026'],
    ['begins with another character', '"request-1"'],
    ['ends with another character', 'request-1;a=b'],
    ['holds a letter beyond ASCII', 'anfrage-für-uns'],
    ['is empty', ''],
  ])('gives way to one of ours where it %s', async (_what, id) => {
    expect(await answered(id)).toMatch(/^request_[0-9a-z]{26}$/);
  });
});
