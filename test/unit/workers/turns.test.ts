import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LimitExceeded } from '../../../src/db/store/limits.js';
import { Turns } from '../../../src/workers/turns.js';
import { until } from '../../support/until.js';

/** A task that ends when it is told to. */
function task() {
  let end!: () => void;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, run: () => done };
}

const turnsOf = (limits: Partial<ConstructorParameters<typeof Turns>[0]>) =>
  new Turns({
    atOnce: 1,
    ready: () => 2,
    spareMs: 60_000,
    mostWaiting: 1,
    waitMs: 60_000,
    firstMs: 60_000,
    ...limits,
  });

const never = new AbortController().signal;
const busy = { code: 'unavailable', headers: { 'retry-after': '2' } };

describe('Turns.run', () => {
  it('one waits while as many run as may; its turn comes when one of them ends', async () => {
    const turns = turnsOf({ atOnce: 2 });
    const running = [task(), task()];
    const all = running.map(({ run }) => turns.run(run, never, false));
    let begun = false;
    const third = turns.run(
      async () => {
        begun = true;
      },
      never,
      false,
    );
    await sleep(1);
    expect(begun).toBe(false);
    running[0]!.end();
    await third;
    running[1]!.end();
    await Promise.all(all);
  });

  it('one waits for a place that is ready, and takes one that is not when it has waited long', async () => {
    const turns = turnsOf({ atOnce: 2, ready: () => 1, spareMs: 5 });
    const [first, second] = [task(), task()];
    const begun: string[] = [];
    const run = (name: string, { run }: typeof first) =>
      turns.run(
        () => {
          begun.push(name);
          return run();
        },
        never,
        false,
      );
    const all = [run('first', first), run('second', second)];
    const third = turns.run(async () => void begun.push('third'), never, true);
    await Promise.resolve();
    expect(begun).toEqual(['first']);
    await until(() => begun.length === 2);
    expect(begun).toEqual(['first', 'second']);
    second.end();
    await third;
    first.end();
    await Promise.all(all);
    expect(begun).toEqual(['first', 'second', 'third']);
  });

  it('is refused where too many wait, unless it is patient', async () => {
    const turns = turnsOf({});
    const first = task();
    const running = turns.run(first.run, never, false);
    const waiting = turns.run(async () => 'waited', never, false);
    await expect(turns.run(async () => 0, never, false)).rejects.toMatchObject(busy);
    const patient = turns.run(async () => 'was patient', never, true);
    first.end();
    await running;
    expect([await waiting, await patient]).toEqual(['waited', 'was patient']);
  });

  it('is refused when its turn does not come in time', async () => {
    const turns = turnsOf({ waitMs: 5 });
    const first = task();
    const running = turns.run(first.run, never, false);
    await expect(turns.run(async () => 0, never, false)).rejects.toMatchObject(busy);
    first.end();
    await running;
  });

  it('leaves the queue when nobody waits for it any more', async () => {
    const turns = turnsOf({});
    const first = task();
    const running = turns.run(first.run, never, false);
    const gone = new AbortController();
    let begun = false;
    const waiting = turns.run(
      async () => {
        begun = true;
      },
      gone.signal,
      false,
    );
    gone.abort();
    await expect(waiting).rejects.toThrow(LimitExceeded);
    const next = turns.run(async () => 'next', never, false);
    first.end();
    await running;
    expect(await next).toBe('next');
    expect(begun).toBe(false);
  });

  it('so many wait for the first place as for any other, and begin when it is ready', async () => {
    let ready = 0;
    const turns = turnsOf({ ready: () => ready, spareMs: 1, waitMs: 1, mostWaiting: 2 });
    const first = task();
    const waiting = [turns.run(first.run, never, false), turns.run(async () => 'second', never, false)];
    await expect(turns.run(async () => 0, never, false)).rejects.toMatchObject(busy);
    // The time in which the first place is made is no time in which others hold theirs.
    await sleep(20);
    ready = 1;
    turns.wake();
    first.end();
    expect(await Promise.all(waiting)).toEqual([undefined, 'second']);
  });

  it('is refused when the first place is ready and its turn does not come in time', async () => {
    let ready = 0;
    const turns = turnsOf({ ready: () => ready, waitMs: 5, mostWaiting: 2 });
    const first = task();
    const running = turns.run(first.run, never, false);
    const waiting = turns.run(async () => 0, never, false);
    ready = 1;
    turns.wake();
    await expect(waiting).rejects.toMatchObject(busy);
    first.end();
    await running;
  });

  it('tells how long it waited, but for the time in which the first place was made', async () => {
    let ready = 0;
    const turns = turnsOf({ ready: () => ready, mostWaiting: 2 });
    const waits: number[] = [];
    const waiting = [task(), task()];
    const all = waiting.map(({ run }) =>
      turns.run(
        (waited) => {
          waits.push(waited);
          return run();
        },
        never,
        false,
      ),
    );
    await sleep(60);
    ready = 1;
    turns.wake();
    await sleep(30);
    expect(waits).toEqual([0]);
    waiting[0]!.end();
    waiting[1]!.end();
    await Promise.all(all);
    expect(waits).toEqual([0, expect.any(Number)]);
    expect(waits[1]).toBeGreaterThan(20);
    await turns.run(async (waited) => void waits.push(waited), never, false);
    expect(waits[2]).toBe(0);
  });

  it('is refused when no place becomes ready in time', async () => {
    const turns = turnsOf({ ready: () => 0, firstMs: 5 });
    await expect(turns.run(async () => 0, never, false)).rejects.toMatchObject(busy);
  });

  it('a task that fails gives its turn on', async () => {
    const turns = turnsOf({});
    await expect(turns.run(() => Promise.reject(new Error('no')), never, false)).rejects.toThrow('no');
    expect(await turns.run(async () => 'next', never, false)).toBe('next');
  });
});
