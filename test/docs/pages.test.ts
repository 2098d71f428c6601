import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../support/app.js';
import { captured, type DocPage, guidePages, howTos, isForOperators } from '../support/doc-pages.js';
import { expanded, readCurl } from '../support/docs.js';

/** Does what the guide and the how-to pages say, step by step; `UPDATE_DOCS=1` writes the real tables into them. */

const pages = [...guidePages, ...howTos].filter((page) => page.steps.length > 0 && !isForOperators(page));

/** Pages that only read share a sample register; the others have one each. */
const forReading = await testApp({ register: 'sample' });
const onlyReads = ({ steps }: DocPage) => steps.every(({ command }) => !command.includes('Authorization:'));

describe.each(pages.map((page) => [page.path, page] as const))('%s', (_, page) => {
  it('every command works, and every answer is the one that it gives', async () => {
    await follow(page, onlyReads(page) ? forReading : await testApp({ register: 'sample' }));
  });
});

async function follow(page: DocPage, t: TestApp) {
  const variables: Record<string, string> = { KEY: await t.newKey(['read', 'write', 'review', 'admin']) };
  let text = page.text;
  // Places of answers that are still to come move with those that are written anew.
  let moved = 0;
  for (const { command, language, answer, start, end } of page.steps) {
    const [, name, value] = /^([A-Z_]+)='?([^']*)'?$/.exec(command) ?? [];
    if (name !== undefined) {
      variables[name] = expanded(value!, variables);
      continue;
    }
    const { method, path, headers, body } = readCurl(command, variables, page.files);
    const got = await t.send(method, path, body, headers);
    const shown = language === 'json' ? JSON.parse(answer) : null;
    // A page may show how something is refused.
    if (shown?.code === undefined) expect(got.status, `${command}\n${got.text}`).toBeLessThan(300);
    if (language === null) continue;
    if (language === 'json') {
      expect(got.json, command).toMatchObject(captured(shown, got.json, variables) as object);
    } else if (process.env.UPDATE_DOCS && language !== 'xml') {
      text = text.slice(0, start + moved) + got.text + text.slice(end + moved);
      moved += got.text.length - answer.length;
    } else if (language === 'xml') {
      expect(linesInOrder(answer, got.text), `${command}\n${got.text}`).toEqual([]);
    } else expect(got.text, command).toBe(answer);
  }
  if (moved !== 0 || text !== page.text) writeFileSync(page.path, text);
}

/** The shown lines of a document that do not stand in it one after the other. A page shows the lines that matter. */
function linesInOrder(shown: string, real: string): string[] {
  const lines = real.split('\n').map((line) => line.trim());
  let at = 0;
  return shown
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => {
      const found = lines.indexOf(line, at);
      if (found >= 0) at = found + 1;
      return found < 0;
    });
}

const titleOf = ({ text }: DocPage) => /^# (.*)$/m.exec(text)?.[1];
it.each([
  ['docs/guide', guidePages],
  ['docs/how-to', howTos],
])('%s/README.md lists every page once, with the title that it has', (folder, all) => {
  const listed = [...readFileSync(`${folder}/README.md`, 'utf8').matchAll(/\[([^\]]+)\]\(([\w-]+\.md)\)/g)];
  expect(listed.map(([, title, name]) => `${name}: ${title}`).sort()).toEqual(
    all.map((page) => `${basename(page.path)}: ${titleOf(page)}`).sort(),
  );
});
