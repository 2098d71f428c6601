import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { clientProgram, rightUse, wrongUses } from '../support/client.js';

/** A client in TypeScript: types made from the document, compiled strictly, and run against the API. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const LIMIT = 120_000;

const t = await testApp();
// Within node_modules, where the imports of the program resolve.
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'attested-client-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = {
  strict: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  target: 'ES2023',
  lib: ['ES2023'],
  module: 'NodeNext',
  types: ['node'],
  skipLibCheck: true,
  outDir: 'out',
};

/** What the compiler says, by file: lines of errors. One run compiles all, since its start takes most time. */
const errors: Record<string, number[]> = { 'client.ts': [], 'wrong.ts': [] };
const prelude = clientProgram.slice(0, clientProgram.indexOf('/** The data of an answer'));

beforeAll(async () => {
  const document = (await t.send('GET', '/openapi.json')).json;
  const header = '/** Made from the OpenAPI document. */\n';
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('api.ts', header + astToString(await openapiTS(document)));
  write('package.json', '{"type":"module"}');
  write('client.ts', clientProgram);
  write('wrong.ts', `${prelude}\n${[...wrongUses, rightUse].join('\n')}\n`);
  write('tsconfig.json', JSON.stringify({ compilerOptions: options, files: Object.keys(errors) }));
  const tsc = join(root, 'node_modules/.bin/tsc');
  const { stdout } = await run(tsc, ['-p', folder, '--pretty', 'false']).catch((error) => error);
  for (const [, file, line] of stdout.matchAll(/^(\S+)\((\d+),\d+\): error TS\d+/gm)) {
    errors[file!.split('/').at(-1)!]!.push(Number(line));
  }
}, LIMIT);

describe('GET /openapi.json: a client in TypeScript made from it', () => {
  it(
    'compiles, and does its round against the API',
    async () => {
      expect(errors['client.ts']).toEqual([]);
      if (!t.app.server.listening) await t.app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = t.app.server.address() as AddressInfo;
      const before = await t.fingerprint();
      const args = [join(folder, 'out/client.js'), `http://127.0.0.1:${port}`, t.key];
      const { stdout } = await run(process.execPath, args);
      expect(stdout).toBe('done\n');
      expect((await t.fingerprint()) === before, 'the program changed nothing').toBe(false);
    },
    LIMIT,
  );

  it('does not compile where it asks for what the API does not take', () => {
    const start = prelude.split('\n').length;
    const refused = errors['wrong.ts']!;
    const unrefused = wrongUses.filter((_, i) => !refused.includes(start + i + 1));
    expect(unrefused).toEqual([]);
    expect(refused, 'the right use').not.toContain(start + wrongUses.length + 1);
  });
});
