import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Fails on a change of the API that breaks clients and that the CHANGELOG does not name: compares the document in the
 * repository with the one of the last release. npm run openapi:diff [-- <base> <document> <changelog>]
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const TOOL = 'github.com/oasdiff/oasdiff@v1.37.0';
const [base, document, changelog] = [
  'test/api/openapi.released.json',
  'test/api/openapi.json',
  'CHANGELOG.md',
].map((usual, i) => resolve(process.argv[2 + i] ?? `${root}/${usual}`)) as [string, string, string];

interface Change {
  id: string;
  text: string;
  operation: string;
  path: string;
}

const { stdout, stderr, status, error } = spawnSync(
  'go',
  ['run', TOOL, 'breaking', base, document, '--format', 'json'],
  { encoding: 'utf8', maxBuffer: 64 << 20 },
);
if (error) throw new Error(`oasdiff needs Go (https://go.dev): ${error.message}`);
if (status !== 0) throw new Error(stderr);

/** What the part of the CHANGELOG for the release to come says under "Breaking". */
const coming = /^## .*?$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(readFileSync(changelog, 'utf8'))?.[1] ?? '';
const named = /^### Breaking$([\s\S]*?)(?=^### |$(?![\s\S]))/m.exec(coming)?.[1] ?? '';

const changes: Change[] = JSON.parse(stdout || '[]') ?? [];
const unnamed = changes.filter(({ operation, path }) => !named.includes(`\`${operation} ${path}\``));
for (const { operation, path, text, id } of unnamed) console.error(`${operation} ${path}: ${text} (${id})`);
console.log(
  `${changes.length} breaking changes, ${unnamed.length} of them not named under "Breaking" in the CHANGELOG`,
);
if (unnamed.length > 0) process.exitCode = 1;
