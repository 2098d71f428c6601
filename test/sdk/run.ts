import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Future } from './future.js';
import { type Generator, generators, type Recipe, recipeOf } from './generators.js';
import { type Demo, startDemo, startProxy } from './register.js';
import { expectedReading, expectedRound, requestsOfRound } from './round.js';

/**
 * Generates clients from the OpenAPI documents of a running register, by the commands of docs/generated-clients.md,
 * and has each do a whole round: npm run sdk [-- <language or generator>…]
 *
 * A missing toolchain fails what was asked for by name; it skips what was not.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where clients are made. What was fetched and compiled stays; what was generated does not. */
const workplace = join(root, '.sdk');
const LIMIT_MS = 1_800_000;

const steps = ['generated', 'compiled', 'round', 'unknown values'] as const;
type Step = (typeof steps)[number];

interface Outcome {
  generator: Generator;
  recipe: Recipe;
  done: Step[];
  seconds: number;
  /** Why it went no further. */
  fault?: string;
  skipped?: string;
}

const asked = process.argv.slice(2);

async function tryOut(generator: Generator, { base, key }: Demo): Promise<Outcome> {
  const begun = performance.now();
  const recipe = recipeOf(generator);
  const outcome: Outcome = { generator, recipe, done: [], seconds: 0 };
  const missing = generator.needs.filter((program) => !onPath(program));
  if (missing.length > 0) {
    outcome[asked.length > 0 ? 'fault' : 'skipped'] = `not installed: ${missing.join(', ')}`;
    return outcome;
  }
  const folder = join(workplace, generator.name);
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, 'attested'), { recursive: true, force: true });
  cpSync(join(root, 'test/sdk', generator.name), folder, { recursive: true });
  const shell = (commands: string) => run(folder, commands);
  try {
    if (generator.prepare) await shell(generator.prepare);
    // After an idle minute a worker makes the document anew, and some generators wait for it for five seconds only.
    await (await fetch(base + addressOf(recipe))).text();
    await shell(recipe.commands.replaceAll('http://127.0.0.1:3000', base));
    outcome.done.push('generated');
    await shell(generator.compile);
    outcome.done.push('compiled');
    await round(base, key, generator, shell);
    outcome.done.push('round');
    await reading(base, key, generator, recipe, shell);
    outcome.done.push('unknown values');
  } catch (error) {
    outcome.fault = (error as Error).message;
  }
  outcome.seconds = (performance.now() - begun) / 1_000;
  return outcome;
}

const addressOf = ({ document }: Recipe): string =>
  document === '3.0' ? '/openapi-3.0.json' : '/openapi.json';

type Shell = (commands: string) => Promise<string>;

async function round(base: string, key: string, generator: Generator, shell: Shell): Promise<void> {
  const prefix = `sdk-${generator.name}`;
  const expected = await expectedRound(base, prefix);
  const proxy = await startProxy(base);
  try {
    compare(reportIn(await shell(`${generator.round} round ${proxy.base} ${key} ${prefix}`)), expected);
  } finally {
    proxy.stop();
  }
  const unsent = requestsOfRound.filter((request) => !proxy.seen.some((line) => request.test(line)));
  if (unsent.length > 0) throw new Error(`the round did not send ${unsent.join(', ')}`);
}

/** Reads answers as a later version may give them. */
async function reading(base: string, key: string, generator: Generator, recipe: Recipe, shell: Shell) {
  const proxy = await startProxy(base, new Future(await (await fetch(base + addressOf(recipe))).json()));
  try {
    const expected = await expectedReading(proxy.base);
    compare(reportIn(await shell(`${generator.round} read ${proxy.base} ${key}`)), expected);
  } finally {
    proxy.stop();
  }
}

/** The last line of what a program printed. */
const reportIn = (output: string): unknown => JSON.parse(output.trim().split('\n').at(-1) ?? '');

function compare(report: unknown, expected: unknown): void {
  if (isDeepStrictEqual(report, expected)) return;
  throw new Error(`it read\n${JSON.stringify(report)}\nin place of\n${JSON.stringify(expected)}`);
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** Runs shell commands; gives what they print, or throws with the end of it. */
function run(cwd: string, commands: string): Promise<string> {
  const path = [join(cwd, '.venv/bin'), join(cwd, '.cargo/bin'), process.env.PATH].join(delimiter);
  const child = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
    cwd,
    env: { ...process.env, PATH: path, CARGO_INSTALL_ROOT: join(cwd, '.cargo') },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${commands.trim()}\nended with ${code}\n${(output + errors).slice(-4_000)}`));
    });
  });
}

function table(rows: Outcome[]): string {
  const head = ['generator', 'version', 'language', 'document', ...steps, 'seconds'];
  const body = rows.map(({ generator, recipe, done, seconds, skipped }) => [
    generator.name,
    recipe.version,
    generator.language,
    recipe.document,
    ...steps.map((step) => (skipped ? 'skipped' : done.includes(step) ? 'yes' : 'NO')),
    seconds.toFixed(0),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((cells) => cells[i]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

const chosen = generators.filter(
  ({ name, language }) => asked.length === 0 || asked.includes(name) || asked.includes(language),
);
const known = new Set(generators.flatMap(({ name, language }) => [name, language]));
const unknown = asked.filter((word) => !known.has(word));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are ${[...known].join(', ')}.`);
  process.exit(2);
}

const demo = await startDemo();
const outcomes: Outcome[] = [];
for (const generator of chosen) {
  const outcome = await tryOut(generator, demo);
  outcomes.push(outcome);
  if (outcome.fault) console.error(`\n${generator.name}: ${outcome.fault}\n`);
}
await demo.stop();
console.log(table(outcomes));
process.exitCode = outcomes.some(({ fault }) => fault) ? 1 : 0;
