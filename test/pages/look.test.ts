import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, looks, openBrowser, tooWide, watch } from '../support/browser.js';
import { appWithRoutes } from '../support/routes.js';

/**
 * Every page in a real browser: on a phone and on a desk, light and dark, under hostile names, without scripts.
 * `TEST_PICTURES=<folder>` keeps a picture of each.
 */

const t = await appWithRoutes({ register: 'sample' });

/** An address of each page, by the route that answers it. */
const addresses: Record<string, string[]> = {
  '/': ['/'],
  '/claims': ['/claims', '/claims?contested=true&sort=-origins'],
  '/claims/new': ['/claims/new'],
  '/claims/:id/attributions/new': ['/claims/hostile/attributions/new'],
  '/claims/:id/assessments/new': ['/claims/hostile/assessments/new'],
  '/attributions/:id/quote': ['/attributions/ttp-leader-family-stipend-outlet/quote'],
  '/claims/:id/merge': ['/claims/hostile/merge'],
  '/parties/:id/merge': ['/parties/hostile/merge'],
  '/sources/:id/merge': ['/sources/hostile/merge'],
  '/sources/:id/attributions/new': ['/sources/hostile/attributions/new'],
  '/claims/:id/history': ['/claims/hostile/history'],
  '/attributions/:id': ['/attributions/ttp-leader-family-stipend-outlet'],
  '/claims/:id': [
    '/claims/ttp-leader-family-stipend',
    '/claims/ttp-operates-in-afghanistan',
    '/claims/hostile',
  ],
  '/parties': ['/parties'],
  '/parties/:id/history': ['/parties/hostile/history'],
  '/parties/:id': ['/parties/taliban', '/parties/hostile'],
  '/sources': ['/sources'],
  '/sources/:id/history': ['/sources/hostile/history'],
  '/sources/:id': ['/sources/monitoring-team-report-35', '/sources/hostile'],
  '/predicates': ['/predicates'],
  '/predicates/:id/history': ['/predicates/fighter-strength/history'],
  '/predicates/:id': ['/predicates/fighter-strength'],
  '/conflicts': ['/conflicts'],
  '/changes': ['/changes'],
  '/search': ['/search', '/search?q=weapons', '/search?q=nothingofthekind'],
  '/docs': ['/docs', '/docs?q=merge'],
  '/docs/questions': ['/docs/questions'],
  '/docs/:group': ['/docs/claims'],
  '/docs/schemas/:name': ['/docs/schemas/ClaimInput'],
};
const others = ['/claims/there-is-none', '/claims?as_of=2026-01-31T12:00:00Z', '/claims?sort=nonsense'];
const pages = [...Object.values(addresses).flat(), ...others];

/** Names that break pages: markup, a turn of the direction of writing, no place to break a line. */
const markup = '<script>document.title = "taken"</script><img src=x onerror="alert(1)">';
const turned = '\u202Eevil\u202C تحریک طالبان پاکستان';
const long = 'Wordwithoutanend'.repeat(60);

async function addHostile(): Promise<void> {
  const put = async (path: string, body: object) => {
    const made = await t.send('PUT', `/v1/${path}`, body);
    expect(made.status, made.text).toBe(201);
  };
  await put('parties/hostile', {
    kind: 'media',
    name: markup,
    names: [{ name: long.slice(0, 480), kind: 'alias' }],
    description: `${markup} ${turned} ${long}`,
  });
  await put('sources/hostile', {
    type: 'article',
    title: `${markup} ${long.slice(0, 400)}`,
    publisher: 'hostile',
    url: 'https://example.org/?q=%22%3E%3Cscript%3E',
  });
  await put('claims/hostile', {
    text: `${markup} ${turned} ${long}`,
    subject: 'hostile',
    scope: markup,
    topics: ['hostile'],
    attributions: [
      {
        party: 'hostile',
        party_as_stated: turned,
        stance: 'asserts',
        source: 'hostile',
        quote: { exact: `${turned} ${markup}`, prefix: long, suffix: '</blockquote>' },
        note: markup,
      },
      { party: 'ttp', stance: 'denies', source: 'hostile', quote: { exact: long } },
    ],
  });
}

