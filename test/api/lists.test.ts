import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { allIds, pages } from '../support/pages.js';

// biome-ignore lint/suspicious/noExplicitAny: objects of all nouns
type Item = any;

const t = await testApp({ register: 'sample' });
const reviewer = { authorization: `Bearer ${await t.newKey(['read', 'review'])}` };
const post = async (path: string, body: object, headers = {}): Promise<Item> => {
  const answer = await t.send('POST', path, body, headers);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
};

// What the sample has none of.
await post('/v1/parties', {
  key: 'a-state',
  kind: 'government',
  name: 'A State',
  country: 'AE',
  unnamed: true,
});
await post('/v1/parties', {
  ...{ key: 'numbered', kind: 'organization', name: 'Numbered', country: 'AF', part_of: 'taliban' },
  identifiers: [
    { scheme: 'wikidata', value: 'Q1' },
    { scheme: 'url', value: 'https://example.org/a:b' },
  ],
});
await post('/v1/parties', {
  kind: 'media',
  name: 'Lettered',
  identifiers: [
    { scheme: 'wikidata', value: 'Q12' },
    { scheme: 'imolin', value: 'Q1' },
  ],
});
await post('/v1/sources', {
  ...{
    key: 'page',
    type: 'website',
    title: 'A page',
    language: 'ur-PK',
    reliability: 'B',
    published: '2024',
  },
  ...{
    publisher: 'pakistan',
    authors: ['numbered', 'a-state'],
    identifiers: [
      { scheme: 'doi', value: '10.1/x' },
      { scheme: 'isbn', value: '10.1/x' },
    ],
  },
});
await post('/v1/sources', {
  ...{ type: 'dataset', title: 'A table', reliability: 'F', published: '2023/..', authors: ['a-state'] },
  ...{ part_of: 'page', derived_from: ['monitoring-team-report-35', 'page'] },
});
await post('/v1/attributions', {
  ...{ about_source: 'page', party: 'numbered', speaker: 'a-state', stance: 'denies', said: '2024-05' },
  ...{ manner: 'alleges', basis: 'documented', source: 'page' },
});
await post('/v1/attributions', {
  ...{
    claim: 'ttp-strength-10000',
    party: 'a-state',
    stance: 'declines',
    basis: 'witnessed',
    said: '../2023-06',
  },
});

const [strong, fewer, weak] = ['ttp-strength-10000', 'ttp-strength-up-to-6500', 'ttp-attacks-over-600'];
await post('/v1/relations', { key: 'r-1', from: strong, type: 'contradicts', to: fewer });
await post('/v1/relations', { from: fewer, type: 'updates', to: weak });
await post(`/v1/claims/${weak}/relations`, { key: 'r-3', type: 'contradicts', to: strong });
const judged = { claim: strong, likelihood: 'likely', confidence: 'low', assessor: 'A. Nalyst' };
await post('/v1/assessments', { key: 'a-1', credibility: 2, ...judged }, reviewer);
await post('/v1/assessments', { ...judged, claim: fewer, confidence: 'high', assessor: 'B' }, reviewer);
await post(
  `/v1/claims/${weak}/assessments`,
  { key: 'a-3', credibility: 6, likelihood: 'unlikely' },
  reviewer,
);

await post('/v1/relations', {
  from: 'ttp-leader-family-stipend',
  type: 'refines',
  to: 'ttp-attacks-escalated-2024',
});
await post('/v1/assessments', { claim: 'ttp-leader-family-stipend', verdict: 'not proven' }, reviewer);

for (const [key, noun, one, other, judgement] of [
  ['j-1', 'party', 'ttp', 'pakistan', 'not_the_same'],
  ['j-2', 'party', 'taliban', 'ttp', 'unsure'],
  ['j-3', 'source', 'monitoring-team-report-35', 'defence-talks-article-2025', 'same'],
]) {
  await post('/v1/judgements', { key, noun, one, other, judgement }, reviewer);
}

