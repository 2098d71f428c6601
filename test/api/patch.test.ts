import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const any = { 'if-match': '*' };
for (const key of ['p', 'q']) await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: key });
await t.send('PUT', '/v1/sources/s', { type: 'other', title: 'x' });

const merge = { ...any, 'content-type': 'application/merge-patch+json' };
const quantity = {
  type: 'quantity',
  value: '5',
  lower: '4',
  unit: 'fighters',
  out_of: '10',
  as_stated: 'five',
};
const full = {
  text: 'x',
  language: 'en',
  subject: 'p',
  value: quantity,
  participants: [{ party: 'p', role: 'giver' }],
  places: [{ name: 'Kunar', iso_3166: 'AF-KNR' }, { name: 'Kabul' }],
  scope: 'all',
  occurred: '2024',
  occurred_inherited: true,
  topics: ['a', 'b'],
  attributions: [
    { party: 'p', stance: 'reports', relays: ['@b'], quote: { exact: 'e', prefix: 'p', suffix: 's' } },
    { local_id: 'b', party: 'q', stance: 'asserts', lineage: 'originates' },
  ],
};

type Patch = [what: string, patch: object, changed: (form: Form) => void];
// biome-ignore lint/suspicious/noExplicitAny: any member of an input form
type Form = Record<string, any>;

/** Patches of the claim above, and what each makes of its input form. */
const patches: Patch[] = [
  ['changes a member', { text: 'y' }, (form) => (form.text = 'y')],
  [
    'changes several members',
    { text: 'y', scope: 'some' },
    (form) => Object.assign(form, { text: 'y', scope: 'some' }),
  ],
  [
    'clears a text by null',
    { language: null, scope: null },
    (form) => Object.assign(form, { language: null, scope: null }),
  ],
  ['clears a reference by null', { subject: null }, (form) => (form.subject = null)],
  [
    'clears a list by null',
    { topics: null, places: null },
    (form) => Object.assign(form, { topics: [], places: [] }),
  ],
  ['clears a flag by null', { occurred_inherited: null }, (form) => (form.occurred_inherited = false)],
  ['clears a value by null', { value: null }, (form) => (form.value = { type: 'none', as_stated: null })],
  ['replaces a list whole', { topics: ['c'] }, (form) => (form.topics = ['c'])],
  [
    'does not merge objects in a list',
    { places: [{ iso_3166: 'PK' }] },
    (form) =>
      (form.places = [{ name: null, iso_3166: 'PK', lat: null, lon: null, precision: null, role: null }]),
  ],
  ['merges an object', { value: { unit: 'camps' } }, (form) => (form.value.unit = 'camps')],
  [
    'clears a member of an object by null',
    { value: { out_of: null, lower: null } },
    (form) => Object.assign(form.value, { out_of: null, lower: null }),
  ],
  [
    'merges an object of the same type',
    { value: { type: 'quantity', value: '6' } },
    (form) => (form.value.value = '6'),
  ],
  [
    'replaces an object by one of another type',
    { value: { type: 'text', text: 'many' } },
    (form) => (form.value = { type: 'text', text: 'many', as_stated: null }),
  ],
  [
    'replaces an object by one of another type, with null for what it lacks',
    { value: { type: 'money', value: '6', currency: 'AFN', per: null } },
    (form) => {
      const bounds = { lower: null, upper: null, lower_exclusive: false, upper_exclusive: false };
      const amount = { value: '6', ...bounds, approximate: false };
      form.value = { type: 'money', ...amount, currency: 'AFN', per: null, equivalents: [], as_stated: null };
    },
  ],
  ['keeps the digits of a number', { value: { value: '5.00' } }, (form) => (form.value.value = '5.00')],
];

