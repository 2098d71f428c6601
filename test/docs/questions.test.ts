import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { questionsOf } from '../support/questions.js';

/** The page /docs/questions shows the questions of the README; `UPDATE_DOCS=1` writes them down for it. */

const file = 'seeds/questions.json';

it('seeds/questions.json: the questions are those of the README, with their answers', () => {
  const questions = questionsOf(readFileSync('README.md', 'utf8'));
  expect(questions.length).toBeGreaterThanOrEqual(11);
  for (const { question, examples } of questions) expect(examples.length, question).toBeGreaterThan(0);
  if (process.env.UPDATE_DOCS) writeFileSync(file, `${JSON.stringify(questions, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(questions);
});
