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
  noEmitOnError: true,
  outDir: 'out',
};

/** Compiles files of the folder; gives what the compiler says, which is nothing when all is well. */
async function compile(...files: string[]): Promise<string[]> {
  const config = { compilerOptions: options, files };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/.bin/tsc');
  const { stdout } = await run(tsc, ['-p', folder, '--pretty', 'false']).catch((error) => error);
  return stdout.split('\n').filter((line: string) => /error TS\d+/.test(line));
}

beforeAll(async () => {
  const document = (await t.send('GET', '/openapi.json')).json;
  const header = '/** Made from the OpenAPI document. */\n';
  writeFileSync(join(folder, 'api.ts'), header + astToString(await openapiTS(document)));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
}, LIMIT);

describe('a client made from the OpenAPI document', () => {
  it(
    'compiles, and does its round against the API',
    async () => {
      writeFileSync(join(folder, 'client.ts'), clientProgram);
      expect(await compile('client.ts')).toEqual([]);

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

  it(
    'does not compile where it asks for what the API does not take',
    async () => {
      const prelude = clientProgram.slice(0, clientProgram.indexOf('/** The data of an answer'));
      const start = prelude.split('\n').length;
      writeFileSync(join(folder, 'wrong.ts'), `${prelude}\n${[...wrongUses, rightUse].join('\n')}\n`);
      const refused = (await compile('wrong.ts')).map((line) => Number(/wrong\.ts\((\d+),/.exec(line)?.[1]));
      const unrefused = wrongUses.filter((_, i) => !refused.includes(start + i + 1));
      expect(unrefused).toEqual([]);
      expect(refused, 'the right use').not.toContain(start + wrongUses.length + 1);
    },
    LIMIT,
  );
});
