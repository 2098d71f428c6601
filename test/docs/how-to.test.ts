import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expanded, readCurl } from '../support/docs.js';
import { captured, type HowTo, howTos, isForOperators, pathOf } from '../support/how-to.js';

/** Does what the how-to pages say, step by step, on a sample register each; `UPDATE_DOCS=1` writes the real tables into them. */

const pages = howTos.filter((page) => !isForOperators(page));

describe.each(pages.map((page) => [page.name, page] as const))('docs/how-to/%s', async (_, page) => {
  const t = await testApp({ register: 'sample' });

  it('every command works, and every answer is the one that it gives', async () => {
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
    if (moved !== 0 || text !== page.text) writeFileSync(pathOf(page), text);
  });
});

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

it('docs/how-to/README.md lists every page once, with the title that it has', () => {
  const listed = [...readFileSync('docs/how-to/README.md', 'utf8').matchAll(/\[([^\]]+)\]\(([\w-]+\.md)\)/g)];
  const titleOf = ({ text }: HowTo) => /^# (.*)$/m.exec(text)?.[1];
  expect(listed.map(([, title, name]) => `${name}: ${title}`).sort()).toEqual(
    howTos.map((page) => `${page.name}: ${titleOf(page)}`).sort(),
  );
});
