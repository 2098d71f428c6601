import { mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { howTos, isForOperators } from '../support/doc-pages.js';
import { newRegister, type Run, run } from '../support/server.js';

/** Does what the how-to pages for operators say: the commands of the program, on a sample register. */

const pages = howTos.filter(isForOperators);

/** `NAME=value npm run attested -- word word`, as a shell takes it apart. */
function readCommand(command: string): { env: Record<string, string>; args: string[] } {
  const [, setting, words] = /^(?:(\w+=\S+) )?npm run attested -- (.*)$/.exec(command) ?? [];
  if (words === undefined) throw new Error(`no command of the program: ${command}`);
  const [name, value] = setting?.split(/=(.*)/) ?? [];
  return { env: name === undefined ? {} : { [name]: value! }, args: words.split(' ') };
}

/** Runs the commands of a page in a folder of their own; `elsewhere` stands for an address of another machine. */
async function follow(name: string, elsewhere: string): Promise<Run[]> {
  const page = pages.find((each) => each.path === `docs/how-to/${name}`)!;
  const register = await newRegister('sample');
  const folder = dirname(register);
  mkdirSync(join(folder, 'backups'));
  const here = (text: string) =>
    text
      .replace('file:./data/attested.db', `file:${register}`)
      .replace(/postgres:\/\/\S+/, elsewhere)
      .replace(/(^|:)backups\//, `$1${folder}/backups/`);
  const own = { ATTESTED_DATABASE_URL: `file:${register}` };
  const runs: Run[] = [];
  for (const { command, answer } of page.steps) {
    const { env, args } = readCommand(command);
    const given = Object.fromEntries(Object.entries(env).map(([setting, value]) => [setting, here(value)]));
    const done = await run(args.map(here), { ...own, ...given });
    expect([done.code, done.stderr], command).toEqual([0, '']);
    for (const line of answer.trim().split('\n')) expect(done.stdout, command).toContain(line);
    runs.push(done);
  }
  return runs;
}

it('docs/how-to/back-up.md: every command works', async () => {
  expect((await follow('back-up.md', '')).length).toBeGreaterThanOrEqual(3);
});

// Without a server of PostgreSQL, another file stands for it: `copy` takes either.
for (const [engine, url] of await databases()) {
  it(`docs/how-to/move-to-postgresql.md: every command works on ${engine}`, async () => {
    expect((await follow('move-to-postgresql.md', url)).length).toBeGreaterThanOrEqual(2);
  });
}

it('every page for operators is tried here', () => {
  const text = readFileSync(new URL(import.meta.url), 'utf8');
  for (const { path } of pages) expect(text).toContain(`follow('${basename(path)}'`);
});
