import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A real browser: Chromium as the system has it. */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** The program of the browser. Throws where there is none. */
function browserPath(): string {
  const { TEST_BROWSER: given, PATH = '' } = process.env;
  if (given) return given;
  for (const folder of PATH.split(delimiter)) {
    for (const name of NAMES) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not this one
      }
    }
  }
  throw new Error(
    'there is no Chromium here: install it (apt-get install chromium), or name one in TEST_BROWSER',
  );
}

export const openBrowser = (): Promise<Browser> =>
  // The pages are ours, and root may not use the sandbox.
  chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });

/** What a page must not do, each time that it does: errors, requests that fail or leave, breaches of the policy. */
export function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('requestfailed', (request) => {
    // Whoever leaves a page ends what is still on its way to it.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:'))
      faults.push(`left: ${url}`);
  });
  return faults;
}

/** The rules whose outcome depends on the theme or on the window. */
export const looks = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/** Breaches of the accessibility rules of WCAG 2.2 AA, and of good practice, each with the element; of some rules, or of all. */
export async function axeFaults(page: Page, rules?: string[]): Promise<string[]> {
  // It is half a million characters, and serves each view of a page.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const results = await page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    return axe.run(document, {
      resultTypes: ['violations'],
      ...(only && { runOnly: { type: 'rule', values: only } }),
    });
  }, rules);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary?.slice(0, 300)}`,
    ),
  );
}

/** Elements that are wider than the window, where the page scrolls sideways; none where it does not. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isClipped = (element: Element | null): boolean =>
      element !== null &&
      (getComputedStyle(element).overflowX !== 'visible' || isClipped(element.parentElement));
    return [...document.querySelectorAll('body *')]
      .filter(
        (element) =>
          element.getBoundingClientRect().right > clientWidth + 1 && !isClipped(element.parentElement),
      )
      .slice(0, 5)
      .map((element) => `wider than ${clientWidth}: ${element.outerHTML.slice(0, 160)}`)
      .concat(`the page is ${scrollWidth} wide`);
  });
