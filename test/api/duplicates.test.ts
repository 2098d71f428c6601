import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { buildReader } from '../../src/app.js';
import { cursorSecret } from '../../src/db/store/settings.js';
import { testApp } from '../support/app.js';
import { refusedQuery } from '../support/pages.js';
import { boundless } from '../support/reads.js';

/** The worklist of pairs that are likely the same. */

interface Pair {
  score: number;
  one: { id: string; key: string };
  other: { id: string; key: string };
  reasons: { code: string; detail: string }[];
}

const t = await testApp();
const headers = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
const any = { ...headers, 'if-match': '*' };

/** A fixed sequence, so that a failure can be looked into. */
let seed = 17;
const below = (n: number): number => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * n);
};
const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!;

const given = ['Noor', 'Nur', 'Sirajuddin', 'Sirajudin', 'Hafiz', 'Mohammad', 'Muhammad'];
const family = ['Wali', 'Haqqani', 'Haqani', 'Mehsud', 'Masood', 'Gul'];
const bodies = [
  'Tehrik-e-Taliban Pakistan',
  'Tehreek-e-Taliban Pakistan',
  'TTP',
  'Jaish al-Adl',
  'Jaish ul-Adl',
];
const words = [
  'road',
  'bridge',
  'closed',
  'opened',
  'Monday',
  'Tuesday',
  'soldiers',
  'near',
  'Khost',
  'border',
  'not',
  '12',
  '13',
];
const text = () => Array.from({ length: 9 }, () => oneOf(words)).join(' ');
const texts = Array.from({ length: 6 }, text);
const nearly = () => oneOf(texts) + oneOf(['', '.', ' again']);

const objects: [type: string, plural: string, body: (i: number) => object][] = [
  [
    'party',
    'parties',
    () => {
      const person = below(2) === 0;
      return {
        kind: person ? 'person' : 'armed_group',
        name: person ? `${oneOf(given)} ${oneOf(family)}` : oneOf(bodies),
        names: below(4) === 0 ? [{ name: oneOf(bodies), kind: 'alias' }] : [],
        identifiers: below(3) === 0 ? [{ scheme: 'wikidata', value: `Q${below(8)}` }] : [],
        country: oneOf([null, null, 'PK', 'AF']),
        unnamed: below(10) === 0,
      };
    },
  ],
  [
    'source',
    'sources',
    () => ({
      type: 'article',
      title: nearly(),
      published: oneOf(['2024-01', '2024-01-05', '2024-02']),
      url: below(2) === 0 ? `https://example.org/${below(6)}` : null,
      identifiers: below(4) === 0 ? [{ scheme: 'doi', value: `10.1000/${below(4)}` }] : [],
    }),
  ],
  ['predicate', 'predicates', (i) => ({ label: `p${i}`, value_type: 'party', symmetric: i % 2 === 0 })],
  [
    'claim',
    'claims',
    () => ({
      text: nearly(),
      ...(below(2) === 0 && {
        subject: `party-${below(3)}`,
        predicate: `predicate-${below(2)}`,
        value: { type: 'party', party: `party-${3 + below(3)}` },
      }),
      ...(below(4) === 0 && {
        subject: `party-${3 + below(3)}`,
        predicate: 'predicate-0',
        value: { type: 'party', party: `party-${below(3)}` },
      }),
    }),
  ],
  [
    'attribution',
    'attributions',
    () => ({
      claim: `claim-${below(3)}`,
      party: `party-${below(2)}`,
      stance: oneOf(['asserts', 'denies']),
      source: oneOf([null, `source-${below(2)}`]),
      note: oneOf([null, 'x', 'y']),
    }),
  ],
];
const MANY = 24;
for (const [type, , body] of objects) {
  const operations = Array.from({ length: MANY }, (_, i) => ({
    ...{ method: 'POST', type, body: { key: `${type}-${i}`, ...body(i) } },
  }));
  const made = await t.send('POST', '/v1/batch', { operations }, headers);
  expect(made.status, made.text).toBe(200);
}
const judged = objects.filter(([type]) => type !== 'predicate');
const nameOf = (a: string, b: string) => [a, b].sort().join(' ');

/** All pairs of the worklist in its order. */
async function worklist(query: string, get = (url: string) => t.send('GET', url)): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let url: string | null = `/v1/duplicates?${query}`; url; ) {
    const { status, json, text: answer } = await get(url);
    expect(status, answer).toBe(200);
    pairs.push(...json.items);
    const shape = new URLSearchParams(query).get('limit');
    url = json.has_more ? `/v1/duplicates?cursor=${json.next_cursor}${shape ? `&limit=${shape}` : ''}` : null;
  }
  return pairs;
}

/** What a write of each object as it is tells of others. */
async function toldByWrites(plural: string, type: string): Promise<Map<string, Set<string>>> {
  const told = new Map<string, Set<string>>();
  for (let i = 0; i < MANY; i++) {
    const url = `/v1/${plural}/${type}-${i}`;
    const input = (await t.send('GET', `${url}/input`)).json;
    const { json } = await t.send('PUT', url, input, any);
    for (const { object, reasons } of json.possible_duplicates ?? []) {
      const name = nameOf(json.key, object.key);
      const codes = told.get(name) ?? new Set();
      for (const { code } of reasons) codes.add(code);
      told.set(name, codes);
    }
  }
  return told;
}

