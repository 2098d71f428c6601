import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Load, Result } from './client.js';

/** One measured number and the limit it is held to. */
export interface Finding {
  what: string;
  value: number;
  unit: '×' | 'ms' | 'KB' | 'MB';
  /** Null where nothing is promised. */
  limit: { least: number } | { most: number } | null;
  /** The figures behind it. */
  note: string;
}

export const passes = ({ value, limit }: Finding): boolean =>
  limit === null || ('least' in limit ? value >= limit.least : value <= limit.most);

/** What the measurements share. */
export interface Bench {
  rounds: number;
  folder: string;
  /** The compiled program. */
  cli: string;
  /** Another build of it, which it is measured against where one is named. */
  other: string | null;
  /** Registers, and how many claims they hold. */
  small: { file: string; claims: number };
  /** How long mixed reads go on. */
  minutes: number;
  large: { file: string; claims: number };
  /** Whether what is bounded is measured on PostgreSQL too, which Debian's package brings. */
  postgres: boolean;
}

export const median = (numbers: number[]): number => quantile(numbers, 0.5);

export function quantile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (at === undefined) throw new Error('nothing was measured');
  return at;
}

/**
 * Measures several things in turns, round after round, so that a busy moment of the machine meets all of
 * them. The first round warms up and does not count.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  subjects: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(subjects) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const number = await subjects[name]();
      if (round > 0) found[name].push(number);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(found[name])])) as Record<Name, number>;
}

/** A load generator: a child process that sends what it is told to. */
export class Client {
  private readonly child: ChildProcess = fork(fileURLToPath(new URL('./client.ts', import.meta.url)));

  async send(load: Load): Promise<Result> {
    const answer = new Promise<Result>((resolve, reject) => {
      this.child.once('message', ({ result, error }: { result: Result; error?: string }) =>
        error === undefined ? resolve(result) : reject(new Error(error)),
      );
    });
    this.child.send(load);
    return answer;
  }

  close(): void {
    this.child.kill();
  }
}
