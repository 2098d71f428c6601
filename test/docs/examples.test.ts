import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.js';
import { loadSeeds } from '../../src/transfer/seed.js';
import { type TestApp, testApp } from '../support/app.js';
import { type Example, examplesOf, linesOf, readCurl, rewriteAnswers } from '../support/docs.js';

/** Runs every curl example of the documents; `UPDATE_DOCS=1` writes the real tables into them. */

const sample = await testApp({ register: 'sample' });
const rules = await testApp();

async function run(t: TestApp, example: Example) {
  const key = await t.newKey(['read', 'write', 'review']);
  const { method, path, headers, body } = readCurl(example.command, { KEY: key });
  const answer = await t.send(method, path, body, headers);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer;
}

/** The rules of entry show lines; each block is loaded as a file of its own, as `attested seed` does. */
const folder = mkdtempSync(join(tmpdir(), 'attested-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const [i, lines] of linesOf('seeds/README.md').entries()) {
  writeFileSync(join(folder, `${String(i).padStart(2, '0')}.ndjson`), lines);
}
const loaded = await loadSeeds(rules.store, systemClock(), join(folder, '/'));

it('seeds/README.md: every line is loaded', () => {
  const count = linesOf('seeds/README.md').join('').trim().split('\n').length;
  expect(loaded).toEqual({ created: count, present: 0 });
  expect(count).toBeGreaterThan(50);
});

it('seeds/README.md: no quote has more than eight words', () => {
  const quotes = linesOf('seeds/README.md').flatMap((lines) => [...lines.matchAll(/"exact":"([^"]*)"/g)]);
  for (const [, quote] of quotes) expect(quote!.split(' ').length, quote).toBeLessThanOrEqual(8);
});

describe.each([
  ['README.md', sample],
  ['seeds/README.md', rules],
])('%s', (file, t) => {
  const examples = examplesOf(file);

  it('every answer is the one that the API gives', async () => {
    expect(examples.length).toBeGreaterThan(0);
    const answers = [];
    for (const example of examples) {
      const answer = await run(t, example);
      if (example.language === 'json') expect(answer.json).toMatchObject(JSON.parse(example.answer));
      else answers.push({ example, real: answer.text });
    }
    if (process.env.UPDATE_DOCS) rewriteAnswers(file, answers);
    else for (const { example, real } of answers) expect(real, example.command).toBe(example.answer);
  });
});

it('README.md: there are at least eleven questions', () => {
  expect(examplesOf('README.md').length).toBeGreaterThanOrEqual(11);
});