describe('PATCH /v1/claims/{id}', () => {
  it.each(patches)('%s', async (_what, patch, change) => {
    const { json: before } = await t.send('POST', '/v1/claims', full);
    const url = `/v1/claims/${before.id}`;
    const { json: form } = await t.send('GET', `${url}/input`);
    const expected = structuredClone(form);
    change(expected);
    expect(expected).not.toEqual(form);
    const { status, json: after } = await t.send('PATCH', url, patch, merge);
    expect([status, after.version]).toEqual([200, 2]);
    expect((await t.send('GET', `${url}/input`)).json).toEqual(expected);
    expect((await t.send('GET', url)).json).toEqual(after);
    const again = await t.send('PATCH', url, patch, merge);
    expect([again.status, again.json.version]).toEqual([200, 2]);
  });

  it('merges what is sent as application/json, too', async () => {
    const { json } = await t.send('POST', '/v1/claims', full);
    const patch = { value: { unit: 'camps', out_of: null }, topics: ['c'], scope: null };
    const { json: after } = await t.send('PATCH', `/v1/claims/${json.id}`, patch, any);
    expect(after).toMatchObject({
      topics: ['c'],
      scope: null,
      value: { value: '5', unit: 'camps', out_of: null },
    });
  });

  it('leaves attributions alone when the patch does not name them', async () => {
    const { json: before } = await t.send('POST', '/v1/claims', full);
    const { json: after } = await t.send('PATCH', `/v1/claims/${before.id}`, { text: 'y' }, merge);
    const ids = (claim: Form) => claim.attributions.map(({ id, version }: Form) => [id, version]);
    expect(ids(after)).toEqual(ids(before));
  });

  it('replaces attributions as a list when it does', async () => {
    const { json: before } = await t.send('POST', '/v1/claims', full);
    const [first, second] = before.attributions;
    const attributions = [{ id: second.id, party: 'q', stance: 'denies' }];
    const { json: after } = await t.send('PATCH', `/v1/claims/${before.id}`, { attributions }, merge);
    expect(after.attributions.map(({ id, stance }: Form) => [id, stance])).toEqual([[second.id, 'denies']]);
    expect(after.version).toBe(1);
    await expectRejected(t, 410, 'gone', 'GET', `/v1/attributions/${first.id}`);
  });

  it('clears the attributions by null, as any list', async () => {
    const { json } = await t.send('POST', '/v1/claims', full);
    const { json: after } = await t.send('PATCH', `/v1/claims/${json.id}`, { attributions: null }, any);
    expect(after.attributions).toEqual([]);
  });

  it('changes a claim with more attributions than a body holds', async () => {
    const attributions = Array.from({ length: 1_000 }, () => ({ party: 'p', stance: 'reports' }));
    const { json } = await t.send('POST', '/v1/claims', { text: 'x', attributions });
    await t.send('POST', `/v1/claims/${json.id}/attributions`, { party: 'q', stance: 'denies' });
    const { status, json: after } = await t.send('PATCH', `/v1/claims/${json.id}`, { text: 'y' }, any);
    expect([status, after.text, after.attribution_count]).toEqual([200, 'y', 1_001]);
  });
});

describe('PATCH', () => {
  const rows: [noun: string, input: Form, patch: object, changed: object][] = [
    [
      'parties',
      { kind: 'other', name: 'x', unnamed: true, count: { min: 2, max: 5 } },
      { count: { max: null } },
      { count: { min: 2, max: null } },
    ],
    [
      'parties',
      { kind: 'other', name: 'x', unnamed: true, count: { min: 2, max: 5 } },
      { count: null, unnamed: null },
      { count: null, unnamed: false },
    ],
    [
      'parties',
      { kind: 'other', name: 'x', part_of: 'p' },
      { part_of: 'q' },
      { part_of: expect.objectContaining({ key: 'q' }) },
    ],
    [
      'parties',
      { kind: 'other', name: 'x', identifiers: [{ scheme: 'a', value: '1' }] },
      { identifiers: null },
      { identifiers: [] },
    ],
    [
      'sources',
      { type: 'other', title: 'x', published: '2024' },
      { published: '2025-02' },
      { published: '2025-02', published_from: '2025-02-01', published_to: '2025-02-28' },
    ],
    [
      'sources',
      { type: 'other', title: 'x', published: '2024' },
      { published: null },
      { published: null, published_from: null, published_to: null },
    ],
    [
      'sources',
      { type: 'other', title: 'x', authors: ['p', 'q'] },
      { authors: ['q'] },
      { authors: [expect.objectContaining({ key: 'q' })] },
    ],
    [
      'predicates',
      { key: 'functional', label: 'x', value_type: 'none', functional: true },
      { functional: null },
      { functional: false },
    ],
    [
      'attributions',
      { about_source: 's', party: 'p', stance: 'denies', locator: { page: '3', section: 'II' } },
      { locator: { page: null, paragraph: '5' } },
      { locator: { page: null, paragraph: '5', section: 'II', timecode: null } },
    ],
    [
      'attributions',
      { about_source: 's', party: 'p', stance: 'denies', quote: { exact: 'x' } },
      { quote: null },
      { quote: null },
    ],
    [
      'attributions',
      { about_source: 's', party: 'p', stance: 'denies', lineage: 'originates' },
      { lineage: null },
      { lineage: 'unknown' },
    ],
  ];
  it.each(rows)('/v1/%s: merges into %j what %j says', async (noun, input, patch, changed) => {
    const { json: before } = await t.send('POST', `/v1/${noun}`, input);
    const url = `/v1/${noun}/${before.key ?? before.id}`;
    const { status, json: after } = await t.send('PATCH', url, patch, any);
    expect([status, after]).toEqual([
      200,
      { ...before, ...changed, version: 2, updated_at: expect.any(String) },
    ]);
  });

  it('/v1/attributions: takes away the lineage that follows from relays together with them', async () => {
    const { json } = await t.send('POST', '/v1/claims', full);
    const [first] = json.attributions;
    expect(first.lineage).toBe('relays');
    const { json: after } = await t.send('PATCH', `/v1/attributions/${first.id}`, { relays: [] }, any);
    expect(after.lineage).toBe('unknown');
  });
});

