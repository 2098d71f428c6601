import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { readOperation } from '../support/openapi.js';
import { refusedQuery } from '../support/pages.js';

/** Each filter of each list refuses a value that is none; what values there are is in `test/unit/http`. */

const t = await testApp({ register: 'sample' });
const get = (url: string) => t.send('GET', url);
const { id: claim } = (await get('/v1/claims?limit=1')).json.items[0];
const document = (await get('/openapi.json')).json;
const { paths } = document;

const DAY = ['2024-13', 'invalid_value'] as const;
const INSTANT = ['2026-02-30', 'invalid_value'] as const;
const FLAG = ['yes', 'invalid_format'] as const;
const EMPTY = ['a,', 'invalid_value'] as const;
const no = (value: string) => [value, 'invalid_value'] as const;
/** In every list. */
const RECORDED = {
  q: no('-x'),
  ...{ recorded_from: INSTANT, recorded_to: INSTANT, updated_from: INSTANT, updated_to: INSTANT },
};
const LONG = ['x'.repeat(2_001), 'too_big'] as const;

/** For each filter a value that it refuses, and the code of the fault. */
const wrong: Record<string, Record<string, readonly [value: string, code: string]>> = {
  '/v1/claims': {
    ...{ key: EMPTY, kind: no('fact,rumour'), subject: EMPTY, predicate: EMPTY, about: EMPTY, party: EMPTY },
    ...{ party_exact: FLAG, party_all: EMPTY, stance: no('Asserts'), speaker: EMPTY, source: EMPTY },
    ...{
      source_depth: no('1'),
      publisher: EMPTY,
      place: no('AF-XXX'),
      topic: no('No_Such'),
      language: no('EN'),
    },
    ...{ about_exact: FLAG, speaker_exact: FLAG, publisher_exact: FLAG, not_party: EMPTY },
    ...{ lineage: no('none'), reliability: no('G'), no_source: FLAG, unassessed: FLAG },
    ...{ occurred_from: DAY, occurred_to: DAY, said_from: DAY, said_to: DAY },
    ...{ published_from: DAY, published_to: DAY },
    ...{
      source_status: no('gone'),
      source_access: no('heard'),
      verdict: no('x'.repeat(201)),
      self_denied: FLAG,
    },
    known_by: DAY,
    ...RECORDED,
    ...{ activity_from: INSTANT, activity_to: INSTANT },
    ...{ value_min: no('1e3'), value_max: no('05'), unit: no('x'.repeat(65)), currency: no('afn') },
    ...{ support: no('some'), contested: FLAG, retracted: FLAG, superseded: FLAG, unnamed_only: FLAG },
    min_origins: ['-1', 'invalid_format'],
  },
  '/v1/parties': {
    ...RECORDED,
    ...{
      key: no('UPPER'),
      kind: no('army'),
      name: LONG,
      country: no('Afghanistan'),
      part_of: EMPTY,
      unnamed: FLAG,
    },
    identifier: no('wikidata'),
  },
  '/v1/sources': {
    ...RECORDED,
    publisher_exact: FLAG,
    ...{
      key: EMPTY,
      type: no('rumour'),
      title: LONG,
      url: ['example.org/report', 'invalid_url'],
      publisher: EMPTY,
      author: EMPTY,
    },
    ...{
      part_of: EMPTY,
      derived_from: EMPTY,
      identifier: no('doi:'),
      language: no('farsi'),
      reliability: no('G'),
    },
    ...{ published_from: DAY, published_to: DAY, supersedes: EMPTY, source_status: no('retracted') },
  },
  '/v1/predicates': {
    ...RECORDED,
    key: EMPTY,
    value_type: no('number'),
    measure: no('null'),
    functional: FLAG,
  },
  '/v1/attributions': {
    known_by: DAY,
    ...RECORDED,
    ...{ key: EMPTY, claim: EMPTY, about_source: EMPTY, party: EMPTY, party_exact: FLAG, speaker: EMPTY },
    speaker_exact: FLAG,
    unnamed: FLAG,
    ...{ stance: no('shouts'), manner: no('shouts'), basis: no('rumour'), lineage: no('none') },
    ...{ source: EMPTY, source_depth: no('some'), source_access: no('heard'), said_from: DAY, said_to: DAY },
    ...{ retracted: FLAG, source_status: no('withdrawn,') },
  },
  '/v1/relations': { ...RECORDED, key: EMPTY, type: no('refutes'), from: EMPTY, to: EMPTY, claim: EMPTY },
  '/v1/assessments': {
    ...{ key: EMPTY, claim: EMPTY, credibility: no('01'), likelihood: no('possible') },
    ...{ confidence: no('none'), assessor: no('x'.repeat(201)), verdict: no(' proven'), ...RECORDED },
  },
  '/v1/judgements': {
    ...{ key: EMPTY, noun: no('relation'), judgement: no('other'), ...RECORDED },
    ...{ party: EMPTY, source: EMPTY, claim: EMPTY, attribution: EMPTY },
  },
};
const shape = ['as_of', 'count', 'cursor', 'facets', 'include', 'limit', 'sort'];

describe.each(Object.entries(wrong))('GET %s', (list, values) => {
  it('has no filter but those of which a wrong value is known', () => {
    const { parameters } = readOperation(document, paths[list].get as object);
    const filters = parameters.filter((each) => each.in === 'query' && !shape.includes(each.name));
    expect(
      filters.map(({ name }) => name).sort(),
      'Give each filter of the list a value that it refuses, in `wrong` of this file.',
    ).toEqual(Object.keys(values).sort());
  });

  it('refuses each filter with a value that it cannot have', async () => {
    const names = Object.keys(values);
    // A query may hold 50 parameters, an answer 20 faults.
    for (let at = 0; at < names.length; at += 15) {
      const some = names.slice(at, at + 15);
      const query = new URLSearchParams(some.map((name): [string, string] => [name, values[name]![0]]));
      const answer = await t.send('GET', `${list}?${query}`);
      const faults = answer.json.errors.map((fault: Record<string, string>) => [fault.parameter, fault.code]);
      expect(Object.fromEntries(faults)).toEqual(
        Object.fromEntries(some.map((name) => [name, values[name]![1]])),
      );
    }
  });
});

