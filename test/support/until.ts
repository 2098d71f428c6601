import { setTimeout as sleep } from 'node:timers/promises';

/** A busy machine takes many times as long as most. */
export const LIMIT_MS = 120_000;

/** Resolves once the condition holds, which is asked again and again. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it took too long');
    await sleep(5);
  }
}
