import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { refusedQuery } from '../support/pages.js';

const t = await testApp();

const BEGIN = '2026-01-01T00:00:00.000Z';
const LATER = '2026-02-01T00:00:00.000Z';

const put = async (path: string, body: object, headers = {}) => {
  const answer = await t.send('PUT', `/v1/${path}`, body, headers);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.json;
};

interface Hit {
  type: string;
  object: { key: string };
  snippets: {
    member: string;
    attribution: { key: string } | null;
    parts: { text: string; found: boolean }[];
  }[];
}
const search = async (q: string, more: Record<string, string> = {}) => {
  const { status, json, text } = await t.send('GET', `/v1/search?${new URLSearchParams({ q, ...more })}`);
  expect(status, text).toBe(200);
  return json;
};
const found = async (q: string, more = {}): Promise<string[]> =>
  (await search(q, more)).items.map(({ type, object }: Hit) => `${type} ${object.key}`);
const listed = async (path: string, query: Record<string, string>): Promise<string[]> => {
  const { status, json, text } = await t.send('GET', `/v1/${path}?${new URLSearchParams(query)}`);
  expect(status, text).toBe(200);
  return json.items.map(({ key }: { key: string }) => key);
};

const QUOTE = 'They carried the “cash — three million Afghanis”\u2028over the Dūrand line.';

beforeAll(async () => {
  t.setClock(BEGIN);
  await put('parties/ttp', {
    kind: 'armed_group',
    name: 'Tehreek-e-Taliban Pakistan',
    names: [{ name: 'تحریک طالبان پاکستان', kind: 'transliteration', language: 'ur' }],
  });
  await put('parties/karimi', {
    kind: 'person',
    name: 'علی کریمی',
    description: 'A treasurer of the network.',
  });
  await put('parties/gazette', { kind: 'media', name: 'The Gazette' });
  await put('sources/report', {
    type: 'report',
    title: 'Report on the Taliban treasury',
    url: 'https://example.org/treasury',
    publisher: 'gazette',
  });
  await put('predicates/stipend', { label: 'monthly stipend', value_type: 'text' });
  await put('claims/cash', {
    text: 'The Tehrik received a stipend in Kunar.',
    subject: 'ttp',
    predicate: 'stipend',
    occurred: '2024-05',
    topics: ['money'],
    places: [{ name: 'Kunar', iso_3166: 'AF-KNR' }],
    attributions: [
      {
        key: 'cash-report',
        party: 'gazette',
        stance: 'asserts',
        source: 'report',
        quote: { exact: QUOTE },
        note: 'Seen twice.',
      },
    ],
  });
  await put('claims/airport', { text: 'A stipend was paid at the airport.', occurred: '2023' });
  await put('claims/endings', { text: Array.from({ length: 101 }, (_, i) => `qq${i}`).join(' ') });
  await put('claims/often', {
    text: 'A kilo.',
    ...{ topics: ['kilo'], places: [{ name: 'Kilo' }], scope: 'kilo' },
    attributions: Array.from({ length: 60 }, (_, i) => ({
      ...{ party: 'gazette', stance: 'asserts', note: `mike${i}` },
    })),
  });
  await put('claims/removed', { text: 'The stipend ended.' });
  const removed = await t.send('DELETE', '/v1/claims/removed', undefined, { 'if-match': '"1"' });
  expect(removed.status).toBe(204);
});