let browser: Browser;
let origin: string;
beforeAll(async () => {
  await addHostile();
  origin = await t.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 900 };
/** All rules at each width; in the other theme, those whose outcome depends on it. */
const views = [
  { name: 'phone-light', size: phone, colorScheme: 'light', rules: undefined },
  { name: 'phone-dark', size: phone, colorScheme: 'dark', rules: looks },
  { name: 'desk-dark', size: desk, colorScheme: 'dark', rules: looks },
  { name: 'desk-light', size: desk, colorScheme: 'light', rules: undefined },
] as const;

it('every page has an address here', () => {
  const pages = t.routes.filter(
    ({ page, method, url }) => page && method === 'GET' && !url.startsWith('/assets/'),
  );
  expect(pages.map(({ url }) => url).sort()).toEqual(Object.keys(addresses).sort());
});

it('what is looked for is found where it is', async () => {
  const page = await browser.newPage({ viewport: phone });
  await page.setContent('<p style="width: 999px; color: #eee; background: #fff">Hardly read</p>');
  expect((await axeFaults(page)).join()).toContain('color-contrast');
  expect(await tooWide(page)).not.toEqual([]);

  const faults = watch(page, origin);
  await page.goto(`${origin}/claims/ttp-leader-family-stipend`);
  await page.evaluate(() => {
    document.querySelector('main')!.innerHTML =
      '<p style="color: red">styled</p><img alt="" src="https://example.org/"><img alt="" src="/x" onerror="alert(1)">';
  });
  for (const fault of ['inline style', "Loading the image 'https:", 'inline event handler', 'left: https:']) {
    await expect.poll(() => faults.join()).toContain(fault);
  }
  await page.close();
});

it.each(pages)(
  '%s: no fault, nothing loaded from elsewhere, no scrolling sideways, usable by all',
  async (address) => {
    const page = await browser.newPage({ viewport: phone, colorScheme: 'light' });
    const faults = watch(page, origin);
    const answer = await page.goto(origin + address, { waitUntil: 'load' });
    const found: string[] = [];
    for (const { name, size, colorScheme, rules } of views) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      const folder = process.env.TEST_PICTURES;
      if (folder) {
        mkdirSync(folder, { recursive: true });
        const file = `${address.replace(/\W+/g, '-').replace(/^-/, '') || 'home'}-${name}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: true });
      }
      const here = [...(await tooWide(page)), ...(await axeFaults(page, rules))];
      found.push(...here.map((fault) => `${name}: ${fault}`));
    }
    // The console repeats the status of a page that tells what is wrong.
    const own = answer!.status() >= 400 ? faults.filter((fault) => !/status of 4\d\d/.test(fault)) : faults;
    expect([...own, ...found].slice(0, 10)).toEqual([]);
    expect(await page.title()).not.toBe('taken');
    await page.close();
  },
);

describe('hostile names', () => {
  it.each(['/claims/hostile', '/parties/hostile', '/sources/hostile'])(
    '%s shows them letter for letter',
    async (address) => {
      const page = await browser.newPage();
      await page.goto(origin + address);
      expect(await page.locator('h1').textContent()).toContain(markup);
      await page.close();
    },
  );
});

it('a dark screen prints in light colours', async () => {
  const page = await browser.newPage({ viewport: desk, colorScheme: 'light' });
  await page.goto(`${origin}/claims/ttp-leader-family-stipend`);
  const colours = () =>
    page
      .locator('.badge')
      .first()
      .evaluate((badge) => [
        getComputedStyle(badge).color,
        getComputedStyle(badge).backgroundColor,
        getComputedStyle(badge.ownerDocument.documentElement).colorScheme,
      ]);
  await page.emulateMedia({ media: 'print' });
  const printed = await colours();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await colours()).toEqual(printed);
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  expect(await colours()).not.toEqual(printed);
  await page.close();
});

it('the filters of a list are folded on a phone alone, without scripts', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: phone });
  const page = await context.newPage();
  await page.goto(`${origin}/claims?contested=true`);
  const subject = page.getByLabel('Subject', { exact: true });
  const isShown = async () => [
    await subject.isVisible(),
    await page.getByText('Filters and order').isVisible(),
  ];
  expect(await isShown()).toEqual([false, true]);
  expect(await page.getByRole('list', { name: 'Filters' }).textContent()).toContain('contested');
  await page.getByText('Filters and order').click();
  expect(await isShown()).toEqual([true, true]);
  await page.getByText('Filters and order').click();
  await page.setViewportSize(desk);
  expect(await isShown()).toEqual([true, false]);
  await subject.fill('ttp');
  await subject.press('Enter');
  expect(page.url()).toContain('subject=ttp');
  await context.close();
});

describe('without scripts', () => {
  it('a search leads to a claim, and to who says it', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(origin);
    await page.getByRole('searchbox').first().fill('monthly stipend');
    await page.getByRole('searchbox').first().press('Enter');
    await page
      .getByRole('link', { name: /received a monthly stipend/ })
      .first()
      .click();
    expect(await page.locator('h1').textContent()).toContain('received a monthly stipend');
    expect(await page.locator('main').textContent()).toContain('One Member State');
    await context.close();
  });
});
