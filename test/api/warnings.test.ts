import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, type Json, ok } from '../support/claims.js';

/** What is accepted and yet probably a slip, in the answers of every way to write. */

const t = await testApp();
const review = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
const put = async (path: string, body: object, headers = {}) =>
  ok(await t.send('PUT', `/v1/${path}`, body, { ...review, ...headers }), 201);
const post = async (path: string, body: object) => ok(await t.send('POST', `/v1/${path}`, body, review), 201);

await put('parties/ministry', { kind: 'government', name: 'Ministry', identifiers: [wikidata('q1')] });
await put('parties/bombing', { kind: 'event', name: 'Bombing' });
await put('predicates/killed', { label: 'killed', value_type: 'quantity', unit: 'civilians' });
await put('predicates/duration', { label: 'took', value_type: 'quantity', unit: 'hours' });
await put('predicates/began-on', { label: 'began on', value_type: 'date' });
await put('parties/left', { kind: 'person', name: 'Left' });
await put('parties/right', { kind: 'person', name: 'Right' });
await put('predicates/married-to', { label: 'married to', value_type: 'party', symmetric: true });
await put('predicates/employs', { label: 'employs', value_type: 'party' });
await put('sources/report', {
  type: 'report',
  title: 'Report',
  url: 'https://example.org/report',
  published: '2023-02',
  identifiers: [{ scheme: 'doi', value: '10.1000/1' }],
});

function wikidata(value: string) {
  return { scheme: 'wikidata', value };
}
const killed = (more: object = {}) => ({
  text: 'Civilians were killed.',
  subject: 'bombing',
  predicate: 'killed',
  value: { type: 'quantity', value: '59' },
  occurred: '2023-01-30',
  ...more,
});
await put('claims/toll', killed({ key: 'toll', attributions: [says({ key: 'toll-says' })] }));
await put('claims/start', {
  ...{ text: 'It began.', subject: 'bombing', predicate: 'began-on' },
  value: { type: 'date', date: '2023-01-30' },
});
const ends = (predicate: string, subject: string, to: string, more: object = {}) => ({
  ...{ text: `${subject}, ${to}.`, subject, predicate, occurred: '2020' },
  ...{ value: { type: 'party', party: to }, ...more },
});
await put('claims/wedding', ends('married-to', 'left', 'right'));
await put('claims/job', ends('employs', 'left', 'right'));
await put('relations/other-way', { from: 'start', type: 'contradicts', to: 'toll' });
await put('relations/first', { from: 'toll', type: 'supports', to: 'start' });

function says(more: object = {}) {
  return { party: 'ministry', stance: 'asserts', said: '2023-01-30', source: 'report', ...more };
}

const called = ({ key, name }: Json): string => key ?? name;

const SURE = /^same_(address|identifier|claim|attribution|relation)$/;

/** The warnings of duplicates are those of which there is little doubt, the first five of each reason. */
function duplicateWarnings({ warnings = [], possible_duplicates = [] }: Json): void {
  const sure = possible_duplicates.flatMap(({ object, reasons }: Json) =>
    reasons
      .filter(({ code }: Json) => SURE.test(code))
      .map(({ code, pointer }: Json) => [code, pointer, object?.id]),
  );
  const warned = warnings.filter(({ code }: Json) => SURE.test(code));
  for (const { code, pointer, objects } of warned) {
    const meant = sure.filter((one: string[]) => one[0] === code && one[1] === pointer);
    expect(objects.map(({ id }: Json) => id)).toEqual(meant.slice(0, 5).map((one: string[]) => one[2]));
  }
  expect(warned).toHaveLength(new Set(sure.map(([code, pointer]: string[]) => `${code} ${pointer}`)).size);
}

/**
 * Warnings as code, pointer and keys or names of what they have to do with; then what may be the same, and why. What
 * stands in both is told once.
 */
function brief(answer: Json): string[] {
  duplicateWarnings(answer);
  const { warnings = [], possible_duplicates = [] } = answer;
  return [
    ...warnings
      .filter(({ code }: Json) => !SURE.test(code))
      .map(({ code, pointer, objects }: Json) => [code, pointer, ...objects.map(called)].join(' ')),
    ...possible_duplicates.flatMap(({ object, reasons }: Json) =>
      reasons.map(({ code, pointer }: Json) => [code, pointer, called(object)].join(' ')),
    ),
  ];
}

