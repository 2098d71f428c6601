import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { axeFaults, openBrowser, tooWide } from '../support/browser.js';
import { choose, errorOf, field, fill, picture, send, typeKey, unfold } from '../support/entry-form.js';

/** Every member of a claim, from the empty form to what is stored, on a phone. */

const t = await testApp({ register: 'sample' });
let browser: Browser;
let origin: string;
let page: Page;
beforeAll(async () => {
  origin = await t.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  await page.goto(`${origin}/claims/new`);
  page.setDefaultTimeout(120_000);
  await typeKey(page, t.key);
  await field(page, '/text').focus();
  await page.waitForFunction(() => sessionStorage.length > 0);
});
afterAll(async () => {
  await browser?.close();
});
// The key stays in the tab.
beforeEach(async () => {
  await page.evaluate(() => {
    delete document.querySelector<HTMLElement>('form.entry')?.dataset.typed;
  });
  await page.goto(`${origin}/claims/new`);
});

async function storedClaim() {
  await send(page);
  await page.waitForURL(/\/claims\/(?!new)/);
  return (await t.send('GET', `/v1${new URL(page.url()).pathname}`)).json;
}

const add = (name: string) => page.getByRole('button', { name, exact: true }).click();

it.each<[type: string, fields: Record<string, string | true>, value: object]>([
  [
    'quantity',
    {
      '/value/value': '31',
      '/value/approximate': true,
      '/value/lower': '30',
      '/value/lower_exclusive': true,
      '/value/upper': '40.5',
      '/value/unit': 'wells',
      '/value/out_of': '100',
      '/value/as_stated': 'some thirty-one wells',
    },
    { value: '31', approximate: true, lower: '30', lower_exclusive: true, upper: '40.5', out_of: '100' },
  ],
  [
    'money',
    {
      '/value/upper': '3000000',
      '/value/upper_exclusive': true,
      '/value/currency': 'AFN',
      '/value/per': 'month',
    },
    { upper: '3000000', upper_exclusive: true, currency: 'AFN', per: 'month', equivalents: [] },
  ],
  ['money', { '/value/value': '5', '/value/as_stated': '5 million' }, { value: '5', currency: null }],
  [
    'change',
    {
      '/value/direction': 'down',
      '/value/amount': '65',
      '/value/unit': 'percent',
      '/value/baseline': '2022',
    },
    { direction: 'down', amount: '65', unit: 'percent', baseline: '2022' },
  ],
  ['place', { '/value/name': 'Kunar', '/value/iso_3166': 'AF-KNR' }, { name: 'Kunar', iso_3166: 'AF-KNR' }],
  ['date', { '/value/date': '2024-03~' }, { date: '2024-03~' }],
  ['text', { '/value/text': 'an old well' }, { text: 'an old well' }],
  ['unknown', { '/value/reason': 'Nobody counted.' }, { reason: 'Nobody counted.' }],
  ['no_value', { '/value/as_stated': 'there is none' }, { as_stated: 'there is none' }],
  ['none', { '/value/as_stated': 'the old one' }, { as_stated: 'the old one' }],
])('a value of the type %s with %o', async (type, fields, value) => {
  const text = `A well of Zarobi: ${JSON.stringify(value)}`;
  await fill(page, { '/text': text, '/value/type': type, ...fields });
  await page.getByRole('button', { name: 'Leave this one out' }).click();
  await send(page);
  const anyway = page.getByRole('button', { name: 'Store it all the same' });
  await Promise.race([anyway.click(), page.waitForURL(/\/claims\/claim_/)]);
  await page.waitForURL(/\/claims\/claim_/);
  const { json } = await t.send('GET', `/v1${new URL(page.url()).pathname}`);
  expect(json).toMatchObject({ text, value: { type, ...value } });
});

it('a sum with the same in other currencies, and a party', async () => {
  await fill(page, { '/text': 'A bridge was paid for.', '/value/type': 'money', '/value/value': '1' });
  await send(page);
  expect(await errorOf(page, '/value/currency')).toContain('give the currency');
  await field(page, '/value/currency').fill('AFN');
  await field(page, '/value/value').fill('3,000,000');
  await add('Add the same sum in another currency');
  await send(page);
  expect(await errorOf(page, '/value/value')).toContain('3000000');
  expect(await errorOf(page, '/value/equivalents/0/currency')).not.toBe('');
  await page.getByRole('button', { name: 'Use 3000000' }).click();
  await fill(page, {
    '/value/equivalents/0/currency': 'USD',
    '/value/equivalents/0/value': '43000',
    '/value/equivalents/0/approximate': true,
  });
  // What another type shows is not sent, and is there again when it is chosen again.
  await field(page, '/value/type').selectOption('party');
  await choose(page, '/value/party', 'tehreek', 'ttp');
  expect(await field(page, '/value/value').isVisible()).toBe(false);
  await field(page, '/value/type').selectOption('money');
  await choose(page, '/attributions/0/party', 'pakistan', 'pakistan');
  expect((await storedClaim()).value).toMatchObject({
    value: '3000000',
    equivalents: [{ value: '43000', approximate: true, currency: 'USD' }],
  });

  await page.goto(`${origin}/claims/new`);
  await field(page, '/text').fill('The bridge belongs to somebody.');
  await field(page, '/value/type').selectOption('party');
  await choose(page, '/value/party', 'tehreek', 'ttp');
  await choose(page, '/attributions/0/party', 'pakistan', 'pakistan');
  expect((await storedClaim()).value).toMatchObject({ type: 'party', party: { key: 'ttp' } });
});

