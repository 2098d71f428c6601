import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { batchSender, type Operation, statuses } from '../support/batch.js';

/** Changes of several nouns are made together, which nobody can tell from the answer or the register. */

const t = await testApp();
const batch = await batchSender(t);
const COUNT = 12;
const post = (type: string, body: object): Operation => ({ method: 'POST', type, body });
const change = (type: string, id: string, body: object, more: object = {}): Operation => ({
  ...{ method: 'PATCH', type, id, if_match: '*', body },
  ...more,
});
const get = async (path: string) => (await t.send('GET', `/v1/${path}`)).json;
const worded = { predicate: 'named', value: { type: 'text', text: 'x' } };

beforeAll(async () => {
  const keys = Array.from({ length: COUNT }, (_, i) => i);
  const { status, text } = await batch([
    ...keys.map((i) => post('party', { key: `party-${i}`, kind: 'other', name: `Party ${i}` })),
    ...keys.map((i) =>
      post('source', { key: `source-${i}`, type: 'report', title: `Source ${i}`, publisher: `party-${i}` }),
    ),
    ...keys.map((i) => post('claim', { key: `claim-${i}`, text: `Claim ${i}.`, subject: `party-${i}` })),
    ...keys.map((i) =>
      post('attribution', {
        ...{ key: `said-${i}`, claim: `claim-${i}`, source: `source-${i}` },
        ...{ party: `party-${i}`, stance: 'asserts', lineage: 'originates' },
      }),
    ),
    ...keys.map((i) =>
      post('attribution', {
        ...{ key: `about-${i}`, about_source: `source-${i}`, party: `party-${i}`, stance: 'denies' },
      }),
    ),
    post('predicate', { key: 'named', label: 'named', value_type: 'text' }),
  ]);
  expect(status, text).toBe(200);
});

