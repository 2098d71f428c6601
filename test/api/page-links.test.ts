import { expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { crawl } from '../support/site.js';

/** Every page that the first one leads to, followed without a browser. */

const t = await testApp({ register: 'sample' });

it('no link of the pages is dead', async () => {
  const visited = await crawl(t, '/');
  const dead = visited.filter(({ status }) => status >= 400);
  expect(dead.map(({ address, status, from }) => `${status} ${address} on ${from}`)).toEqual([]);
  const kinds = new Set(visited.map(({ address }) => address.split(/[/?]/)[1]));
  for (const kind of [
    'claims',
    'parties',
    'sources',
    'predicates',
    'conflicts',
    'changes',
    'search',
    'docs',
  ]) {
    expect(kinds, [...kinds].join()).toContain(kind);
  }
  const pages = visited.filter(({ type }) => type.startsWith('text/html'));
  expect(pages.length).toBeGreaterThan(200);
});
