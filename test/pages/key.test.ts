import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { openBrowser, watch } from '../support/browser.js';

/** Reading with a key in a browser, and suggestions while somebody types. */

const t = await testApp({ register: 'sample', openReads: false });
let browser: Browser;
let origin = '';
beforeAll(async () => {
  browser = await openBrowser();
  origin = await t.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => browser.close());

const claim = '/claims/ttp-strength-10000';

/** Opens a page and waits until it is shown: what is typed before goes with the page that asks for the key. */
async function read(page: Page, path: string) {
  await page.goto(origin + path);
  await page.getByLabel('API key').fill(t.key);
  await page.getByRole('button', { name: 'Read with this key' }).click();
  await page.getByRole('button', { name: 'Forget the key' }).waitFor();
}

describe('where reads need a key', () => {
  it('a page asks for it, keeps it in its tab through links, forms and reloads, and forgets it', async () => {
    const page = await browser.newPage();
    const faults = watch(page, origin);
    await read(page, claim);
    await page.getByRole('heading', { level: 1, name: 'The TTP has about 10,000 fighters.' }).waitFor();
    // A picture comes with the key, too.
    await page.waitForFunction(() => {
      const picture = document.querySelector<HTMLImageElement>('#chain img');
      picture?.scrollIntoView();
      return picture?.src.startsWith('blob:') && picture.complete && picture.naturalWidth > 0;
    });

    await page.getByRole('link', { name: 'Tehreek-e-Taliban Pakistan' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Tehreek-e-Taliban Pakistan' }).waitFor();
    expect(page.url()).toBe(`${origin}/parties/ttp`);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'The TTP has about 10,000 fighters.' }).waitFor();

    await page.getByRole('searchbox').fill('stipend');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Search: stipend' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Search: stipend' }).waitFor();

    await page.getByRole('button', { name: 'Forget the key' }).click();
    await page.getByLabel('API key').waitFor();
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
    // Suggestions that nobody waits for any more end with the page.
    expect(faults.filter((fault) => !/401|failed: .*\/v1\/suggest/.test(fault))).toEqual([]);

    const other = await browser.newPage();
    await other.goto(origin + claim);
    await other.getByLabel('API key').waitFor();
    await Promise.all([page.close(), other.close()]);
  });
});

describe('the search field', () => {
  it('suggests while somebody types, and arrows and Enter choose', async () => {
    const page = await browser.newPage();
    await read(page, claim);
    const field = page.getByRole('searchbox').first();
    await field.pressSequentially('haqqa');
    await page.getByRole('option', { name: 'Sirajuddin Haqqani party' }).waitFor();
    const combobox = page.getByRole('combobox');
    expect(await combobox.getAttribute('aria-expanded')).toBe('true');
    await combobox.press('ArrowDown');
    expect(await combobox.getAttribute('aria-activedescendant')).toBe('q-suggestions-0');
    await combobox.press('Escape');
    expect(await page.getByRole('option').count()).toBe(0);
    await combobox.pressSequentially('n');
    await page.getByRole('option', { name: 'Sirajuddin Haqqani party' }).waitFor();
    await combobox.press('ArrowDown');
    await combobox.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Sirajuddin Haqqani' }).waitFor();
    await page.close();
  });

  it('of a filter takes the key of what was chosen', async () => {
    const page = await browser.newPage();
    await read(page, '/claims');
    await page.getByLabel('Subject', { exact: true }).pressSequentially('haqqa');
    await page.getByRole('option', { name: 'Sirajuddin Haqqani sirajuddin-haqqani' }).click();
    const subject = page.getByLabel('Subject', { exact: true });
    expect([await subject.inputValue(), await page.getByRole('option').count()]).toEqual([
      'sirajuddin-haqqani',
      await page.locator('select option').count(),
    ]);
    expect(page.url()).toBe(`${origin}/claims`);
    await page.close();
  });

  it.each(['a choice', 'Escape'])(
    'stays closed after %s, whatever answer is still on its way',
    async (how) => {
      const page = await browser.newPage();
      await read(page, '/claims');
      const subject = page.getByLabel('Subject', { exact: true });
      await subject.pressSequentially('haqqa');
      const option = page.getByRole('option', { name: 'Sirajuddin Haqqani sirajuddin-haqqani' });
      await option.waitFor();
      let answer = () => {};
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const asked = '**/v1/suggest?**';
      await page.route(asked, async (route) => {
        await held;
        await route.continue();
      });
      const asking = page.waitForRequest(asked);
      await subject.press('n');
      await asking;
      await (how === 'a choice' ? option.click() : subject.press('Escape'));
      const answered = page.waitForResponse(asked);
      answer();
      await (await answered).finished();
      // The script has had its turn then.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
      expect(await page.locator('[role="option"]').count()).toBe(0);
      await page.close();
    },
  );
});