describe('GET /v1/search', () => {
  it.each([
    ['a word, in any case, the best first', 'STIPEND', ['predicate stipend', 'claim airport', 'claim cash']],
    ['words of the text and of an attribution together', 'tehrik cash', ['claim cash']],
    ['a phrase', '"three million"', ['claim cash']],
    ['no phrase whose words stand apart', '"million three"', []],
    ['no phrase that goes from one text into the next', '"line seen"', []],
    ['a beginning', 'tre*', ['source report', 'party karimi']],
    ['a choice', 'airport OR treasury', ['claim airport', 'source report']],
    ['what has no other word', 'stipend -airport', ['predicate stipend', 'claim cash']],
    [
      'what has no other phrase, also of attributions',
      'stipend -"three million" -monthly',
      ['claim airport'],
    ],
    ['letters of another keyboard', 'علي كريمى', ['party karimi']],
    ['another script', 'تحریک', ['party ttp']],
    ['topics and places', 'money kunar', ['claim cash']],
    ['keys', 'cash-report', []],
    ['accents of either side', 'durand', ['claim cash']],
    ['nothing that was removed', '"stipend ended"', []],
    ['nothing in signs', '* - ""', []],
  ])('finds %s', async (_, q, expected) => {
    expect(await found(q)).toEqual(expected);
  });

  it('quotes what it found just as it was written', async () => {
    const { items } = await search('"three million" durand tehrik');
    const [text, quote] = (items[0] as Hit).snippets;
    expect(text).toMatchObject({
      member: 'text',
      attribution: null,
      parts: [
        { text: 'The ', found: false },
        { text: 'Tehrik', found: true },
        { text: ' received a stipend in Kunar.', found: false },
      ],
    });
    expect(quote).toMatchObject({ member: 'quote', attribution: { key: 'cash-report' }, cut_before: false });
    expect(quote!.parts.map((part) => part.text).join('')).toBe(QUOTE);
    expect(quote!.parts.filter((part) => part.found).map((part) => part.text)).toEqual([
      'three million',
      'Dūrand',
    ]);
  });

  it.each([
    ['three of those that fit', 'kilo', ['text', 'places', 'topics']],
    ['a key where nothing else fits', 'karimi', ['key']],
    ['no key that says the same again', 'monthly OR stipend', ['label']],
    ['one far behind in a claim', 'mike59', ['note']],
  ])('quotes %s', async (_, q, members) => {
    const { items } = await search(q);
    expect((items[0] as Hit).snippets.map(({ member }) => member)).toEqual(members);
  });

  it('refuses a beginning of too many words, and takes a longer one', async () => {
    await refusedQuery(t, '/v1/search?q=qq*', 'q too_many_words');
    await refusedQuery(t, '/v1/claims?q=qq*', 'q too_many_words');
    expect(await found('qq1*')).toEqual(['claim endings']);
  });

  it('takes types, and filters of claims, which are for claims alone', async () => {
    expect(await found('stipend', { type: 'predicate,party' })).toEqual(['predicate stipend']);
    expect(await found('stipend', { place: 'AF' })).toEqual(['claim cash']);
    expect(await found('stipend', { occurred_from: '2024', type: 'claim' })).toEqual(['claim cash']);
  });

  it('counts what the claims have in common', async () => {
    const names = 'predicate,party,source,publisher,support,stance,year,place,topic';
    const { facets } = await search('stipend', { facets: names });
    expect(facets).toMatchObject({ claims: 2, complete: true });
    const counts = Object.entries(
      facets.counts as Record<string, { values: { value: string; count: number }[] }>,
    );
    expect(
      Object.fromEntries(
        counts.map(([name, { values }]) => [name, values.map((one) => `${one.value} ${one.count}`)]),
      ),
    ).toEqual({
      predicate: ['stipend 1'],
      party: ['gazette 1'],
      source: ['report 1'],
      publisher: ['gazette 1'],
      support: ['none 1', 'untraced 1'],
      stance: ['asserts 1'],
      year: ['2023 1', '2024 1'],
      place: ['AF-KNR 1'],
      topic: ['money 1'],
    });
    const page = await t.send('GET', '/v1/claims?facets=topic&q=kunar&limit=1');
    expect(page.json.facets.counts).toEqual({
      topic: { values: [{ value: 'money', name: null, count: 1 }], has_more: false },
    });
  });

  it('goes on by cursors, both ways', async () => {
    const first = await search('stipend', { limit: '2' });
    expect(first).toMatchObject({ total: 3, has_more: true, prev_cursor: null });
    const { json: second } = await t.send('GET', `/v1/search?limit=2&cursor=${first.next_cursor}`);
    expect(second.items.map(({ object }: Hit) => object.key)).toEqual(['cash']);
    const { json: back } = await t.send('GET', `/v1/search?limit=2&cursor=${second.prev_cursor}`);
    expect(back.items).toEqual(first.items);
  });

  it.each([
    ['without words', { type: 'claim' }, { q: 'missing_parameter' }],
    ['that only excludes', { q: 'a -b' }, null],
    ['with nothing but exclusions', { q: ' -airport' }, { q: 'invalid_value' }],
    [
      'with a filter of claims among parties',
      { q: 'a', type: 'party', place: 'AF' },
      { place: 'misplaced_parameter' },
    ],
  ])('refuses a search %s', async (_, query, expected) => {
    const { status, json } = await t.send('GET', `/v1/search?${new URLSearchParams(query as never)}`);
    if (expected === null) return expect(status).toBe(200);
    expect(status).toBe(400);
    const faults = json.errors.map((fault: Record<string, string>) => [fault.parameter, fault.code]);
    expect(Object.fromEntries(faults)).toEqual(expected);
  });
});

