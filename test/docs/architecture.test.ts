import { existsSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Files that docs/ARCHITECTURE.md names, and the requests that it traces through them. */

const text = readFileSync('docs/ARCHITECTURE.md', 'utf8');
const filesIn = (part: string): string[] =>
  [...part.matchAll(/`((?:[\w-]+\/)*[\w.-]+\.ts)`/g)].flatMap(([, file]) =>
    file !== undefined && !/^x\.|^test\//.test(file) ? [file] : [],
  );

/** The files that a file of `src` imports, at its start or when it runs. */
function importsOf(file: string): string[] {
  const code = readFileSync(`src/${file}`, 'utf8');
  return [...code.matchAll(/(?:from|import\() ?'(\.[^']+)\.js'/g)].map(([, path]) =>
    normalize(`${dirname(file)}/${path}.ts`),
  );
}

it('names files of src that exist', () => {
  const files = filesIn(text);
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => !existsSync(`src/${file}`))).toEqual([]);
});

describe('traced requests', () => {
  const traces = text.split(/^### /m).slice(1);

  it('there are three', () => expect(traces).toHaveLength(3));

  it.each(traces.map((trace) => [trace.split('\n', 1)[0], trace]))(
    '%s: each file is imported by one above it',
    (_, trace) => {
      const [first = '', ...others] = new Set(filesIn(trace));
      const reached = new Set([first, ...importsOf(first)]);
      const lost = others.filter((file) => {
        // Run by the pool, in a thread of its own.
        const isReached = reached.has(file) || file === 'worker.ts';
        for (const to of importsOf(file)) reached.add(to);
        return !isReached;
      });
      expect(lost).toEqual([]);
    },
  );
});
