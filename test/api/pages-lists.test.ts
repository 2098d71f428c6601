import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

/** Lists as pages: the filters of the API as a form, counts, and the pages of a list. */

const t = await testApp({ register: 'sample' });
const lists = ['/claims', '/sources', '/parties', '/predicates'];

const links = (text: string) =>
  [...text.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!.replaceAll('&amp;', '&'));
/** The addresses of the objects that a list shows. */
const titled = (text: string) =>
  [...text.matchAll(/<p class="title"><a href="([^"?]+)/g)].map(([, link]) => link!);
const page = async (url: string) => {
  const { status, text } = await t.send('GET', url);
  expect([url, status, status === 200 ? '' : text]).toEqual([url, 200, '']);
  return text;
};

describe.each(lists)('%s', (path) => {
  it('lists what the API lists, in its order', async () => {
    const { json } = await t.send('GET', `/v1${path}?limit=200`);
    const shown = titled(await page(`${path}?limit=200`));
    const expected = json.items.map(
      ({ id, key }: { id: string; key: string | null }) => `${path}/${key ?? id}`,
    );
    expect(shown).toEqual(expected);
    expect(expected.length).toBeGreaterThan(3);
  });

  it('offers each filter of the API as a field, and takes them as the API does', async () => {
    const text = await page(path);
    const { json } = await t.send('GET', '/openapi.json');
    const { parameters } = json.paths[`/v1${path}`].get;
    const names = parameters
      .map(
        ({ name, $ref }: { name?: string; $ref?: string }) =>
          name ?? json.components.parameters[$ref!.split('/').at(-1)!].name,
      )
      .filter(
        (name: string) =>
          !['limit', 'cursor', 'count', 'facets', 'include', 'If-None-Match', 'Accept-Datetime'].includes(
            name,
          ),
      );
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) expect([name, text.includes(` name="${name}"`)]).toEqual([name, true]);
    expect((await t.send('GET', `${path}?sort=nothing`)).status).toBe(400);
  });

  it('leads from page to page, each with what it was narrowed by', async () => {
    const seen: string[] = [];
    let url: string | undefined = `${path}?limit=3&updated_from=2020-01-01`;
    for (let pages = 0; url && pages < 3; pages++) {
      const text: string = await page(url);
      expect(text).toContain('value="2020-01-01"');
      seen.push(...titled(text));
      url = links(/<a [^>]*rel="next">/.exec(text)?.[0] ?? '')[0];
    }
    expect(seen.length).toBe(new Set(seen).size);
    expect(seen.length).toBeGreaterThanOrEqual(6);
  });

  it('tells what it was narrowed by, with a way to leave it out', async () => {
    const text = await page(`${path}?updated_from=2020-01-01&q=nothing-of-this-kind`);
    expect(text).toContain('Nothing here meets that.');
    expect(links(text)).toContain(`${path}?updated_from=2020-01-01`);
    expect(links(text)).toContain(`${path}?q=nothing-of-this-kind`);
  });
});

describe('/claims', () => {
  it('counts what the claims have in common, each value a way to narrow the list', async () => {
    const text = await page('/claims?contested=true&facets=support,stance');
    const { json } = await t.send('GET', '/v1/claims?contested=true&facets=support,stance');
    const [first] = json.facets.counts.stance.values;
    expect(text).toContain(`stance=${first.value}`);
    expect(text).toContain(`<span class="count">${first.count}</span>`);
    expect(links(text)).toContain(`/claims?contested=true&facets=support%2Cstance&stance=${first.value}`);
  });

  it('says what was likely meant', async () => {
    expect(links(await page('/claims?q=stipent'))).toContain('/claims?q=stipend');
  });

  it('knows what the world knew by a day', async () => {
    const now = await page('/claims?key=ttp-leader-family-stipend');
    const before = await page('/claims?key=ttp-leader-family-stipend&known_by=2024');
    expect(now).toContain('Single origin');
    expect(before).not.toContain('Single origin');
  });
});

describe('a form of filters', () => {
  it('tells orders in words, and offers what a field can hold', async () => {
    const text = await page('/claims?sort=-origins');
    for (const part of [
      '<option value="-id">newest first</option>',
      '<option value="-origins" selected>most origins first</option>',
      'name="subject" placeholder="ttp" size="14" autocomplete="off" data-suggest="/v1/suggest" data-type="party"',
      'list="topic-known"',
      '<option value="financing">',
    ]) {
      expect(text).toContain(part);
    }
    expect(await page('/conflicts')).toContain('the most severe first');
    expect(await page('/changes')).toContain('data-type="party"');
  });

  it.each(['/claims', '/sources', '/parties', '/predicates'])('%s has words for each order', async (path) => {
    expect(await page(path)).not.toMatch(/, (down|up)wards</);
  });
});
