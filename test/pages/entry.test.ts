import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { axeFaults, openBrowser, tooWide, watch } from '../support/browser.js';
import { choose, errorOf, field, keyError, picture, send, typeKey } from '../support/entry-form.js';

/** Entering and mending by page, with a key, in a real browser. `TEST_PICTURES=<folder>` keeps pictures. */

const t = await testApp({ register: 'sample' });

let browser: Browser;
let origin: string;
beforeAll(async () => {
  origin = await t.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

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
  await page.locator('[data-row]').nth(1).getByRole('checkbox', { name: '1: Tehreek' }).check();
  await page.locator('[data-row]').nth(1).getByRole('button', { name: 'New source' }).click();
  await page.locator('[data-operation=source] [name="/title"]').fill('Bridge repaired');
  await page.locator('[data-operation=source] [name="/type"]').selectOption('article');
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

it('a new party that is there already gives way to it', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/claims/new`);
  await typeKey(page, t.key);
  await field(page, '/text').fill('A mill at Zarobi burned down.');
  await field(page, '/attributions/0/party').fill('Another name');
  await page.getByRole('button', { name: 'New party: Who' }).click();
  // Its name is that of the field behind which it was opened, also when it is written anew.
  await field(page, '/name').fill('Defense Talks');
  await send(page);
  await page.locator('[data-operation=party] [name="/kind"][aria-invalid=true]').waitFor();
  await page.locator('[data-operation=party] [name="/kind"]').selectOption('media');
  expect(await field(page, '/attributions/0/party').inputValue()).toMatch(/^Defense Talks \(party-/);
  await send(page);
  await page.getByRole('button', { name: 'Use this one' }).click();
  expect(await page.locator('[data-operation=party]').count()).toBe(0);
  expect(await field(page, '/attributions/0/party').inputValue()).toBe('Defence Talks (defence-talks)');
  await send(page);
  await page.waitForURL(/\/claims\/claim_/);
  const { json } = await t.send('GET', `/v1${new URL(page.url()).pathname}`);
  expect(json.attributions[0].party.key).toBe('defence-talks');
  await page.close();
});

it('who says a claim that is there already is added to that', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/claims/new`);
  await typeKey(page, t.key);
  await field(page, '/text').fill('The TTP has about 10,000 fighters.');
  await choose(page, '/subject', 'tehreek', 'ttp');
  await choose(page, '/attributions/0/party', 'pakistan', 'pakistan');
  await field(page, '/attributions/0/said').fill('5 May 2025');
  await page.getByRole('button', { name: 'Add whose words they pass on' }).click();
  await choose(page, '/attributions/1/party', 'aqis', 'aqis');
  const found = page.locator('li', { has: page.locator('a[href="/claims/ttp-strength-10000"]') });
  await field(page, '/attributions/0/said').fill('2025-05-05');
  await send(page);
  await found.getByRole('button', { name: 'Add who says it to that claim' }).click();
  await page.waitForURL(/\/claims\/claim_/);
  const { json } = await t.send('GET', '/v1/claims/ttp-strength-10000');
  const said = json.attributions.find(({ said }: { said: string }) => said === '2025-05-05');
  expect(said.party.key).toBe('pakistan');
  const relayed = json.attributions.find(({ id }: { id: string }) => id === said.relays[0].id);
  expect(relayed.party.key).toBe('aqis');
  await page.close();
});

it('a key that is mistyped is told at once, and mended by the letter that is wrong', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/claims/new`);
  await field(page, '/text').fill('What was typed stays.');
  await typeKey(page, `${t.key}x`);
  await field(page, '/text').focus();
  const said = page.locator('[data-status]');
  await expect.poll(() => said.textContent()).toContain('does not know this key');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('/text');
  await send(page);
  await expect.poll(() => said.textContent()).toContain('does not know this key');
  expect(await page.locator('[data-entry-key]').inputValue()).toBe(`${t.key}x`);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.locator('[data-entry-key]').press('End');
  await page.locator('[data-entry-key]').press('Backspace');
  await page.getByRole('button', { name: 'Leave this one out' }).click();
  await send(page);
  await page.waitForURL(/\/claims\/claim_/);
  expect(await page.locator('h1').textContent()).toBe('What was typed stays.');
  expect(await page.evaluate(() => [localStorage.length, document.cookie, location.search])).toEqual([
    0,
    '',
    '',
  ]);
  await page.close();
});

it('a key for reading alone is told as soon as it was typed, also before the script is there', async () => {
  const page = await browser.newPage();
  let load = () => {};
  const typed = new Promise<void>((resolve) => {
    load = resolve;
  });
  await page.route('**/entry.js', async (route) => {
    await typed;
    await route.continue();
  });
  await page.goto(`${origin}/claims/new`);
  await page.locator('[data-entry-key]').fill(await t.newKey(['read']));
  await field(page, '/text').fill('What was typed stays.');
  load();
  // The line at the end of the form is emptied by what is typed after it.
  expect(await keyError(page)).toContain('may not do that');
  await send(page);
  await expect.poll(() => page.locator('[data-status]').textContent()).toContain('may not do that');
  expect(await field(page, '/text').inputValue()).toBe('What was typed stays.');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.close();
});

it('the browser warns before it leaves what was typed', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/claims/new`);
  await typeKey(page, t.key);
  expect(await page.locator('form[data-typed]').count()).toBe(0);
  await field(page, '/text').pressSequentially('Half a cl');
  const asked = page.waitForEvent('dialog');
  const left = page.getByRole('link', { name: 'Sources' }).click();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await left;
  expect(await field(page, '/text').inputValue()).toBe('Half a cl');
  await page.close();
});

it('without scripts the page says that entering needs them', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/claims/new`);
  expect(await page.locator('main').innerText()).toContain('Entering needs scripts');
  await context.close();
});
