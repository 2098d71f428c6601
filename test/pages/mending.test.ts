import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { axeFaults, openBrowser, tooWide, watch } from '../support/browser.js';
import { choose, errorOf, field, send, typeKey } from '../support/entry-form.js';

/** Mending by page what is in the register, with a key, in a real browser. */

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

const stored = async (path: string) => (await t.send('GET', `/v1${path}`)).json;

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

  await page.goto(`${origin}/claims/mended`);
  await page.getByRole('link', { name: 'Add a denial' }).click();
  await typeKey(page, reviewer);
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

it('a whole source is denied, in words of its own', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/sources/monitoring-team-report-35`);
  await page.getByRole('link', { name: 'Add who denies' }).click();
  await typeKey(page, reviewer);
  await choose(page, '/party', 'pakistan', 'pakistan');
  await field(page, '/stance').selectOption('disputes');
  await field(page, '/quote/exact').fill('This report is not ours.');
  await send(page);
  await page.waitForURL(/\/sources\/monitoring-team-report-35$/);
  const { items } = await stored('/attributions?about_source=monitoring-team-report-35&stance=disputes');
  expect(items[0]).toMatchObject({
    party: { key: 'pakistan' },
    quote: { exact: 'This report is not ours.' },
  });
  await page.close();
});

it.each([
  [
    ...(['sources', 'source'] as const),
    { type: 'report', title: 'A note on wells' },
    { type: 'article', title: 'A second note on wells' },
    'type is report, not article',
  ],
  [
    ...(['claims', 'claim'] as const),
    { text: 'A kiln at Zarobi was lit.' },
    { text: 'A kiln at Zarobi was set alight.', kind: 'forecast' },
    'kind is fact, not forecast',
  ],
])('two %s are merged, after what tells them apart was shown', async (plural, noun, one, into, told) => {
  const other = 'title' in into ? into.title : into.text;
  expect((await t.send('PUT', `/v1/${plural}/one-${noun}`, one)).status).toBe(201);
  expect((await t.send('PUT', `/v1/${plural}/other-${noun}`, into)).status).toBe(201);
  const page = await browser.newPage();
  await page.goto(`${origin}/${plural}/one-${noun}`);
  await page.getByRole('link', { name: 'Merge it' }).click();
  await typeKey(page, reviewer);
  await choose(page, '/into', other, `other-${noun}`);
  await send(page);
  await page.getByText(told).waitFor();
  expect((await stored(`/merges?noun=${noun}`)).items).toEqual([]);
  await page.getByRole('button', { name: 'Store it all the same' }).click();
  await page.waitForURL(new RegExp(`/${plural}/other-${noun}$`));
  expect((await stored(`/merges?noun=${noun}`)).items[0].into.key).toBe(`other-${noun}`);
  await page.close();
});

/** Somebody else changes the quote while its form is open. */
async function openStale(page: Page, key: string) {
  const at = `/v1/attributions/${key}`;
  const made = await t.send('PUT', `/v1/claims/${key}-claim`, {
    text: `A page was ${key}.`,
    attributions: [{ key, party: 'pakistan', stance: 'asserts', quote: { exact: 'as it wos' } }],
  });
  expect(made.status, made.text).toBe(201);
  await page.goto(`${origin}/attributions/${key}/quote`);
  await typeKey(page, reviewer);
  await field(page, '/quote/exact').fill('as it was');
  return at;
}

it('a quote that somebody else corrected meanwhile is shown, and corrected on top of that', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  const at = await openStale(page, 'stale-quote');
  const theirs = { quote: { exact: 'as it wass', prefix: 'It is ' } };
  expect((await t.send('PATCH', at, theirs, { 'if-match': '"1"' })).status).toBe(200);
  await send(page);
  const told = page.locator('[data-similar]');
  await expect.poll(() => told.textContent()).toContain('Somebody changed it while you wrote');
  expect(await told.locator('li').allTextContents()).toEqual([
    'Quote, letter for letter: as it wass',
    'Words before it: It is ',
  ]);
  expect(await field(page, '/quote/exact').inputValue()).toBe('as it was');
  expect([...(await axeFaults(page)), ...(await tooWide(page))]).toEqual([]);
  await field(page, '/quote/prefix').fill('It is ');
  await send(page);
  await page.getByRole('button', { name: 'Store yours on top of it' }).click();
  await page.waitForURL(/\/claims\/stale-quote-claim#/);
  expect((await stored('/attributions/stale-quote')).quote).toMatchObject({
    exact: 'as it was',
    prefix: 'It is ',
  });
  await page.close();
});

it('a quote that somebody else removed meanwhile is told', async () => {
  const page = await browser.newPage();
  const at = await openStale(page, 'gone-quote');
  expect((await t.send('DELETE', at, undefined, { 'if-match': '"1"' })).status).toBe(204);
  await send(page);
  await expect.poll(() => page.locator('[data-status]').textContent()).toContain('Nothing was stored');
  await expect.poll(() => page.locator('[data-faults]').textContent()).toMatch(/removed/);
  expect(await field(page, '/quote/exact').inputValue()).toBe('as it was');
  await page.close();
});

it('a merge of what somebody else changed meanwhile waits until that was seen', async () => {
  expect((await t.send('PUT', '/v1/parties/stale-one', { kind: 'media', name: 'Stale One' })).status).toBe(
    201,
  );
  expect((await t.send('PUT', '/v1/parties/stale-two', { kind: 'media', name: 'Stalest' })).status).toBe(201);
  const page = await browser.newPage();
  await page.goto(`${origin}/parties/stale-one/merge`);
  await typeKey(page, reviewer);
  await choose(page, '/into', 'stalest', 'stale-two');
  const patched = await t.send('PATCH', '/v1/parties/stale-one', { country: 'PK' }, { 'if-match': '"1"' });
  expect(patched.status).toBe(200);
  await send(page);
  await page.getByRole('button', { name: 'Store yours on top of it' }).click();
  await page.waitForURL(/\/parties\/stale-two$/);
  await page.close();
});