/** A reference can be asked for by id and by key. */
const names = (reference: Item): string[] => (reference ? [reference.id, reference.key].filter(Boolean) : []);
const several = (references: Item[]): string[] => references.flatMap(names);
const identifiers = (item: Item): string[] =>
  item.identifiers.map(({ scheme, value }: Record<string, string>) => `${scheme}:${value}`);
const whole = (member: string) => (item: Item) => (item[member] === null ? [] : [String(item[member])]);

const ofPair = (noun: string) => (judgement: Item) =>
  judgement.noun === noun ? several([judgement.one, judgement.other]) : [];

/** For each list, what its items answer to under each filter. */
const lists: Record<string, Record<string, (item: Item) => string[]>> = {
  '/v1/parties': {
    key: whole('key'),
    kind: whole('kind'),
    country: whole('country'),
    unnamed: whole('unnamed'),
    identifier: identifiers,
    part_of: (party) => names(party.part_of),
  },
  '/v1/sources': {
    key: whole('key'),
    type: whole('type'),
    language: whole('language'),
    reliability: whole('reliability'),
    identifier: identifiers,
    publisher: (source) => names(source.publisher),
    author: (source) => several(source.authors),
    part_of: (source) => names(source.part_of),
    derived_from: (source) => several(source.derived_from),
  },
  '/v1/predicates': {
    key: whole('key'),
    value_type: whole('value_type'),
    functional: whole('functional'),
    measure: whole('measure'),
  },
  '/v1/attributions': {
    key: whole('key'),
    claim: (attribution) => names(attribution.claim),
    about_source: (attribution) => names(attribution.about_source),
    speaker: (attribution) => names(attribution.speaker),
    stance: whole('stance'),
    manner: whole('manner'),
    basis: whole('basis'),
    lineage: whole('lineage'),
    source: (attribution) => names(attribution.source),
  },
  '/v1/relations': {
    key: whole('key'),
    type: whole('type'),
    from: (relation) => names(relation.from),
    to: (relation) => names(relation.to),
    claim: (relation) => several([relation.from, relation.to]),
  },
  '/v1/assessments': {
    key: whole('key'),
    claim: (assessment) => names(assessment.claim),
    credibility: whole('credibility'),
    likelihood: whole('likelihood'),
    confidence: whole('confidence'),
    assessor: whole('assessor'),
  },
  '/v1/judgements': {
    ...{ key: whole('key'), noun: whole('noun'), judgement: whole('judgement') },
    party: ofPair('party'),
    source: ofPair('source'),
  },
};
const single = ['unnamed', 'functional', 'identifier'];

const items: Record<string, Item[]> = {};
for (const list of Object.keys(lists)) {
  items[list] = [];
  for await (const { json } of pages(t, `${list}?limit=200`)) items[list].push(...json.items);
}
const matching = (list: string, fits: (item: Item) => boolean): string[] =>
  items[list]!.filter(fits).map((item) => item.id);
const found = (list: string, query: Record<string, string>) =>
  allIds(t, `${list}?${new URLSearchParams({ ...query, limit: '200' })}`);

const filters = Object.entries(lists).flatMap(([list, byName]) =>
  Object.entries(byName).map(([name, valuesOf]) => [list, name, valuesOf] as const),
);