describe('GET /v1/…?q=', () => {
  it.each([
    ['claims', 'three cash', ['cash']],
    ['attributions', 'afghanis', ['cash-report']],
    ['claims/cash/attributions', 'durand -airport', ['cash-report']],
    ['sources', 'treas*', ['report']],
    ['parties', 'treasurer', ['karimi']],
    ['predicates', 'monthly', ['stipend']],
    ['claims', 'nowhere', []],
  ])('%s by %s', async (path, q, keys) => {
    expect(await listed(path, { q })).toEqual(keys);
  });

  it('stands beside other filters, in exports and in cursors', async () => {
    expect(await listed('claims', { q: 'stipend', topic: 'money' })).toEqual(['cash']);
    const file = await t.send('GET', '/v1/claims.csv?q=stipend&fields=key');
    expect(file.text.trim().split(/\r?\n/)).toEqual(['key', 'cash', 'airport']);
    const page = await t.send('GET', '/v1/claims?q=stipend&limit=1&count=exact');
    expect(page.json).toMatchObject({ total: 2, has_more: true });
    const rest = await t.send('GET', `/v1/claims?cursor=${page.json.next_cursor}`);
    expect(rest.json.items.map(({ key }: { key: string }) => key)).toEqual(['airport']);
  });

  it('says what was likely meant where nothing is found', async () => {
    const near = async (path: string) => (await t.send('GET', path)).json.did_you_mean;
    expect(await near('/v1/claims?q=stypend+Kunar')).toEqual([{ parameter: 'q', value: 'stipend Kunar' }]);
    expect(await near('/v1/search?q=tresury')).toEqual([{ parameter: 'q', value: 'treasury' }]);
    expect(await near('/v1/search?q=stipen')).toEqual([{ parameter: 'q', value: 'stipend' }]);
    expect(await near('/v1/search?q=stipen*+Kabul')).toBeUndefined();
    expect(await near('/v1/parties?name=Tahrik+Taliban+Pakistan')).toEqual([
      { parameter: 'name', value: 'Tehreek-e-Taliban Pakistan' },
    ]);
    expect(await near('/v1/claims?q=stipend')).toBeUndefined();
    expect(await near('/v1/parties?q=stypend'), 'a word of others').toBeUndefined();
    expect(await near('/v1/claims?q=Kunar+stypend!+airport+stop')).toEqual([
      { parameter: 'q', value: 'Kunar stipend! airport stop' },
    ]);
    expect(await near('/v1/claims?q=stipend+treasury')).toBeUndefined();
    const unknown = Array.from({ length: 9 }, () => 'stypend');
    expect((await near(`/v1/claims?q=${unknown.join('+')}`))[0].value, 'the first eight').toBe(
      [...unknown.slice(1).map(() => 'stipend'), 'stypend'].join(' '),
    );
    await put('predicates/soon-gone', { label: 'Xylography', value_type: 'text' });
    expect(await near('/v1/search?q=xylographi')).toEqual([{ parameter: 'q', value: 'xylography' }]);
    await t.send('DELETE', '/v1/predicates/soon-gone', undefined, { 'if-match': '*' });
    expect(await near('/v1/search?q=xylographi'), 'a word of what is gone').toBeUndefined();
  });
});

describe('GET /v1/suggest', () => {
  const suggested = async (q: string, more = {}) => {
    const { status, json } = await t.send('GET', `/v1/suggest?${new URLSearchParams({ q, ...more })}`);
    expect(status).toBe(200);
    return json.items.map(({ type, object }: Hit) => `${type} ${object.key}`);
  };
  it.each([
    ['st', ['predicate stipend', 'claim airport', 'claim cash']],
    ['tehreek tal', ['party ttp']],
    ['tal ', []],
    ['nothing nowhere tehreek e taliban pakistan tehreek tal', ['party ttp']],
    ['علي كر', ['party karimi']],
    ['!', []],
  ])('%s', async (q, expected) => {
    expect(await suggested(q)).toEqual(expected);
  });

  it('takes types and a limit', async () => {
    expect(await suggested('st', { type: 'claim', limit: '1' })).toEqual(['claim airport']);
    await refusedQuery(t, '/v1/suggest?q=a&limit=21', 'limit invalid_format');
  });
});

describe('searches of the past', () => {
  beforeAll(async () => {
    t.setClock(LATER);
    await put('claims/airport', { text: 'Nothing was paid.', occurred: '2023' }, { 'if-match': '"1"' });
    await put(
      'attributions/cash-report',
      {
        ...{ claim: 'cash', party: 'gazette', stance: 'asserts', source: 'report' },
        quote: { exact: 'Other words.' },
      },
      { 'if-match': '"1"' },
    );
    await put('parties/ttp', { kind: 'armed_group', name: 'Movement' }, { 'if-match': '"1"' });
  });

  it('find what was there then, and not what came later', async () => {
    expect(await found('stipend', { type: 'claim' })).toEqual(['claim cash']);
    expect(await found('stipend', { type: 'claim', as_of: BEGIN })).toEqual(['claim airport', 'claim cash']);
    expect(await found('durand')).toEqual([]);
    expect(await found('tehrik afghanis', { as_of: BEGIN })).toEqual(['claim cash']);
    expect(await listed('parties', { q: 'movement' })).toEqual(['ttp']);
    expect(await listed('parties', { q: 'movement', as_of: BEGIN })).toEqual([]);
    expect(await listed('parties', { q: 'tehreek', as_of: BEGIN })).toEqual(['ttp']);
  });
});
