import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { generate } from '../support/generate.js';

/** What the filters of claims mean, in examples; `claim-filters.test.ts` holds them to it at random. */

const t = await testApp();

const quantity = (number: object) => ({ value: { type: 'quantity', unit: 'fighters', ...number } });
const claims: Record<string, object> = {
  big: quantity({ value: '9007199254740992' }),
  bigger: quantity({ value: '9007199254740993' }),
  'up-to': quantity({ upper: '6500' }),
  over: quantity({ lower: '600' }),
  'more-than': { value: { type: 'quantity', unit: 'percent', lower: '25', lower_exclusive: true } },
  'less-than': { value: { type: 'quantity', unit: 'percent', upper: '25', upper_exclusive: true } },
  between: quantity({ lower: '4000', upper: '6000' }),
  negative: quantity({ value: '-3.5' }),
  'no-number': { value: { type: 'unknown' } },
  'in-afn': { value: { type: 'money', value: '3000000', currency: 'AFN' } },
  'in-something': {
    value: { type: 'money', value: '3000000', currency: null, as_stated: 'three million' },
    topics: ['sums'],
  },
  kunar: { places: [{ iso_3166: 'AF-KNR', name: 'Kunar' }] },
  afghanistan: { places: [{ iso_3166: 'AF' }] },
  zabul: { places: [{ iso_3166: 'AF-ZAB' }] },
  emirates: { places: [{ iso_3166: 'AE' }], topics: ['one'] },
  islamabad: { places: [{ name: 'Islāmābād' }], topics: ['two'] },
  march: { occurred: '2023-03-20' },
  july: { occurred: '2024-07' },
  'since-july': { occurred: '2024-07-01/..' },
  'until-july': { occurred: '../2024-07-31' },
  denied: {
    attributions: [
      { party: 'spokesman', stance: 'denies', source: 'article' },
      { party: 'pakistan', stance: 'asserts', speaker: 'akram', source: 'report', said: '2025-02-06' },
    ],
  },
  asserted: { attributions: [{ party: 'pakistan', stance: 'asserts', source: 'annex', said: '2024' }] },
  'denied-by-itself': {
    subject: 'ngo',
    attributions: [
      { party: 'critic', stance: 'asserts', source_access: 'through_relay' },
      { party: 'ngo-desk', stance: 'denies', source_access: 'read' },
      { party: 'critic', stance: 'reports' },
    ],
  },
  judged: {},
  'judged-otherwise': {},
};

const ids = new Map<string, string>();
await generate(t.store, async (make) => {
  for (const [key, part_of] of [
    ['taliban'],
    ['ministry', 'taliban'],
    ['spokesman', 'ministry'],
    ['pakistan'],
    ['akram'],
    ['outlet'],
    ['critic'],
    ['ngo'],
    ['ngo-desk', 'ngo'],
  ]) {
    ids.set(key!, await make('party', { key, kind: 'other', name: key, part_of }));
  }
  const source = (key: string, more: object) => make('source', { key, type: 'other', title: key, ...more });
  await source('report', { published: '2025-02-06' });
  await source('annex', { part_of: 'report' });
  await source('article', { derived_from: ['annex'], publisher: 'outlet', published: '2025-02-10' });
  for (const [key, claim] of Object.entries(claims)) {
    ids.set(key, await make('claim', { key, text: key, ...claim }));
  }
});

const reviewer = { authorization: `Bearer ${await t.newKey(['write', 'review'])}` };
for (const [claim, verdict] of [
  ['judged', 'not proven'],
  ['judged', 'open'],
  ['judged-otherwise', 'false, or out of date'],
]) {
  await t.send('POST', '/v1/assessments', { claim, verdict }, reviewer);
}

await t.send('POST', '/v1/relations', { from: 'july', type: 'updates', to: 'march' });
await t.send('POST', '/v1/relations', { from: 'july', type: 'supports', to: 'since-july' });