const source = (more: object = {}) => ({ type: 'article', title: 'Article', ...more });
const party = (more: object = {}) => ({ kind: 'person', name: 'Someone', ...more });
const quantity = (value: string, more: object = {}) => ({ type: 'quantity', value, ...more });

const slips: [what: string, path: string, body: object, expected: string[]][] = [
  // Units
  [
    'people where civilians are counted',
    'claims',
    killed({ value: quantity('7', { unit: 'people' }) }),
    ['other_unit /value/unit killed'],
  ],
  ['the unit in another spelling', 'claims', killed({ value: quantity('8', { unit: 'Civilian' }) }), []],
  [
    'a unit that can be converted',
    'claims',
    { ...killed(), predicate: 'duration', value: quantity('2', { unit: 'days' }) },
    [],
  ],
  ['no unit of its own', 'claims', killed({ value: quantity('9') }), []],
  ['a unit without a predicate', 'claims', { text: 'x', value: quantity('9', { unit: 'people' }) }, []],
  // Calendars
  [
    'a year of the Solar Hijri calendar',
    'claims',
    { text: 'x', occurred: '1403' },
    ['other_calendar /occurred'],
  ],
  ['an interval of it', 'claims', { text: 'x', occurred: '1402-03/1403' }, ['other_calendar /occurred']],
  [
    'a value',
    'claims',
    { text: 'x', value: { type: 'date', date: '1399-11-22' } },
    ['other_calendar /value/date'],
  ],
  ['a year of the lunar calendar', 'parties', party({ born: '1446' }), ['other_calendar /born']],
  [
    'published, modified, reporting_period, retrieved_at',
    'sources',
    source({
      published: '1403',
      modified: '1403-02',
      reporting_period: '1402/1403',
      retrieved_at: '1403-05-01T10:00:00Z',
    }),
    [
      'other_calendar /published',
      'other_calendar /modified',
      'other_calendar /reporting_period',
      'other_calendar /retrieved_at',
    ],
  ],
  ['said', 'attributions', { ...says({ said: '1403-01' }), claim: 'toll' }, ['other_calendar /said']],
  [
    'said, inside a claim',
    'claims',
    { text: 'x', attributions: [says(), says({ stance: 'denies', said: '1401' })] },
    ['other_calendar /attributions/1/said'],
  ],
  [
    'assessed_at',
    'assessments',
    { claim: 'toll', credibility: 3, assessed_at: '1403-01-01T00:00:00Z' },
    ['other_calendar /assessed_at'],
  ],
  ['a year of the middle ages', 'parties', party({ born: '1066' }), []],
  // Years
  [
    'a time far from that of the other',
    'claims',
    killed({ value: quantity('60'), occurred: '2203-01-30' }),
    ['far_year /occurred toll'],
  ],
  [
    'a time far from all others of the subject',
    'claims',
    { text: 'x', subject: 'bombing', occurred: '1923' },
    ['far_year /occurred toll'],
  ],
  ['a time within fifty years', 'claims', killed({ value: quantity('61'), occurred: '1979' }), []],
  ['an open time', 'claims', killed({ value: quantity('62'), occurred: '1923/..' }), []],
  ['the first time given for a subject', 'claims', { text: 'x', subject: 'ministry', occurred: '1823' }, []],
  [
    'a date as value far from that of the other',
    'claims',
    { text: 'x', subject: 'bombing', predicate: 'began-on', value: { type: 'date', date: '2230-01-30' } },
    ['far_year /value/date start'],
  ],
  [
    'words far from all others and from their source',
    'attributions',
    { ...says({ said: '1923-01-30' }), claim: 'toll' },
    ['far_year /said toll-says'],
  ],
  [
    'words near to those of another',
    'attributions',
    { ...says({ said: '2024', source: null }), claim: 'toll' },
    [],
  ],
  [
    'words inside a claim, far from their source',
    'claims',
    { text: 'x', attributions: [says({ said: '2203' })] },
    ['far_year /attributions/0/said report'],
  ],
  [
    'words inside a claim, far from each other',
    'claims',
    { text: 'x', attributions: [says({ source: null }), says({ source: null, said: '1923' })] },
    ['far_year /attributions/0/said', 'far_year /attributions/1/said'],
  ],
  [
    'words of another party, taken back',
    'attributions',
    { ...says({ party: 'left', stance: 'retracts', in_reply_to: 'toll-says' }), claim: 'toll' },
    ['not_own_words /in_reply_to toll-says'],
  ],
  [
    'own words, taken back',
    'attributions',
    { ...says({ stance: 'retracts', in_reply_to: 'toll-says' }), claim: 'toll' },
    [],
  ],
  [
    'words of another party inside the claim, taken back',
    'claims',
    {
      text: 'x',
      attributions: [
        says({ local_id: 'a', said: null }),
        says({ party: 'left', stance: 'retracts', in_reply_to: '@a', said: null }),
        says({ stance: 'retracts', in_reply_to: '@a', said: null }),
      ],
    },
    ['not_own_words /attributions/1/in_reply_to'],
  ],
  // Seconds
  [
    'the address, otherwise written',
    'sources',
    source({ url: 'http://www.example.org/report/?utm_source=x' }),
    ['same_address /url report'],
  ],
  [
    'a copy in an archive',
    'sources',
    source({ archived_url: 'https://web.archive.org/web/2023/https://example.org/report' }),
    ['same_address /archived_url report'],
  ],
  [
    'both',
    'sources',
    source({
      url: 'https://example.org/report',
      archived_url: 'https://web.archive.org/web/2023/https://example.org/report',
    }),
    ['same_address /url report'],
  ],
  [
    'the address of the whole',
    'sources',
    source({ url: 'https://example.org/report', part_of: 'report' }),
    [],
  ],
  [
    'the address of the edition before',
    'sources',
    source({ url: 'https://example.org/report', supersedes: ['report'] }),
    [],
  ],
  [
    'a DOI, otherwise written',
    'sources',
    source({ identifiers: [{ scheme: 'doi', value: 'https://doi.org/10.1000/1' }] }),
    ['same_identifier /identifiers/0 report'],
  ],
  ['the ISSN of a series', 'sources', source({ identifiers: [{ scheme: 'issn', value: '1234-5678' }] }), []],
  ['the same ISSN again', 'sources', source({ identifiers: [{ scheme: 'issn', value: '1234-5678' }] }), []],
  [
    'a Wikidata id',
    'parties',
    party({ identifiers: [{ scheme: 'isni', value: '1' }, wikidata('Q1')] }),
    ['same_identifier /identifiers/1 ministry'],
  ],
  ['a scheme that other nouns use', 'sources', source({ identifiers: [wikidata('Q1')] }), []],
  [
    'the same claim in other words',
    'claims',
    killed({ text: '59 died.', value: quantity('59', { unit: 'civilians', as_stated: 'fifty-nine' }) }),
    ['same_claim  toll'],
  ],
  ['another value', 'claims', killed({ value: quantity('58') }), []],
  ['another time', 'claims', killed({ occurred: '2023-01-31' }), []],
  [
    'another scope',
    'claims',
    killed({ scope: 'children alone' }),
    ['same_claim  toll', 'same_text /text toll'],
  ],
  ['another kind', 'claims', killed({ kind: 'forecast' }), []],
  [
    'the same of a symmetric predicate',
    'claims',
    ends('married-to', 'left', 'right'),
    ['same_claim  wedding', 'same_text /text wedding'],
  ],
  [
    'the same said from its other end',
    'claims',
    ends('married-to', 'right', 'left', {
      value: { type: 'party', party: 'left', as_stated: 'him' },
    }),
    ['same_claim  wedding'],
  ],
  [
    'from its other end, at another time',
    'claims',
    ends('married-to', 'right', 'left', { occurred: '2021' }),
    [],
  ],
  ['both ends the same', 'claims', ends('married-to', 'left', 'left'), []],
  ['the other way, of a predicate with a direction', 'claims', ends('employs', 'right', 'left'), []],
  ['the same attribution', 'attributions', { ...says(), claim: 'toll' }, ['same_attribution  toll-says']],
  [
    'another passage',
    'attributions',
    { ...says({ quote: { exact: 'a' } }), claim: 'toll' },
    ['same_attribution  toll-says'],
  ],
  [
    'a third passage',
    'attributions',
    { ...says({ quote: { exact: 'b' } }), claim: 'toll' },
    ['same_attribution  toll-says'],
  ],
  [
    'the same attribution twice in one claim',
    'claims',
    { text: 'x', attributions: [says(), says({ note: 'n' })] },
    ['repeated_attribution /attributions/1'],
  ],
  ['of a whole source', 'attributions', { about_source: 'report', party: 'ministry', stance: 'denies' }, []],
  [
    'of a whole source again',
    'attributions',
    { about_source: 'report', party: 'ministry', stance: 'denies' },
    ['same_attribution  Ministry'],
  ],
  [
    'the same relation',
    'relations',
    { from: 'toll', type: 'supports', to: 'start' },
    ['same_relation  first'],
  ],
  ['the relation the other way', 'relations', { from: 'start', type: 'supports', to: 'toll' }, []],
  [
    'a contradiction the other way',
    'relations',
    { from: 'toll', type: 'contradicts', to: 'start' },
    ['same_relation  other-way'],
  ],
];

