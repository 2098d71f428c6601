import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { refusedQuery } from '../support/pages.js';

/** That each list is held to the rules of the parameters that all lists have; the rules are in `test/unit`. */

const t = await testApp({ register: 'sample' });
const get = (url: string) => t.send('GET', url);

const { id: claim } = (await get('/v1/claims?limit=1')).json.items[0];
const lists = [
  '/v1/claims',
  '/v1/parties',
  '/v1/sources',
  '/v1/predicates',
  '/v1/attributions',
  '/v1/relations',
  '/v1/assessments',
  ...['attributions', 'relations', 'assessments'].map((own) => `/v1/claims/${claim}/${own}`),
];

describe.each(lists)('GET %s', (list) => {
  it('names every parameter of lists that is wrong, all at once', async () => {
    const shape = 'limit=201&count=estimated&sort=doc&as_of=soon&key=a,,b';
    const long = `fields=${'x'.repeat(1_001)}&cursor=${'x'.repeat(15_001)}`;
    const unknown = ['offset=10', 'page=2', 'Limit=5', 'key[]=ttp', 'key_hash=x', '__proto__=1', '=1'];
    await refusedQuery(
      t,
      `${list}?${shape}&${long}&${unknown.join('&')}`,
      'key invalid_value',
      'as_of invalid_value',
      'sort invalid_format',
      'limit invalid_format',
      'cursor too_big',
      'count invalid_value',
      'fields too_big',
      ...['offset', 'page', 'Limit', 'key[]', 'key_hash', '__proto__', ''].map(
        (name) => `${name} unknown_parameter`,
      ),
    );
  });

  it('refuses a range of which the ends are the wrong way round', async () => {
    const range = 'recorded_from=2026-02-02&recorded_to=2026-02-01';
    await refusedQuery(t, `${list}?${range}`, 'recorded_to inverted_range');
  });

  it('refuses an include that it does not have', async () => {
    const code = /predicates$/.test(list) ? 'unknown_parameter' : 'invalid_value';
    await refusedQuery(t, `${list}?include=nothing`, `include ${code}`);
  });

  it('names the address of a form that is asked for by a parameter', async () => {
    for (const extension of ['csv', 'ndjson']) {
      const answer = await t.send('GET', `${list}?format=${extension}&limit=1`);
      expect(answer.status).toBe(400);
      expect(answer.json.errors).toEqual([
        {
          parameter: 'format',
          code: 'unknown_parameter',
          detail: `each form has an address of its own; use ${list.replace(claim, '{id}')}.${extension}`,
        },
      ]);
    }
    await refusedQuery(
      t,
      `${list}?format=json&view=input`,
      'format unknown_parameter',
      'view unknown_parameter',
    );
  });

  it('names all faults of a query that cannot be read, before it looks at values', async () => {
    await refusedQuery(
      t,
      `${list}?key=%zz&sort=&limit=0&limit=2&offset=1`,
      'key invalid_encoding',
      'sort empty_parameter',
      'limit repeated_parameter',
    );
    const many = Array.from({ length: 60 }, (_, i) => `p${i}=1`).join('&');
    await refusedQuery(t, `${list}?${many}`, ' too_many_parameters');
  });

  it('takes what is just within the limits', async () => {
    for (const limit of [1, 200]) {
      const { items } = (await get(`${list}?limit=${limit}`)).json;
      expect(items.length).toBeLessThanOrEqual(limit);
    }
    const fifty = Array.from({ length: 50 }, (_, i) => `k${i}`);
    expect((await get(`${list}?key=${fifty.join(',')}`)).json.items).toEqual([]);
    await refusedQuery(t, `${list}?key=${[...fifty, 'k50'].join(',')}`, 'key invalid_value');
    expect((await get(`${list}?&limit=5&&`)).json.items.length).toBeLessThanOrEqual(5);
  });
});