describe('GET lists: a filter', () => {
  it.each(filters)('%s?%s= finds the items that have one of the values', async (list, name, valuesOf) => {
    const values = [...new Set(items[list]!.flatMap(valuesOf))].slice(0, effort(5, 30));
    expect(values.length).toBeGreaterThan(1);
    for (const value of values) {
      const right = matching(list, (item) => valuesOf(item).includes(value));
      expect(await found(list, { [name]: value }), value).toEqual(right);
      expect(right.length).toBeLessThan(items[list]!.length);
    }
    if (single.includes(name)) return;
    const some = values.filter((_, i) => i % 3 === 0).slice(0, 2);
    const right = matching(list, (item) => valuesOf(item).some((value) => some.includes(value)));
    expect(await found(list, { [name]: some.join(',') })).toEqual(right);
    expect(right.length).toBeLessThan(items[list]!.length);
  });

  it.each([
    ['/v1/attributions', 'said'],
    ['/v1/sources', 'published'],
  ])('%s?%s_from= and _to= find what has a day in common', async (list, name) => {
    const dates = ['2022', '2023-06', '2024-05-31', '2024-06-01', '2025-02-06', '2030'];
    const firstDay: Record<string, string> = {
      '2022': '2022-01-01',
      '2023-06': '2023-06-01',
      '2030': '2030-01-01',
    };
    const lastDay: Record<string, string> = {
      '2022': '2022-12-31',
      '2023-06': '2023-06-30',
      '2030': '2030-12-31',
    };
    const dated = (item: Item) => item[name] !== null;
    for (const date of dates) {
      const reaches = (item: Item) => dated(item) && (item[`${name}_to`] ?? '9') >= (firstDay[date] ?? date);
      const begins = (item: Item) => dated(item) && (item[`${name}_from`] ?? '0') <= (lastDay[date] ?? date);
      expect(await found(list, { [`${name}_from`]: date }), date).toEqual(matching(list, reaches));
      expect(await found(list, { [`${name}_to`]: date }), date).toEqual(matching(list, begins));
      const both = { [`${name}_from`]: date, [`${name}_to`]: date };
      expect(await found(list, both), date).toEqual(matching(list, (item) => reaches(item) && begins(item)));
    }
    expect(matching(list, dated).length).toBeLessThan(items[list]!.length);
  });

  it('/v1/attributions: several filters must all hold', async () => {
    const right = matching('/v1/attributions', (a) => a.stance === 'reports' && a.lineage === 'relays');
    expect(await found('/v1/attributions', { stance: 'reports', lineage: 'relays' })).toEqual(right);
    expect(right.length).toBeGreaterThan(10);
  });

  it('/v1/…?key= finds nothing under a key that nothing has', async () => {
    for (const list of Object.keys(lists)) expect(await found(list, { key: 'nothing-has-it' })).toEqual([]);
  });

  it('/v1/attributions?party= finds what its parts say, unless exactly it is meant', async () => {
    const above = new Map(items['/v1/parties']!.map(({ id, part_of }) => [id, part_of?.id]));
    const within = (party: Item, whole: string): boolean => {
      for (let at = party?.id; at; at = above.get(at)) if (at === whole) return true;
      return false;
    };
    const { id } = items['/v1/parties']!.find(({ key }) => key === 'taliban');
    const wide = matching('/v1/attributions', (a) => within(a.party, id) || within(a.speaker, id));
    const narrow = matching('/v1/attributions', (a) => a.party.id === id || a.speaker?.id === id);
    expect(await found('/v1/attributions', { party: 'taliban' })).toEqual(wide);
    expect(await found('/v1/attributions', { party: id, party_exact: 'false' })).toEqual(wide);
    expect(await found('/v1/attributions', { party: id, party_exact: 'true' })).toEqual(narrow);
    expect(narrow.length).toBeGreaterThan(0);
    expect(wide.length).toBeGreaterThan(narrow.length);
  });

  it('/v1/attributions?unnamed= tells unnamed parties from named ones', async () => {
    const unnamed = new Set(items['/v1/parties']!.filter((party) => party.unnamed).map(({ id }) => id));
    for (const value of [true, false]) {
      const right = matching('/v1/attributions', ({ party }) => unnamed.has(party.id) === value);
      expect(await found('/v1/attributions', { unnamed: String(value) })).toEqual(right);
      expect(right.length).toBeGreaterThan(0);
    }
  });

  it('/v1/attributions?source_depth=all finds what draws on the source', async () => {
    const origins = new Map(
      items['/v1/sources']!.map(({ id, part_of, derived_from }) => [id, [...derived_from, part_of]]),
    );
    const drawsOn = (source: Item, key: string): boolean =>
      source && (source.key === key || origins.get(source.id)!.some((origin) => drawsOn(origin, key)));
    const key = 'monitoring-team-report-35';
    const deep = matching('/v1/attributions', (a) => drawsOn(a.source, key));
    expect(await found('/v1/attributions', { source: key, source_depth: 'all' })).toEqual(deep);
    expect(deep.length).toBeGreaterThan((await found('/v1/attributions', { source: key })).length);
  });
});