describe('POST warns of', () => {
  it.each(slips)('%s', async (_, path, body, expected) => {
    const made = await post(path, body);
    expect(brief(made)).toEqual(expected);
    for (const { detail } of made.warnings ?? []) expect(detail).toMatch(/; \w/);
    // Each stands alone: what was made is taken away, but for what a later one is a second of.
    const kept = /again|another passage|ISSN of|whole source$/.test(_);
    if (!kept) await t.send('DELETE', `/v1/${path}/${made.id}`, undefined, { ...review, ...any });
  });
});

it('every date of every input form is looked at', async () => {
  const { components } = (await t.send('GET', '/openapi.json')).json;
  const dates = Object.entries<Json>(components.schemas).flatMap(([name, { properties = {} }]) =>
    /Input$|^InlineAttribution$/.test(name)
      ? Object.entries(properties).flatMap(([member, schema]) =>
          /schemas\/Edtf|"Instant, RFC 3339/.test(JSON.stringify(schema)) && !/Key/.test(name)
            ? [member]
            : [],
        )
      : [],
  );
  const tried = slips.flatMap(([, , , expected]) =>
    expected.flatMap((warning) => /other_calendar .*\/(\w+)$/.exec(warning)?.[1] ?? []),
  );
  expect(dates.length).toBeGreaterThan(8);
  expect([...new Set(tried)].sort()).toEqual([...new Set(dates)].sort());
});

