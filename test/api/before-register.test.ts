import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected } from '../support/expect-rejected.js';
import { oneOfEach } from '../support/one-of-each.js';

/** An instant before the first write: every read says when the register begins, and what answers the question meant. */

const t = await testApp();
const empty = await testApp();
const { admin, routes } = await oneOfEach(t);
const [{ recorded_at: begin }] = (await t.send('GET', '/v1/changes?limit=1')).json.items;
const dated = routes.filter(({ operations }) =>
  operations.get?.parameters?.some(({ name }) => name === 'as_of'),
);

describe('as_of before the register began', () => {
  it('is taken by no fewer routes than there are', () => expect(dated.length).toBeGreaterThan(60));

  it.each(dated.map(({ path, url }) => [path, url]))('GET %s', async (_, url) => {
    const address = `${url}${url.includes('?') ? '&' : '?'}as_of=2019`;
    const day = await expectRejected(
      t,
      400,
      'invalid_query',
      'GET',
      address.replace('2019', '2019-08-01'),
      undefined,
      admin,
    );
    expect(day.json.errors).toEqual([
      {
        parameter: 'as_of',
        code: 'before_register',
        detail: `the register begins on ${begin}; for what the world knew by then see \`known_by\``,
      },
    ]);
    expect(day.headers).not.toHaveProperty('memento-datetime');
    const headers = { ...admin, 'accept-datetime': 'Thu, 01 Aug 2019 10:00:00 GMT' };
    const memento = await expectRejected(t, 400, 'invalid_header', 'GET', url, undefined, headers);
    expect(memento.json.errors).toMatchObject([{ parameter: 'Accept-Datetime', code: 'before_register' }]);
  });

  it('is not what the instant of the first write is, nor any in an empty register', async () => {
    expect((await t.send('GET', `/v1/claims?as_of=${begin}`)).status).toBe(200);
    expect((await empty.send('GET', '/v1/claims?as_of=2019-08-01')).json.items).toEqual([]);
  });
});
