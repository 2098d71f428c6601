import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { axeFaults, openBrowser, tooWide, watch } from '../support/browser.js';

/** Entering and mending by page, with a key, in a real browser. `TEST_PICTURES=<folder>` keeps pictures. */

const t = await testApp({ register: 'sample' });
const reviewer = await t.newKey(['read', 'write', 'review']);

let browser: Browser;
let origin: string;
beforeAll(async () => {
  origin = await t.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

const field = (page: Page, name: string) => page.locator(`form.entry [name="${name}"]:not([type=hidden])`);
const send = (page: Page) => page.locator('form.entry > p > button[type=submit]').click();

/** Types a name and takes the suggestion with this key. */
async function choose(page: Page, name: string, typed: string, key: string) {
  const input = field(page, name);
  await input.fill(typed);
  const option = input.locator('xpath=../..').locator(`datalist option[value$="(${key})"]`);
  await option.waitFor({ state: 'attached' });
  await input.fill((await option.getAttribute('value'))!);
}

/** The error that a field points to. */
async function errorOf(page: Page, name: string): Promise<string> {
  await page.locator(`[name="${name}"][aria-invalid=true]`).waitFor();
  const id = await field(page, name).getAttribute('aria-describedby');
  return (await page.locator(`#${id}`).textContent())!;
}

const picture = async (page: Page, name: string) => {
  const folder = process.env.TEST_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/entry-${name}.png`, fullPage: true });
};

it('a claim with its chain, from the empty form to the stored one', async () => {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  const faults = watch(page, origin);
  await page.goto(`${origin}/claims/new`);

  // Nothing goes out without a key.
  await send(page);
  await expect.poll(() => page.locator('[data-status]').textContent()).toContain('needs an API key');
  await page.locator('[data-entry-key]').fill(t.key);

  // Each error stands beside its field, and the first one has the focus.
  await field(page, '/occurred').fill('5 March 2024');
  await send(page);
  expect(await errorOf(page, '/text')).toContain('text is missing');
  expect(await errorOf(page, '/attributions/0/party')).not.toBe('');
  expect(await errorOf(page, '/occurred')).toContain('2024-03-05');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('/text');
  expect([...(await axeFaults(page)), ...(await tooWide(page))]).toEqual([]);
  await picture(page, 'errors');
  await page.getByRole('button', { name: 'Use 2024-03-05' }).click();
  expect(await field(page, '/occurred').inputValue()).toBe('2024-03-05');

  // A date is checked as soon as it was typed.
  await field(page, '/attributions/0/said').fill('6 March 2024');
  await field(page, '/attributions/0/said').blur();
  expect(await errorOf(page, '/attributions/0/said')).toContain('2024-03-06');
  await page.getByRole('button', { name: 'Use 2024-03-06' }).click();

  // Words of the register first, so that it is told what is there already.
  await field(page, '/text').fill('The TTP has 10,000 fighters.');
  await choose(page, '/subject', 'tehreek', 'ttp');
  await choose(page, '/attributions/0/party', 'tehreek', 'ttp');
  await field(page, '/attributions/0/quote/exact').fill('We are ten thousand.');
  await send(page);
  const similar = page.locator('[data-similar]');
  await similar.getByRole('link').first().waitFor();
  expect(await similar.getByRole('link').first().getAttribute('href')).toBe('/claims/ttp-strength-10000');
  expect(await axeFaults(page)).toEqual([]);
  expect(await similar.getByRole('button', { name: 'Store it all the same' }).count()).toBe(1);
  await picture(page, 'similar');
  await field(page, '/text').fill('A bridge at Zarobi was repaired by volunteers.');
  expect(await similar.textContent()).toBe('');
  expect(await field(page, '/value/value').isVisible()).toBe(false);
  await field(page, '/value/type').selectOption('quantity');
  await field(page, '/value/value').fill('3');

  // A new outlet passes it on, in a new source; a third party denies it.
  await page.getByRole('button', { name: 'Add another' }).click();
  await field(page, '/attributions/1/party').fill('Zarobi Gazette');
  await page.locator('[data-row]').nth(1).getByRole('button', { name: 'New party: Who' }).click();
  await page.locator('[data-operation=party] [name="/kind"]').selectOption('media');
  await field(page, '/attributions/1/stance').selectOption('reports');
  await field(page, '/attributions/1/relays/0').selectOption({ index: 1 });
  await page.locator('[data-row]').nth(1).getByRole('button', { name: 'New source' }).click();
  await page.locator('[data-operation=source] [name="/title"]').fill('Bridge repaired');
  await page.getByRole('button', { name: 'Add another' }).click();
  await choose(page, '/attributions/2/party', 'pakistan', 'pakistan');
  await field(page, '/attributions/2/stance').selectOption('denies');
  await page.getByRole('button', { name: 'Add another' }).click();
  await page.locator('[data-row]').nth(3).getByRole('button', { name: 'Leave this one out' }).click();
  expect([...(await axeFaults(page)), ...(await tooWide(page))]).toEqual([]);
  await picture(page, 'full');
  await send(page);
  await page.waitForURL(/\/claims\/claim_/);

  const { json } = await t.send('GET', `/v1${new URL(page.url()).pathname}`);
  expect(json.text).toBe('A bridge at Zarobi was repaired by volunteers.');
  expect(json.subject.key).toBe('ttp');
  expect(json.occurred).toBe('2024-03-05');
  expect(json.value).toMatchObject({ type: 'quantity', value: '3' });
  const by = (stance: string) => json.attributions.find((said: { stance: string }) => said.stance === stance);
  expect(by('asserts')).toMatchObject({ said: '2024-03-06', quote: { exact: 'We are ten thousand.' } });
  expect(by('reports').party.name).toBe('Zarobi Gazette');
  expect(by('reports').source.name).toBe('Bridge repaired');
  expect(by('reports').relays[0].id).toBe(by('asserts').id);
  expect(by('denies').party.key).toBe('pakistan');
  expect(faults).toEqual([]);
  await page.close();
});

it('a denial, a quote, an assessment and a merge, from the pages that they are about', async () => {
  for (const [key, name] of [
    ['rustic-echo', 'Rustic Echo'],
    ['rustic-echo-daily', 'The Rustic Echo Daily'],
  ] as const) {
    expect((await t.send('PUT', `/v1/parties/${key}`, { kind: 'media', name })).status).toBe(201);
  }
  const claimed = await t.send('PUT', '/v1/claims/mended', {
    text: 'A well at Zarobi ran dry.',
    attributions: [
      { key: 'mended-said', party: 'rustic-echo', stance: 'asserts', quote: { exact: 'rn dry' } },
    ],
  });
  expect(claimed.status).toBe(201);
  const page = await browser.newPage();
  const faults = watch(page, origin);
  const stored = async (path: string) => (await t.send('GET', `/v1${path}`)).json;

  await page.goto(`${origin}/claims/mended`);
  await page.getByRole('link', { name: 'Add a denial' }).click();
  await page.locator('[data-entry-key]').fill(reviewer);
  await choose(page, '/party', 'pakistan', 'pakistan');
  await send(page);
  await page.waitForURL(/\/claims\/mended$/);
  await expect.poll(() => page.locator('#denied').textContent()).toContain('denies');

  await page.getByRole('link', { name: 'Correct the quote' }).click();
  // The key of this tab is used again.
  expect(await page.locator('[data-entry-key]').isVisible()).toBe(false);
  await field(page, '/quote/exact').fill('ran dry');
  await field(page, 'reason').fill('a letter was left out');
  await send(page);
  await page.waitForURL(/\/claims\/mended#/);
  expect((await stored('/attributions/mended-said')).quote.exact).toBe('ran dry');

  await page.getByRole('link', { name: 'Assess it' }).click();
  await field(page, '/credibility').selectOption('5');
  await field(page, '/rationale').fill('The well was full a week later.');
  await send(page);
  await page.waitForURL(/\/claims\/mended$/);
  expect((await stored('/assessments?claim=mended')).items[0]).toMatchObject({ credibility: 5 });

  await page.goto(`${origin}/parties/rustic-echo-daily`);
  await page.getByRole('link', { name: 'Merge it' }).click();
  await field(page, '/into').fill('nobody-of-this-name');
  await send(page);
  expect(await errorOf(page, '/into')).toContain('nobody-of-this-name');
  await choose(page, '/into', 'rustic', 'rustic-echo');
  await send(page);
  await page.waitForURL(/\/parties\/rustic-echo$/);
  expect((await stored('/merges')).items[0].merged.name).toBe('The Rustic Echo Daily');
  // The console repeats the status of an answer that tells what is wrong.
  expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  await page.close();
});

it('what may be there already is stored all the same, once that is chosen', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/claims/new`);
  await page.locator('[data-entry-key]').fill(t.key);
  await field(page, '/text').fill('The TTP has 10,000 fighters.');
  await choose(page, '/subject', 'tehreek', 'ttp');
  await page.getByRole('button', { name: 'Leave this one out' }).click();
  await send(page);
  await page.getByRole('button', { name: 'Store it all the same' }).click();
  await page.waitForURL(/\/claims\/claim_/);
  const { json } = await t.send('GET', `/v1${new URL(page.url()).pathname}`);
  expect(json).toMatchObject({ text: 'The TTP has 10,000 fighters.', attributions: [] });
  await page.close();
});

it.each([
  ['not known', async () => 'att_unknown', 'does not know this key'],
  ['for reading alone', () => t.newKey(['read']), 'may not do that'],
])('a key that is %s is refused in words', async (_, key, words) => {
  const page = await browser.newPage();
  await page.goto(`${origin}/claims/new`);
  await field(page, '/text').fill('What was typed stays.');
  await page.locator('[data-entry-key]').fill(await key());
  await send(page);
  await expect.poll(() => page.locator('[data-status]').textContent()).toContain(words);
  expect(await field(page, '/text').inputValue()).toBe('What was typed stays.');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.close();
});

it('without scripts the page says that entering needs them', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/claims/new`);
  expect(await page.locator('main').innerText()).toContain('Entering needs scripts');
  await context.close();
});