describe('PATCH of the unit of a predicate warns of the claims that it moves', () => {
  /** Claims by the unit that their figures give. */
  const units: Record<string, string | null> = {
    bare: null,
    fighters: 'Fighter',
    people: 'people',
    hours: 'hour',
  };
  const change = (body: object) => t.send('PATCH', '/v1/predicates/strength', body, { ...review, ...any });
  const OWN = 'figures without a unit of their own (1 claim) now';
  const OTHERS = 'figures in other units (2 claims) are compared with none in';

  beforeAll(async () => {
    await put('predicates/strength', { label: 'strength', value_type: 'quantity' });
    for (const [key, unit] of Object.entries(units)) {
      const value = { type: 'quantity', value: '7', unit };
      await put(`claims/${key}`, { text: key, subject: 'ministry', predicate: 'strength', value });
    }
  });

  it.each<[what: string, from: string | null, to: string | null, expected: string[]]>([
    [
      'another one',
      'fighters',
      'people',
      [
        `${OWN} count people, no longer fighters; give a unit to those that do not: bare`,
        `${OTHERS} people; change these, or the unit of the predicate: fighters hours`,
      ],
    ],
    [
      'one that converts',
      'minutes',
      'days',
      [
        `${OWN} count days, no longer minutes; give a unit to those that do not: bare`,
        `${OTHERS} days; change these, or the unit of the predicate: fighters people`,
      ],
    ],
    [
      'the first',
      null,
      'fighters',
      [
        `${OWN} count fighters; give a unit to those that do not: bare`,
        `${OTHERS} fighters; change these, or the unit of the predicate: people hours`,
      ],
    ],
    [
      'none any more',
      'people',
      null,
      [`${OWN} have no unit, no longer people; give a unit to those that do not: bare`],
    ],
    ['another spelling', 'fighters', 'Fighter', []],
    ['the same, with another label', 'fighters', 'fighters', []],
  ])('%s', async (what, from, to, expected) => {
    await change({ unit: from });
    const { json, status } = await change({ unit: to, label: what });
    expect(status).toBe(200);
    const told = (json.warnings ?? []).map(
      ({ detail, objects }: Json) => `${detail}: ${objects.map(({ key }: Json) => key).join(' ')}`,
    );
    expect(told).toEqual(expected);
    for (const warning of json.warnings ?? []) expect(warning.pointer).toBe('/unit');
    // A change of something else says it no more.
    expect((await change({ description: what })).json).not.toHaveProperty('warnings');
  });
});

