import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

// Files of a suite share their modules, and what still ends behind another file would take turns of these tests.
const own = '../../../src/lib/event-loop.js?own';
const { yieldIfLong } = (await import(own)) as typeof import('../../../src/lib/event-loop.js');

/** Longer than work may hold the loop. */
const LONG_MS = 15;

function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Counts the turns of the event loop until it is stopped. */
function countTurns(): () => number {
  let turns = 0;
  let going = true;
  const count = () => {
    turns += 1;
    if (going) setImmediate(count);
  };
  setImmediate(count);
  return () => {
    going = false;
    return turns;
  };
}

describe('yieldIfLong', () => {
  it('leaves no turn to others while the present one is short', async () => {
    await new Promise(setImmediate);
    // A busy machine may stop this thread for longer than a turn.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    onTestFinished(() => clock.mockRestore());
    const stop = countTurns();
    for (let i = 0; i < 20; i++) await yieldIfLong();
    expect(stop()).toBe(0);
  });

  it('leaves a turn to others after each long piece of work', async () => {
    await yieldIfLong();
    const stop = countTurns();
    for (let i = 0; i < 5; i++) {
      work(LONG_MS);
      await yieldIfLong();
    }
    expect(stop()).toBeGreaterThanOrEqual(4);
  });

  it('lets several that work long go on one after the other, each in a turn of its own', async () => {
    const order: string[] = [];
    const run = async (name: string) => {
      for (let i = 0; i < 3; i++) {
        await yieldIfLong();
        order.push(name);
        work(LONG_MS);
      }
    };
    const stop = countTurns();
    await Promise.all([run('a'), run('b'), run('c')]);
    expect(order).toHaveLength(9);
    for (let i = 0; i < 9; i += 3) expect(order.slice(i, i + 3).sort()).toEqual(['a', 'b', 'c']);
    expect(stop()).toBeGreaterThanOrEqual(5);
  });

  it('lets timers have their turn also where I/O began the work', async () => {
    await readFile(import.meta.filename);
    let others = 0;
    setTimeout(() => {
      others += 1;
    });
    await yieldIfLong();
    for (let done = 1; done <= 3; done++) {
      work(LONG_MS);
      await yieldIfLong();
      expect(others).toBe(done);
      setTimeout(() => {
        others += 1;
      });
    }
  });

  it('throws the reason of a signal that is aborted, also while it waits', async () => {
    const ending = new AbortController();
    await yieldIfLong(ending.signal);
    work(LONG_MS);
    const waiting = yieldIfLong(ending.signal);
    ending.abort(new Error('nobody waits'));
    await expect(waiting).rejects.toThrow('nobody waits');
    await expect(yieldIfLong(ending.signal)).rejects.toThrow('nobody waits');
  });
});
