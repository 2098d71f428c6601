import { expect, it } from 'vitest';
import { testApp } from '../support/app.js';

const t = await testApp({ register: 'sample' });

it.each([
  '/v1/claims/ttp-strength-10000/provenance.svg',
  '/v1/claims/ttp-operates-in-afghanistan/provenance.svg',
  '/v1/claims/ttp-operates-in-afghanistan/timeline.svg',
  '/v1/estimates.svg?subject=ttp&predicate=fighter-strength',
])('%s has another colour for each of its own where a screen is dark', async (url) => {
  const { status, text } = await t.send('GET', url);
  expect(status).toBe(200);
  const style = /<style>(.*?)<\/style>/.exec(text)?.[1] ?? '';
  expect(style).toMatch(/^@media screen and \(prefers-color-scheme: dark\)/);
  const colours = text.replace(style, '').matchAll(/ ((?:fill|stroke)="(?!none"|transparent")[^"]+")/g);
  const rules = Array.from(colours, ([, colour]) => `[${colour}]{`);
  expect(rules.length).toBeGreaterThan(3);
  expect(rules.filter((rule) => !style.includes(rule))).toEqual([]);
});