describe('warnings stand in the answer to every accepted write, and in no other', () => {
  const odd = { ...killed({ occurred: '1403' }), key: 'odd' };
  const expected = ['other_calendar /occurred'];
  const send = (method: string, path: string, body: object, headers: Record<string, string> = any) =>
    t.send(method, `/v1/${path}`, body, { ...review, ...headers });

  it('PUT that creates, repeats and replaces, PATCH; not GET, and not in the ETag', async () => {
    const made = await send('PUT', 'claims/odd', odd, {});
    expect([made.status, brief(made.json)]).toEqual([201, expected]);
    const again = await send('PUT', 'claims/odd', odd, {});
    expect([again.status, again.json.version, brief(again.json)]).toEqual([200, 1, expected]);
    const replaced = await send('PUT', 'claims/odd', { ...odd, scope: 'children' });
    expect([replaced.status, brief(replaced.json)]).toEqual([200, expected]);
    const patched = await send('PATCH', 'claims/odd', { scope: null });
    expect([patched.status, brief(patched.json)]).toEqual([200, expected]);
    const read = await t.send('GET', '/v1/claims/odd');
    const { warnings: _, ...object } = patched.json;
    expect(read.json).toEqual(object);
    expect(read.headers.etag).toBe(patched.headers.etag);
    expect((await send('PATCH', 'claims/odd', { occurred: '2023' })).json).not.toHaveProperty('warnings');
  });

  it('PUT that restores', async () => {
    await put('sources/second', source({ url: 'https://example.org/report' }));
    await t.send('DELETE', '/v1/sources/second', undefined, { ...review, ...any });
    const restored = await send('PUT', 'sources/second', source({ url: 'https://example.org/report' }), {
      'if-match': '"2"',
    });
    expect([restored.status, brief(restored.json)]).toEqual([200, ['same_address /url report']]);
    await t.send('DELETE', '/v1/sources/second', undefined, { ...review, ...any });
  });

  it.each([
    ['attributions', says(), 'same_attribution  toll-says', 'same_attribution  Ministry'],
    ['relations', { type: 'supports', to: 'start' }, 'same_relation  first'],
    ['assessments', { credibility: 2, assessed_at: '1403-01-01T00:00:00Z' }, 'other_calendar /assessed_at'],
  ])('POST /v1/claims/{id}/%s', async (sublist, body, ...expected) => {
    const { json } = await send('POST', `claims/toll/${sublist}`, body, {});
    expect(brief(json)).toEqual(expected);
    await t.send('DELETE', `/v1/${sublist}/${json.id}`, undefined, { ...review, ...any });
  });

  it.each([1, 25])('POST /v1/attributions: a copy is known by its %d relays', async (size) => {
    const first = Array.from({ length: size + 1 }, (_, i) => ({
      ...says(),
      key: `relayed-${size}-${i}`,
      note: `${i}`,
    }));
    const passes = { party: 'ministry', stance: 'reports' };
    const keys = first.map(({ key }) => key);
    const original = {
      ...passes,
      key: `passing-${size}`,
      relays: keys.slice(0, size).map((key) => `@${key}`),
    };
    const named = first.map((one) => ({ ...one, local_id: one.key }));
    await put(`claims/passed-on-${size}`, { text: `Passed on ${size}.`, attributions: [...named, original] });
    const found = async (relays: string[]) => {
      const sent = { ...passes, claim: `passed-on-${size}`, relays };
      const { status, json } = await send('POST', 'attributions', sent, {});
      await t.send('DELETE', `/v1/attributions/${json.id}`, undefined, { ...review, ...any });
      return [status, brief(json)];
    };
    expect(await found(keys.slice(0, size))).toEqual([201, [`same_attribution  passing-${size}`]]);
    expect(await found(keys)).toEqual([201, []]);
    expect(await found(keys.slice(1))).toEqual([201, []]);
    expect(await found([])).toEqual([201, []]);
  });

  it('and a replay gives the same answer, byte for byte, whatever has become of the other', async () => {
    const headers = { 'idempotency-key': 'warned' };
    const first = await send('POST', 'sources', source({ url: 'https://example.org/report' }), headers);
    expect(brief(first.json)).toEqual(['same_address /url report']);
    await send('PATCH', 'sources/report', { title: 'Renamed' });
    const replayed = await send('POST', 'sources', source({ url: 'https://example.org/report' }), headers);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
    expect(replayed.text).toBe(first.text);
    await t.send('DELETE', `/v1/sources/${first.json.id}`, undefined, { ...review, ...any });
  });

  it('finds the same attribution among hundreds of attributions of others', async () => {
    const others = Array.from({ length: 150 }, () => says({ party: 'left' }));
    const { id } = await post('claims', { text: 'Said by many.', attributions: [...others, says()] });
    const { possible_duplicates } = await post('attributions', { ...says(), claim: id });
    expect(possible_duplicates).toMatchObject([{ object: { name: 'Ministry' } }]);
  });

  it('names at most ten possible duplicates, and gives at most twenty warnings', async () => {
    const url = 'https://example.org/shared';
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push((await post('sources', source({ url }))).id);
    const { possible_duplicates, warnings } = await post('sources', source({ url }));
    expect(warnings).toMatchObject([
      { code: 'same_address', objects: ids.slice(0, 5).map((id) => ({ id })) },
    ]);
    expect(possible_duplicates.map(({ object }: Json) => object.id)).toEqual(ids.slice(0, 10));
    const attributions = Array.from({ length: 30 }, () => says({ said: '1403' }));
    expect((await post('claims', { text: 'x', attributions })).warnings).toHaveLength(20);
  });
});