describe('changes of several nouns that follow each other', () => {
  it('are recorded in their order, each for its reason, and each object once', async () => {
    const operations = Array.from({ length: COUNT }, (_, i) => [
      change('claim', `claim-${i}`, { scope: `Of ${i}.` }, { reason: `Claim ${i}` }),
      change('attribution', `said-${i}`, { note: `Note ${i}.` }, i % 2 ? {} : { reason: `Said ${i}` }),
      change('party', `party-${i}`, { name: `Renamed ${i}` }),
      change('source', `source-${i}`, { language: 'fr' }),
    ]).flat();
    const { status, json, text } = await t.send(
      'POST',
      '/v1/batch',
      { operations },
      {
        'change-reason': 'All.',
      },
    );
    expect(status, text).toBe(200);
    expect(json.items.map(({ version }: { version: number }) => version)).toEqual(operations.map(() => 2));
    const lines = (await t.send('GET', '/v1/changes.ndjson')).text.trimEnd().split('\n');
    const newest = lines.slice(-operations.length).map((line) => JSON.parse(line));
    expect(newest.map(({ id, reason }) => [id, reason])).toEqual(
      operations.map(({ reason = 'All.' }, i) => [json.items[i].id, reason]),
    );
    const claim = await get('claims/claim-3');
    expect(claim).toMatchObject({ scope: 'Of 3.', version: 2, subject: { name: 'Renamed 3' } });
    expect(claim.attributions[0]).toMatchObject({ note: 'Note 3.', party: { name: 'Renamed 3' } });
    expect((await get('parties/party-3')).names[0]).toMatchObject({ name: 'Party 3', kind: 'former' });
  });

  it('bring up to date what depends on any of them', async () => {
    const answer = await batch([
      change('attribution', 'said-0', { stance: 'denies' }),
      change('claim', 'claim-0', { subject: null }),
      change('attribution', 'said-1', { lineage: 'unknown' }),
      change('party', 'party-2', { independent_voice: true }),
      change('source', 'source-3', { supersedes: ['source-4'] }),
    ]);
    expect(statuses(answer)).toEqual([200, 200, 200, 200, 200]);
    expect((await get('claims/claim-0')).standing).toMatchObject({ support: 'none', denying: 1 });
    expect((await get('claims/claim-1')).standing).toMatchObject({ support: 'untraced' });
    expect((await get('sources/source-4')).status).toBe('superseded');
  });

  it('concern the subject that a claim has by then', async () => {
    const { headers } = await batch([
      change('attribution', 'said-6', { note: 'Before.' }),
      change('claim', 'claim-6', { subject: 'party-11' }),
      change('attribution', 'said-7', { note: 'Before.' }),
      change('claim', 'claim-7', { subject: 'party-11' }),
    ]);
    const concerning = async (party: string) => {
      const { items } = await get(`changes?subject=${party}&limit=200`);
      return items
        .filter(({ request_id }: { request_id: string }) => request_id === headers['x-request-id'])
        .map(({ key }: { key: string }) => key);
    };
    expect(await concerning('party-6')).toEqual(['said-6', 'claim-6']);
    expect(await concerning('party-7')).toEqual(['said-7', 'claim-7']);
    expect(await concerning('party-11')).toEqual(['claim-6', 'claim-7']);
  });

  it('name what is nearly the same, also where that is changed behind them', async () => {
    const text = 'The convoy of the third brigade went over the bridge to the northern border station';
    for (const [key, words] of Object.entries({ near: text, nearly: 'Another.' })) {
      expect((await t.send('PUT', `/v1/claims/${key}`, { text: `${words} today.` })).status).toBe(201);
    }
    const duplicatesOf = async (...more: Operation[]) => {
      const operations = [
        change('claim', 'nearly', { text: `${text} yesterday.` }),
        change('party', 'party-0', { description: 'A' }),
        change('claim', 'near', { occurred: '2024' }),
        ...more,
      ];
      const { json, text: told } = await batch(operations, { dry_run: true });
      expect(statuses({ json } as never), told).toEqual(operations.map(() => 200));
      return json.items[0].possible_duplicates?.map(({ object }: { object: { key: string } }) => object.key);
    };
    expect(await duplicatesOf()).toEqual(['near']);
    // These are changed one by one, and all with them.
    const parted = change('party', 'party-10', { part_of: 'party-9' });
    expect(await duplicatesOf(change('party', 'party-9', { part_of: null }), parted)).toEqual(['near']);
  });

  it('leave out what stays as it is, and refuse what is replaced without its version', async () => {
    const form = async (path: string) => get(`${path}/input`);
    const [party, source] = [await form('parties/party-5'), await form('sources/source-5')];
    const put = (type: string, id: string, body: object): Operation => ({ method: 'PUT', type, id, body });
    const same = await batch([
      put('party', 'party-5', party),
      put('source', 'source-5', source),
      change('claim', 'claim-5', {}),
    ]);
    expect(same.json.items.map(({ version }: { version: number }) => version)).toEqual([2, 2, 2]);
    const before = await t.dump();
    const { status, json } = await batch([
      put('party', 'party-5', party),
      put('source', 'source-5', { ...source, title: 'Another' }),
      change('claim', 'claim-5', { subject: 'nobody' }),
    ]);
    expect([status, json.failed_operations]).toEqual([422, [1, 2]]);
    expect((await t.dump()) === before).toBe(true);
  });

  it('are held to rules that depend on those before them', async () => {
    const refused: [why: string, operations: Operation[], failed: number[]][] = [
      [
        'the predicate takes other values by then',
        [change('predicate', 'named', { value_type: 'quantity' }), change('claim', 'claim-6', worded)],
        [1],
      ],
      [
        'a claim has such a value by then',
        [change('claim', 'claim-6', worded), change('predicate', 'named', { value_type: 'quantity' })],
        [1],
      ],
      [
        'the source has another publisher by then',
        [
          change('source', 'source-7', { publisher: 'party-8' }),
          change('attribution', 'about-7', { stance: 'retracts' }),
        ],
        [1],
      ],
    ];
    for (const [why, operations, failed] of refused) {
      const before = await t.dump();
      expect([why, (await batch(operations)).json.failed_operations]).toEqual([why, failed]);
      expect((await t.dump()) === before).toBe(true);
    }
    const allowed = await batch([
      change('party', 'party-9', { part_of: 'party-10' }),
      change('source', 'source-9', { publisher: 'party-9' }),
      change('attribution', 'about-9', { party: 'party-10', stance: 'retracts' }),
    ]);
    expect(statuses(allowed)).toEqual([200, 200, 200]);
    expect((await get('sources/source-9')).status).toBe('withdrawn');
  });
});