describe('GET /v1/duplicates', () => {
  it.each(judged)('of %s: holds each pair that writes tell of once, and no other', async (type, plural) => {
    const told = await toldByWrites(plural, type);
    expect(told.size).toBeGreaterThan(3);
    for (const limit of [3, 200]) {
      const pairs = await worklist(`noun=${type}&limit=${limit}`);
      const names = pairs.map(({ one, other }) => nameOf(one.key, other.key));
      expect([...names].sort()).toEqual([...told.keys()].sort());
      for (const [i, { reasons }] of pairs.entries()) {
        for (const { code } of reasons) expect(told.get(names[i]!)).toContain(code);
      }
    }
  });

  it.each([
    ['party', ['same_identifier']],
    ['source', ['same_address']],
    ['claim', ['same_claim']],
  ])('of %s: begins with those that have %j in common', async (type, codes) => {
    const pairs = await worklist(`noun=${type}`);
    const sure = pairs.map(({ reasons }) => reasons.some(({ code }) => codes.includes(code)));
    expect(sure).toContain(true);
    expect(sure.lastIndexOf(true)).toBe(sure.filter(Boolean).length - 1);
  });

  it.each(judged)('of %s: with a least score, and of one object', async (type) => {
    const pairs = await worklist(`noun=${type}`);
    const good = await worklist(`noun=${type}&min_score=0.95`);
    expect(good).toEqual(pairs.filter(({ score }) => score >= 0.95));
    const { one } = pairs[0]!;
    for (const of of [one.id, one.key]) {
      const ofOne = await worklist(`noun=${type}&of=${of}`);
      const names = ofOne.map((pair) => nameOf(pair.one.key, pair.other.key));
      expect(names).toContain(nameOf(one.key, pairs[0]!.other.key));
      const all = new Set(pairs.map((pair) => nameOf(pair.one.key, pair.other.key)));
      for (const name of names) expect(all).toContain(name);
    }
  });

  it.each([
    'noun=party',
    'noun=party&kind=person',
    'noun=source&limit=3',
    'noun=claim',
    'noun=attribution&limit=2',
  ])('?%s: the same where a request tries few objects', async (query) => {
    const reader = await buildReader({
      store: { read: t.store.read, close: async () => {} },
      limits: { ...boundless, few: 3 },
      cursorSecret: await cursorSecret(t.store),
      logger: pino({ level: 'silent' }),
    });
    let requests = 0;
    const pairs = await worklist(query, async (url) => {
      requests++;
      const { statusCode, body } = await reader.inject(url);
      return { status: statusCode, text: body, json: JSON.parse(body), headers: {} };
    });
    await reader.close();
    expect(pairs).toEqual(await worklist(query));
    expect(requests).toBeGreaterThanOrEqual(MANY / 3);
  });

  it('of a kind', async () => {
    const persons = await worklist('noun=party&kind=person');
    expect(persons.length).toBeGreaterThan(0);
    const kinds = new Map<string, string>();
    for (const { id, kind } of (await t.send('GET', '/v1/parties?limit=200')).json.items) kinds.set(id, kind);
    const isOfPersons = ({ one, other }: Pair) =>
      kinds.get(one.id) === 'person' && kinds.get(other.id) === 'person';
    expect(persons).toEqual((await worklist('noun=party')).filter(isOfPersons));
  });

  it.each(judged)('of %s: leaves out what somebody judged, and what was removed', async (type, plural) => {
    const before = await worklist(`noun=${type}`);
    const [first] = before;
    const judgement = { noun: type, one: first!.other.id, other: first!.one.id, judgement: 'unsure' };
    const made = await t.send('POST', '/v1/judgements', judgement, headers);
    expect(made.status, made.text).toBe(201);
    expect(await worklist(`noun=${type}`)).toEqual(before.slice(1));
    await t.send('DELETE', `/v1/judgements/${made.json.id}`, undefined, any);
    expect(await worklist(`noun=${type}`)).toEqual(before);
    const free = before.find(({ one }) => Number(one.key.split('-')[1]) > 5)!.one;
    const removed = await t.send('DELETE', `/v1/${plural}/${free.key}`, undefined, any);
    expect(removed.status, removed.text).toBe(204);
    const isFree = ({ one, other }: Pair) => one.id !== free.id && other.id !== free.id;
    const left = (await worklist(`noun=${type}`)).map(({ one, other }) => nameOf(one.key, other.key));
    for (const { one, other } of before.filter(isFree)) expect(left).toContain(nameOf(one.key, other.key));
  });

  it('as it was at an instant', async () => {
    t.setClock('2031-01-01T00:00:00.000Z');
    const before = await worklist('noun=source');
    const { one, other } = before[0]!;
    const judgement = { noun: 'source', one: one.id, other: other.id, judgement: 'same' };
    t.setClock('2031-01-02T00:00:00.000Z');
    expect((await t.send('POST', '/v1/judgements', judgement, headers)).status).toBe(201);
    t.setClock('2031-01-03T00:00:00.000Z');
    expect(await worklist('noun=source')).toEqual(before.slice(1));
    expect(await worklist('noun=source&limit=3&as_of=2031-01-01T12:00:00Z')).toEqual(before);
  });

  it.each([
    ['', 'noun missing_parameter'],
    ['noun=predicate', 'noun invalid_value'],
    ['noun=party&kind=fact', 'kind invalid_value'],
    ['noun=source&kind=report', 'kind invalid_value'],
    ['noun=source&kind=person', 'kind invalid_value'],
    ['noun=party&min_score=2', 'min_score invalid_format'],
    ['noun=party&of=no-such', 'of unknown_reference'],
    ['noun=party&limit=0', 'limit invalid_format'],
    ['noun=party&cursor=x', 'cursor invalid_cursor'],
  ])('refuses ?%s', async (query, fault) => {
    await refusedQuery(t, `/v1/duplicates?${query}`, fault);
  });
});
