import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

const t = await testApp({ openReads: false });
const authorization = `Bearer ${t.key}`;
const read = (headers: Record<string, string | string[]>) =>
  t.app.inject({ method: 'GET', url: '/v1/parties', headers });

describe('GET /v1/parties where reads need a key', () => {
  it.each([
    ['of one letter more in front', { 'x-authorization': 'Basic eDp5' }],
    ['of some letters more behind', { 'authorization-info': 'Basic eDp5' }],
    ['whose value is the name of the other', { 'x-note': 'authorization' }],
  ])('takes the key beside a header %s', async (_what, more) => {
    expect((await read({ authorization, ...more })).statusCode).toBe(200);
    expect((await read(more)).statusCode).toBe(401);
  });

  it('takes the scheme in any case, and nothing around the key', async () => {
    expect((await read({ authorization: `bearer ${t.key}` })).statusCode).toBe(200);
    for (const wrong of [`Bearer  ${t.key}`, `Bearer ${t.key} x`, `x Bearer ${t.key}`, t.key, 'Bearer']) {
      expect([wrong, (await read({ authorization: wrong })).statusCode]).toEqual([wrong, 401]);
    }
  });
});
