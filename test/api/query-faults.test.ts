import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { refusedQuery } from '../support/pages.js';

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

/** What every list refuses, with the parameter and the code it names. */
const everywhere: [query: string, fault: string][] = [
  ['limit=', 'limit empty_parameter'],
  ['limit', 'limit empty_parameter'],
  ...[
    '-1',
    '0',
    '201',
    '1e3',
    '1e2',
    '0x10',
    '%20',
    '%205',
    '5%20',
    '+5',
    '1.5',
    '005',
    'ten',
    '9'.repeat(30),
  ].map((limit): [string, string] => [`limit=${limit}`, 'limit invalid_format']),
  ['limit=%D9%A1', 'limit invalid_format'],
  ['limit=5&limit=5', 'limit repeated_parameter'],
  ['limit=5&%6Cimit=6', 'limit repeated_parameter'],
  ['key=ttp&key=pakistan', 'key repeated_parameter'],
  ['count=estimated', 'count invalid_value'],
  ['count=true', 'count invalid_value'],
  ['view=output', 'view invalid_value'],
  ['format=xml', 'format invalid_value'],
  ['format=CSV', 'format invalid_value'],
  ['cursor=', 'cursor empty_parameter'],
  ...[
    'key_hash',
    't1.secret',
    'id%22;--',
    'doc',
    'ID',
    'id,created',
    'created,id,id',
    '--id',
    '-',
    'id,',
    ',id',
    'constructor',
  ].map((sort): [string, string] => [`sort=${sort}`, 'sort invalid_format']),
  ['sort=%2Bid', 'sort invalid_format'],
  ['sort=', 'sort empty_parameter'],
  ['key=', 'key empty_parameter'],
  ['key=a,,b', 'key invalid_value'],
  ['key=,', 'key invalid_value'],
  ['key=a,', 'key invalid_value'],
  [`key=${Array.from({ length: 51 }, (_, i) => i).join(',')}`, 'key invalid_value'],
  ['key=%zz', 'key invalid_encoding'],
  ['key=%', 'key invalid_encoding'],
  ['key=%ff', 'key invalid_encoding'],
  ['key=%c0%ae', 'key invalid_encoding'],
  ['key=%ed%a0%80', 'key invalid_encoding'],
  ['%zz=1', ' invalid_encoding'],
  ['key=%00', 'key invalid_encoding'],
  ['key=ttp%00', 'key invalid_encoding'],
  ['%00=1', '\0 invalid_encoding'],
  ['=1', ' unknown_parameter'],
  ['offset=10', 'offset unknown_parameter'],
  ['page=2', 'page unknown_parameter'],
  ['Limit=5', 'Limit unknown_parameter'],
  ['key[]=ttp', 'key[] unknown_parameter'],
  ['key_hash=x', 'key_hash unknown_parameter'],
  ['doc=x', 'doc unknown_parameter'],
  ['__proto__=1', '__proto__ unknown_parameter'],
  ['constructor=1', 'constructor unknown_parameter'],
  [Array.from({ length: 60 }, (_, i) => `p${i}=1`).join('&'), ' too_many_parameters'],
  ['fields=id', 'fields misplaced_parameter'],
  ['fields=id&format=json', 'fields misplaced_parameter'],
];

describe.each(lists)('%s', (list) => {
  it.each(everywhere)('refuses ?%s', async (query, fault) => {
    await refusedQuery(t, `${list}?${query}`, fault);
  });

  it('takes what is just within the limits', async () => {
    for (const limit of [1, 9, 10, 99, 100, 199, 200]) {
      expect((await get(`${list}?limit=${limit}`)).status).toBe(200);
    }
    const fifty = Array.from({ length: 50 }, (_, i) => `k${i}`).join(',');
    expect((await get(`${list}?key=${fifty}`)).json.items).toEqual([]);
    expect((await get(`${list}?&limit=5&&`)).json.items.length).toBeLessThanOrEqual(5);
  });
});

describe('a rejected list', () => {
  it('names all faults at once', async () => {
    await refusedQuery(
      t,
      '/v1/claims?limit=0&kind=rumour&toString=3&sort=x',
      'kind invalid_value',
      'limit invalid_format',
      'sort invalid_format',
      'toString unknown_parameter',
    );
    await refusedQuery(
      t,
      '/v1/claims?key=%zz&stance=&limit=1&limit=2',
      'key invalid_encoding',
      'stance empty_parameter',
      'limit repeated_parameter',
    );
  });
});