/** The filters that name objects, with one that exists. */
const references: Record<string, Record<string, string>> = {
  '/v1/claims': {
    ...{ subject: 'ttp', predicate: 'fighter-strength', about: 'ttp', party: 'ttp', party_all: 'ttp' },
    ...{ speaker: 'ttp', source: 'monitoring-team-report-35', publisher: 'ttp' },
  },
  '/v1/parties': { part_of: 'ttp' },
  '/v1/sources': {
    ...{ publisher: 'ttp', author: 'ttp' },
    ...{ part_of: 'monitoring-team-report-35', derived_from: 'monitoring-team-report-35' },
  },
  '/v1/attributions': {
    ...{ claim, about_source: 'monitoring-team-report-35', party: 'ttp', speaker: 'ttp' },
    source: 'monitoring-team-report-35',
  },
  '/v1/relations': { from: claim, to: claim, claim },
  '/v1/assessments': { claim },
  '/v1/judgements': {
    ...{ party: 'ttp', source: 'monitoring-team-report-35', claim },
    attribution: 'ttp-leader-family-stipend-outlet',
  },
};
const named = Object.entries(references).flatMap(([list, byName]) =>
  Object.entries(byName).map(([name, known]) => [list, name, known] as const),
);

describe('GET lists: a filter that names objects', () => {
  it.each(named)(
    '%s?%s= refuses a reference that leads nowhere, beside one that does too',
    async (list, name, known) => {
      for (const reference of ['no-such', `${known},no-such`]) {
        const answer = await refusedQuery(t, `${list}?${name}=${reference}`, `${name} unknown_reference`);
        expect(answer.json.detail).toContain('no-such');
      }
      expect((await get(`${list}?${name}=${known}&limit=1`)).status).toBe(200);
    },
  );

  it.each([
    'claim_01h2xcejqtf2nbrexx3vqjhp41',
    'party_01h2xcejqtf2nbrexx3vqjhp41',
    'TTP',
    '@x',
    '*',
    'history',
  ])('/v1/claims?party= refuses %s, which leads nowhere', async (reference) => {
    for (const name of ['party', 'party_all']) {
      const answer = await refusedQuery(t, `/v1/claims?${name}=${reference}`, `${name} unknown_reference`);
      expect(answer.json.detail).toContain(reference);
    }
  });

  it('/v1/claims?party= refuses a party that was removed', async () => {
    await t.send('POST', '/v1/parties', { key: 'fallen', kind: 'other', name: 'Fallen' });
    expect((await get('/v1/claims?party=fallen')).status).toBe(200);
    await t.send('DELETE', '/v1/parties/fallen', undefined, { 'if-match': '*' });
    await refusedQuery(t, '/v1/claims?party=fallen', 'party unknown_reference');
  });
});

describe('GET /v1/claims', () => {
  it.each([
    ['value_min=5', 'value_min missing_parameter'],
    ['value_max=5', 'value_max missing_parameter'],
    ['value_min=5&value_max=6', 'value_min missing_parameter'],
    ['value_min=5&subject=ttp', 'value_min missing_parameter'],
    ['fields=id,nope', 'fields unknown_member'],
    ['fields=', 'fields empty_parameter'],
    ['search=true', 'search unknown_parameter'],
  ])('refuses ?%s', async (query, fault) => {
    await refusedQuery(t, `/v1/claims?${query}`, fault);
  });

  it.each(['unit=fighters', 'currency=AFN', 'predicate=fighter-strength'])(
    'compares values where %s says of what',
    async (of) => {
      expect((await get(`/v1/claims?value_min=5&value_max=6&${of}`)).status).toBe(200);
    },
  );

  it('tells of the + that an address turns into a space', async () => {
    const url = '/v1/claims?recorded_from=2026-01-31T10:00:00';
    const answer = await refusedQuery(t, `${url}+02:00`, 'recorded_from invalid_value');
    expect(answer.json.errors[0].detail).toContain('%2B');
    expect((await get(`${url}%2B02:00`)).status).toBe(200);
  });
});

describe('GET /v1/claims/{id}/…', () => {
  it.each([
    ['relations?claim=x', 'claim unknown_parameter'],
    ['assessments?claim=x', 'claim unknown_parameter'],
    [`attributions?claim=${claim}`, 'claim unknown_parameter'],
    ['attributions?about_source=x', 'about_source unknown_parameter'],
    ['attributions?party=no-such', 'party unknown_reference'],
    ['relations?type=refutes', 'type invalid_value'],
    ['assessments?credibility=7', 'credibility invalid_value'],
  ])('%s is refused', async (query, fault) => {
    await refusedQuery(t, `/v1/claims/${claim}/${query}`, fault);
  });
});

describe('GET /v1/parties?name=, /v1/sources?title=', () => {
  it('refuse a part of a name that no index could look for, or find nothing', async () => {
    // One character that folds to eighteen: SQLite refuses patterns of more than 50,000 bytes.
    const wide = (length: number) => encodeURIComponent('\ufdfa'.repeat(length));
    for (const filter of ['/v1/parties?name=', '/v1/sources?title=']) {
      await refusedQuery(t, filter + wide(1_700), ' too_long');
      const answer = await get(filter + wide(1_320));
      expect([answer.status, answer.json.items]).toEqual([200, []]);
    }
  });
});