it('a predicate tells which type its values have', async () => {
  await choose(page, '/predicate', 'fighter', 'fighter-strength');
  await field(page, '/predicate').blur();
  await field(page, '/value/value').waitFor({ state: 'visible' });
  expect(await field(page, '/value/type').inputValue()).toBe('quantity');
  expect(await field(page, '/value/unit').getAttribute('placeholder')).toBe('fighters');
});

it('participants, places, topics, and all that is known of who says it', async () => {
  await fill(page, { '/text': 'Grain was taken from Zarobi to Kunar.', '/value/as_stated': 'much grain' });
  await unfold(page);
  await add('Add a participant');
  await add('Add a participant');
  await choose(page, '/participants/0/party', 'tehreek', 'ttp');
  await field(page, '/participants/0/role').fill('carrier');
  await add('Add a place');
  await add('Add a place');
  await unfold(page);
  await fill(page, {
    '/places/1/name': 'Kunar',
    '/places/1/iso_3166': 'AF-KNR',
    '/places/1/lat': '34.85',
    '/places/1/lon': '71.1o',
    '/topics': 'border, Grain trade',
    '/language': 'en',
    '/scope': 'wheat alone',
    '/key': 'ttp-strength-10000',
    '/occurred': '2024-07-01/2024-12-13',
    '/occurred_inherited': true,
  });
  await fill(page, {
    '/attributions/0/stance': 'asserts',
    '/attributions/0/lineage': 'originates',
    '/attributions/0/quote/exact': 'Sacks of it.',
    '/attributions/0/quote/prefix': 'He said: ',
    '/attributions/0/locator/paragraph': '12',
    '/attributions/0/manner': 'alleges',
    '/attributions/0/basis': 'witnessed',
    '/attributions/0/capacity': 'as a miller',
  });
  await choose(page, '/attributions/0/party', 'pakistan', 'pakistan');
  await send(page);
  expect(await errorOf(page, '/participants/1/party')).not.toBe('');
  expect(await errorOf(page, '/places/0/name')).toContain('give a name');
  expect(await errorOf(page, '/places/1/lon')).not.toBe('');
  expect(await errorOf(page, '/topics')).toContain('a–z');
  expect([...(await axeFaults(page)), ...(await tooWide(page))]).toEqual([]);
  await picture(page, 'members');
  await page
    .locator('[data-rows="/participants"] [data-row]')
    .nth(1)
    .getByRole('button', { name: 'Leave this one out' })
    .click();
  await page
    .locator('[data-rows="/places"] [data-row]')
    .nth(0)
    .getByRole('button', { name: 'Leave this one out' })
    .click();
  await fill(page, { '/places/0/lon': '71.1', '/topics': 'border, grain-trade' });
  await send(page);
  expect(await errorOf(page, '/key')).toContain('ttp-strength-10000');
  await field(page, '/key').fill('grain-from-zarobi');
  const claim = await storedClaim();
  expect(claim).toMatchObject({
    key: 'grain-from-zarobi',
    participants: [{ party: { key: 'ttp' }, role: 'carrier' }],
    places: [{ name: 'Kunar', iso_3166: 'AF-KNR', lat: 34.85, lon: 71.1 }],
    topics: ['border', 'grain-trade'],
    language: 'en',
    scope: 'wheat alone',
    occurred_inherited: true,
    standing: { support: 'single_origin' },
  });
  expect(claim.attributions[0]).toMatchObject({
    quote: { exact: 'Sacks of it.', prefix: 'He said: ', suffix: null },
    locator: { paragraph: '12' },
    lineage: 'originates',
    manner: 'alleges',
    basis: 'witnessed',
    capacity: 'as a miller',
  });
});

it('a new source by a new author of a new body, in one form', async () => {
  await fill(page, { '/text': 'A ferry sank at Zarobi.', '/attributions/0/source': 'Ferries of Zarobi' });
  await choose(page, '/attributions/0/party', 'pakistan', 'pakistan');
  await add('New source: In which source');
  await field(page, '/type').selectOption('article');
  await unfold(page);
  await add('Add an author');
  await field(page, '/authors/0').fill('A. Ferryman');
  await add('New party: Who wrote it');
  const author = page.locator('[data-operation=party]');
  await author.locator('[name="/kind"]').selectOption('person');
  await author.locator('[name="/part_of"]').fill('Guild of Ferrymen');
  await add('New party: Part of');
  await unfold(page);
  const guild = author.nth(1);
  await guild.locator('[name="/kind"]').selectOption('organization');
  await guild.getByRole('button', { name: 'Add another name' }).click();
  await guild.locator('[name="/names/0/name"]').fill('GoF');
  await guild.locator('[name="/names/0/kind"]').selectOption('acronym');
  const claim = await storedClaim();
  const { json: source } = await t.send('GET', `/v1/sources/${claim.attributions[0].source.id}`);
  expect(source).toMatchObject({ title: 'Ferries of Zarobi', authors: [{ name: 'A. Ferryman' }] });
  const { json: person } = await t.send('GET', `/v1/parties/${source.authors[0].id}`);
  expect(person).toMatchObject({ kind: 'person', part_of: { name: 'Guild of Ferrymen' } });
  const { json: body } = await t.send('GET', `/v1/parties/${person.part_of.id}`);
  expect(body.names).toMatchObject([{ name: 'GoF', kind: 'acronym' }]);
});
