import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bounded } from './bounded.js';
import { creating } from './creating.js';
import { exporting } from './exporting.js';
import { growth } from './growth.js';
import { heavyWrites } from './heavy-writes.js';
import { importing } from './importing.js';
import { type Bench, type Finding, passes } from './measure.js';
import { memory } from './memory.js';
import { pages } from './pages.js';
import { build } from './processes.js';
import { reading } from './reading.js';
import { scale } from './register.js';
import { searching } from './searching.js';
import { standing } from './standing.js';
import { starting } from './starting.js';
import { streams } from './streams.js';

/**
 * Measures the numbers that the register holds itself to, as ratios within one run: machines differ, and what
 * else they are doing. `npm run bench -- --full` takes the large register to 1,000,000 claims; `--against <folder>`
 * names a build of another commit, `--postgres` measures what is bounded on that engine as well. Linux only: processor time and memory are read from /proc.
 */

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    only: {
      type: 'string',
      default:
        'import,reading,create,growth,export,start,memory,standing,search,bounded,writes,streams,pages',
    },
    /** A folder with a build (`dist/`) of another commit, which the import is measured against. */
    against: { type: 'string' },
    /** Fewer claims, to see whether the measurements run. */
    tiny: { type: 'boolean', default: false },
  },
});

const SMALL = options.tiny ? 4_000 : 10_000;
const LARGE = options.tiny ? 6_000 : options.full ? 1_000_000 : 100_000;
/** Files of 1,000 claims that go through the services; the rest of a register are copies of these. */
const FILES = options.tiny ? 3 : 9;

const progress = (text: string) => process.stderr.write(`${text}\n`);

async function measure(folder: string): Promise<Finding[]> {
  const wanted = new Set(options.only.split(','));
  progress('compiling');
  const bench: Bench = {
    rounds: Number(options.rounds),
    folder,
    cli: build(),
    other: options.against ? join(resolve(options.against), 'dist', 'cli.js') : null,
    postgres: options.postgres,
    minutes: options.full ? 10 : options.tiny ? 0.1 : 1,
    small: { file: join(folder, 'small.db'), claims: SMALL },
    large: { file: join(folder, 'large.db'), claims: LARGE },
  };
  const findings: Finding[] = [];
  const measureAll = async (numbers: Record<string, (bench: Bench) => Promise<Finding[]>>) => {
    for (const [name, number] of Object.entries(numbers)) {
      if (!wanted.has(name)) continue;
      progress(name);
      findings.push(...(await number(bench)));
    }
  };
  // These make registers of their own.
  const own = { standing, writes: heavyWrites, streams, pages };
  if ([...wanted].every((name) => name in own)) {
    await measureAll(own);
    return findings;
  }
  progress('import');
  const base = join(folder, 'base.db');
  const imported = await importing(bench, base, FILES, LARGE);
  if (wanted.has('import')) findings.push(...imported);
  for (const { file, claims } of [bench.small, bench.large]) {
    progress(`a register of ${claims} claims`);
    await scale(base, file, folder, claims);
  }
  await measureAll({
    reading,
    create: creating,
    growth,
    export: exporting,
    start: starting,
    memory,
    search: searching,
    bounded,
    ...own,
  });
  return findings;
}

function table(findings: Finding[]): string {
  const rows = findings.map((finding) => {
    const { what, value, unit, limit, note } = finding;
    const target = limit === null ? '' : 'least' in limit ? `≥ ${limit.least}` : `≤ ${limit.most}`;
    const shown = Number.isNaN(value) ? '–' : `${value.toFixed(unit === '×' ? 2 : 1)} ${unit}`;
    const verdict = limit === null ? '' : passes(finding) ? 'PASS' : 'FAIL';
    return [verdict, what, shown, target && `${target} ${unit}`, note];
  });
  const all = [['', 'Number', 'Found', 'Target', ''], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const folder = mkdtempSync(join(tmpdir(), 'attested-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const findings = await measure(folder);
const verdicts = findings.map((finding) => ({ ...finding, pass: passes(finding) }));
process.stdout.write(`${options.json ? JSON.stringify(verdicts, null, 2) : table(findings)}\n`);
process.exit(findings.every(passes) ? 0 : 1);
