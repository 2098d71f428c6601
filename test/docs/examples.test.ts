import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { type Example, examplesOf, readCurl, rewriteAnswers } from '../support/docs.js';

/** Runs every curl example of the documents; `UPDATE_DOCS=1` writes the real tables into them. */

const t = await testApp({ register: 'sample' });

async function run(example: Example) {
  const { method, path, headers, body } = readCurl(example.command, { KEY: t.key });
  const answer = await t.send(method, path, body, headers);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer;
}

describe.each(['README.md', 'src/README.md'])('%s', (file) => {
  const examples = examplesOf(file);

  it('every answer is the one that the API gives', async () => {
    expect(examples.length).toBeGreaterThan(0);
    const answers = [];
    for (const example of examples) {
      const answer = await run(example);
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
