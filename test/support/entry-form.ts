import type { Page } from 'playwright-core';

/** The forms that write, as people use them. Fields are named by the pointer of their member. */

export const field = (page: Page, name: string) =>
  page.locator(`form.entry [name="${name}"]:not([type=hidden])`);

export const send = (page: Page) =>
  page.locator('form.entry[aria-busy=false] > p > button[type=submit]').click();

export const typeKey = (page: Page, key: string) =>
  page.locator('form.entry[aria-busy=false] [data-entry-key]').fill(key);

/** Types a name and takes the suggestion with this key. */
export async function choose(page: Page, name: string, typed: string, key: string) {
  const input = field(page, name);
  await input.fill(typed);
  const option = input.locator('xpath=../..').locator(`datalist option[value$="(${key})"]`);
  await option.waitFor({ state: 'attached' });
  await input.fill((await option.getAttribute('value'))!);
}

async function errorAt(page: Page, selector: string): Promise<string> {
  const invalid = page.locator(`${selector}[aria-invalid=true]`);
  await invalid.waitFor();
  const id = await invalid.getAttribute('aria-describedby');
  return (await page.locator(`#${id}`).textContent())!;
}

/** The error that a field points to. */
export const errorOf = (page: Page, name: string) => errorAt(page, `[name="${name}"]`);

/** The error that the field of the key points to. */
export const keyError = (page: Page) => errorAt(page, '[data-entry-key]');

/** Fills fields in the order given: text is typed or chosen, `true` ticks. */
export async function fill(page: Page, values: Record<string, string | true>) {
  for (const [name, value] of Object.entries(values)) {
    const to = field(page, name);
    if (value === true) await to.check();
    else if ((await to.evaluate(({ tagName }) => tagName)) === 'SELECT') await to.selectOption(value);
    else await to.fill(value);
  }
}

/** Opens all that is folded. */
export const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const part of document.querySelectorAll<HTMLDetailsElement>('form.entry details')) part.open = true;
  });

export const picture = async (page: Page, name: string) => {
  const folder = process.env.TEST_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/entry-${name}.png`, fullPage: true });
};