describe('GET /v1/claims', () => {
  it.each([
    // Numbers are compared as decimals, exactly.
    ['unit=fighters&value_min=9007199254740993', 'bigger over'],
    ['unit=fighters&value_min=9007199254740992.5', 'bigger over'],
    ['unit=fighters&value_min=9007199254740992', 'big bigger over'],
    ['unit=fighters&value_min=7000&value_max=9007199254740992', 'big over'],
    ['unit=fighters&value_min=7000&value_max=9007199254740991', 'over'],
    // A bound that is missing is open: "up to 6,500" can be any less, "over 600" any more.
    ['unit=fighters&value_max=599', 'up-to negative'],
    ['unit=fighters&value_max=600', 'up-to over negative'],
    ['unit=fighters&value_max=-3.5', 'up-to negative'],
    ['unit=fighters&value_max=-3.51', 'up-to'],
    ['unit=fighters&value_min=6000&value_max=6000', 'up-to over between'],
    ['unit=fighters&value_min=6000.01&value_max=6500', 'up-to over'],
    ['unit=fighters&value_min=6500.1&value_max=6500.2', 'over'],
    ['currency=AFN&value_min=3000000', 'in-afn'],
    ['currency=AFN&value_min=3000000.01', ''],
    // A sum whose currency is not said is in no currency.
    ['topic=sums', 'in-something'],
    ['topic=sums&currency=AFN', ''],
    // A bound can be excluded.
    ['unit=percent&value_max=25', 'less-than'],
    ['unit=percent&value_max=25.01', 'more-than less-than'],
    ['unit=percent&value_min=25', 'more-than'],
    ['unit=percent&value_min=24.99', 'more-than less-than'],
    // Places: a country holds its provinces, a province holds no country, names are folded.
    ['place=AF', 'kunar afghanistan zabul'],
    ['place=AF-KNR', 'kunar'],
    ['place=AF-NAN', ''],
    ['place=AE,AF-KNR', 'kunar emirates'],
    ['place=ISLAMABAD', 'islamabad'],
    ['place=kunar', 'kunar'],
    ['topic=one,two', 'emirates islamabad'],
    // Dates: a day in common is enough, no date is no match.
    ['occurred_from=2024-07-31', 'july since-july until-july'],
    ['occurred_from=2024-08', 'since-july'],
    ['occurred_to=2024-06-30', 'march until-july'],
    ['occurred_to=2023-03', 'march until-july'],
    ['occurred_to=2023-03-19', 'until-july'],
    ['occurred_from=2023-03-20&occurred_to=2023-03-20', 'march until-july'],
    ['said_to=2025-02&said_from=2025', 'denied'],
    ['published_to=2025-02&stance=denies', 'denied'],
    ['occurred_from=2024-07&occurred_to=2024-07', 'july since-july until-july'],
    ['occurred_from=../9999', 'march july since-july until-july'],
    // What is said of attributions is said of one of them.
    ['party=taliban', 'denied'],
    ['party=taliban&party_exact=true', ''],
    ['party=spokesman&party_exact=true', 'denied'],
    ['party=akram', 'denied'],
    ['party=pakistan&stance=asserts', 'denied asserted'],
    ['party=taliban&stance=asserts', ''],
    ['party=taliban,pakistan&stance=denies', 'denied'],
    ['party=pakistan&said_from=2025', 'denied'],
    ['party=taliban&said_from=2025', ''],
    ['stance=denies&publisher=outlet', 'denied'],
    ['stance=asserts&publisher=outlet', ''],
    ['stance=asserts&published_to=2025-02-06', 'denied'],
    ['stance=asserts&speaker=akram', 'denied'],
    ['stance=denies&speaker=akram', ''],
    // … but party_all needs each party, in whatever attribution.
    ['party_all=taliban,pakistan', 'denied'],
    ['party_all=taliban,pakistan&party_exact=true', ''],
    ['party_all=pakistan,akram', 'denied'],
    // A source alone, or with all that stands in it or draws on it.
    ['source=report', 'denied'],
    ['source=report&source_depth=all', 'denied asserted'],
    ['source=report&source_depth=all&stance=denies', 'denied'],
    ['source=annex&source_depth=all&said_from=2025', ''],
    ['key=asserted,nothing-has-it,july', 'july asserted'],
    // Standing, access, verdicts.
    ['self_denied=true', 'denied-by-itself'],
    ['self_denied=false&contested=true', 'denied'],
    ['source_access=read', 'denied-by-itself'],
    ['source_access=read,through_relay&stance=asserts', 'denied-by-itself'],
    ['source_access=read&stance=asserts', ''],
    ['verdict=not%20proven', 'judged'],
    ['verdict=open&verdict=false,%20or%20out%20of%20date', 'judged judged-otherwise'],
    ['verdict=proven', ''],
    ['verdict=open&unassessed=true', ''],
    ['verdict=open&unassessed=false', 'judged'],
    ['unassessed=false', 'judged judged-otherwise'],
    // No attribution names a source, or there is none.
    ['no_source=true&contested=true', 'denied-by-itself'],
    ['no_source=true&place=AF', 'kunar afghanistan zabul'],
    ['no_source=false', 'denied asserted'],
    // Another claim updates it.
    ['superseded=true', 'march'],
    ['superseded=false&occurred_from=../9999', 'july since-july until-july'],
  ])('?%s finds %j', async (query, expected) => {
    const answer = await t.send('GET', `/v1/claims?${query}&limit=200`);
    expect(answer.status, answer.text).toBe(200);
    const keys = answer.json.items.map(({ key }: { key: string }) => key);
    const order = Object.keys(claims);
    expect(keys).toEqual(order.filter((key) => expected.split(' ').includes(key)));
  });

  it('sorts by the number of attributions, both ways and page by page', async () => {
    const order = async (query: string) =>
      (await t.send('GET', `/v1/claims?party=pakistan,critic,spokesman&${query}`)).json.items.map(
        ({ key }: { key: string }) => key,
      );
    expect(await order('sort=-attributions')).toEqual(['denied-by-itself', 'denied', 'asserted']);
    expect(await order('sort=attributions')).toEqual(['asserted', 'denied', 'denied-by-itself']);
    const { next_cursor } = (
      await t.send('GET', '/v1/claims?party=pakistan,critic&sort=-attributions&limit=1')
    ).json;
    const { items } = (await t.send('GET', `/v1/claims?cursor=${next_cursor}&limit=1`)).json;
    expect(items[0].key).toBe('denied');
  });

  it('finds by an id what it finds by the key', async () => {
    for (const name of ['party', 'party_all', 'about', 'subject', 'speaker', 'publisher']) {
      for (const party of ['pakistan', 'akram', 'outlet', 'taliban']) {
        const byKey = await t.send('GET', `/v1/claims?${name}=${party}`);
        const byId = await t.send('GET', `/v1/claims?${name}=${ids.get(party)}`);
        expect(byId.json.items).toEqual(byKey.json.items);
        const both = await t.send('GET', `/v1/claims?${name}=${ids.get(party)},${party}`);
        expect(both.json.items).toEqual(byKey.json.items);
      }
    }
  });

  it('takes fifty parties at once', async () => {
    const many = await generate(t.store, async (make) => {
      const keys = Array.from({ length: 50 }, (_, i) => `many-${i}`);
      for (const key of keys) await make('party', { key, kind: 'other', name: key });
      const attributions = keys.map((party) => ({ party, stance: 'asserts' }));
      await make('claim', { key: 'all-say-so', text: 'All say so.', attributions });
      return keys.join(',');
    });
    for (const name of ['party', 'party_all']) {
      const { items } = (await t.send('GET', `/v1/claims?${name}=${many}`)).json;
      expect(items.map(({ key }: { key: string }) => key)).toEqual(['all-say-so']);
    }
  });
});
