import { expect, it } from 'vitest';
import { isKey } from '../../src/lib/ids.js';
import { appWithRoutes } from '../support/routes.js';

const t = await appWithRoutes({});

it('no word of a path stands where the key of an object can', () => {
  const plurals = new Set(t.routes.flatMap(({ url }) => /^(?:\/v1)?\/(\w+)\/:id$/.exec(url)?.[1] ?? []));
  expect(plurals.size).toBeGreaterThan(6);
  const words = t.routes.flatMap(({ url }) => {
    const [, plural, word] = /^(?:\/v1)?\/(\w+)\/([^/:]+)/.exec(url) ?? [];
    return plural !== undefined && word !== undefined && plurals.has(plural) ? [word] : [];
  });
  expect(words).toEqual(expect.arrayContaining(['new', 'match']));
  expect(words.filter(isKey)).toEqual([]);
});