describe('PATCH /v1/claims/{id} refuses what leads to no valid claim', async () => {
  const { json: claim } = await t.send('POST', '/v1/claims', full);
  const rows: [patch: object, fault: string][] = [
    [{ text: null }, '/text missing_member'],
    [{ value: { type: null } }, '/value/type invalid_union'],
    [{ value: { type: 'money', value: '1' } }, '/value/currency missing_member'],
    [{ value: { value: '3' } }, '/value/value value_below_lower'],
    [{ value: { currency: 'AFN' } }, '/value/currency unknown_member'],
    [{ value: 'five' }, '/value invalid_type'],
    [{ topics: 'a' }, '/topics invalid_type'],
    [{ topics: [null] }, '/topics/0 invalid_type'],
    [{ places: [{ name: null }] }, '/places/0 invalid_value'],
    [{ subject: 'nobody' }, '/subject unknown_reference'],
    [{ occurred: null }, '/occurred_inherited nothing_inherited'],
    [{ occurred: '2024-02-30' }, '/occurred invalid_date'],
    [{ id: 'claim_x' }, '/id unknown_member'],
    [{ version: 7 }, '/version unknown_member'],
    [{ attribution_count: 0 }, '/attribution_count unknown_member'],
    [{ attributions: [{ stance: 'denies' }] }, '/attributions/0/party missing_member'],
  ];
  it.each(rows)('%j: %s', async (patch, fault) => {
    const answer = await expectRejected(
      t,
      422,
      'invalid_body',
      'PATCH',
      `/v1/claims/${claim.id}`,
      patch,
      any,
    );
    expect(faults(answer)).toEqual([fault]);
  });
});

describe('PATCH /v1/sources/{id}, /v1/relations/{id}', () => {
  it('change the type and leave all other members as they were', async () => {
    const source = { key: 'typed', type: 'report', title: 'A', language: 'en', publisher: 'p' };
    await t.send('PUT', '/v1/sources/typed', source);
    const { status, json } = await t.send('PATCH', '/v1/sources/typed', { type: 'book' }, any);
    expect([status, json.type, json.title, json.language, json.publisher.key]).toEqual([
      ...[200, 'book', 'A', 'en', 'p'],
    ]);
    for (const key of ['one', 'two']) await t.send('PUT', `/v1/claims/${key}`, { text: key });
    const relation = { from: 'one', type: 'supports', to: 'two', note: 'n' };
    await t.send('PUT', '/v1/relations/typed', relation);
    const patched = await t.send('PATCH', '/v1/relations/typed', { type: 'refines' }, any);
    expect(patched.json).toMatchObject({ type: 'refines', from: { key: 'one' }, note: 'n' });
  });
});