describe('POST /v1/batch', () => {
  const operations = [
    {
      method: 'POST',
      type: 'source',
      local_id: 'a',
      body: source({ url: 'https://example.org/a', published: '1403' }),
    },
    { method: 'POST', type: 'source', body: source({ url: 'https://example.org/a', part_of: null }) },
    { method: 'PATCH', type: 'source', id: 'report', if_match: '*', body: { identifiers: [wikidata('Q7')] } },
    { method: 'POST', type: 'party', body: party() },
    {
      method: 'POST',
      type: 'claim',
      body: { text: 'x', attributions: [says({ source: '@a', said: '2203' })] },
    },
    { method: 'POST', type: 'claim', body: killed() },
  ];
  const pointers = (items: Json[]) =>
    items.map(({ warnings = [], possible_duplicates = [] }) =>
      [
        ...warnings.filter(({ code }: Json) => !SURE.test(code)),
        ...possible_duplicates.flatMap(({ reasons }: Json) => reasons),
      ].map((one: Json) => one.pointer),
    );
  const expected = [
    ['/operations/0/body/published'],
    ['/operations/1/body/url'],
    [],
    [],
    ['/operations/4/body/attributions/0/said', '/operations/4/body/text'],
    ['/operations/5/body', '/operations/5/body/text'],
  ];

  it('a dry run tells the same, without ids that are given to nothing', async () => {
    for (const atomic of [true, false]) {
      const { json } = await t.send('POST', '/v1/batch', { operations, dry_run: true, atomic });
      expect(pointers(json.items)).toEqual(expected);
      expect(json.items[1].possible_duplicates).toMatchObject([{ object: null }]);
      expect(json.items[5].possible_duplicates).toMatchObject([{ object: { key: 'toll' } }]);
      expect(json.items[3]).not.toHaveProperty('warnings');
      expect(json.items[3]).not.toHaveProperty('possible_duplicates');
    }
  });

  it('in earnest each names what was written before it', async () => {
    const { json } = await t.send('POST', '/v1/batch', { operations });
    expect(pointers(json.items)).toEqual(expected);
    expect(json.items[1].possible_duplicates).toMatchObject([{ object: { id: json.items[0].id } }]);
  });
});
