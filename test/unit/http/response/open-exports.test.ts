import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpenExports } from '../../../../src/http/response/open-exports.js';
import { ApiError } from '../../../../src/lib/errors.js';

const KIB = 1_024;

class FakeResponse extends EventEmitter {
  cut = false;
  destroy(): void {
    this.cut = true;
    this.emit('close');
  }
}

const responses = (count: number) =>
  Array.from({ length: count }, () => new FakeResponse() as FakeResponse & ServerResponse);

async function* chunks(...sizes: number[]) {
  for (const size of sizes) yield Buffer.alloc(size);
}

describe('OpenExports', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
  afterEach(() => void vi.useRealTimers());
  const limits = { most: 2, stalledMs: 60_000, idleMs: 10_000 };

  it('hands chunks over in pieces of 64 KiB, whole and in order', async () => {
    const [response] = responses(1);
    const sizes: number[] = [];
    for await (const { length } of new OpenExports(limits).pieces(response!, chunks(100 * KIB, 0, 10))) {
      sizes.push(length);
    }
    expect(sizes).toEqual([64 * KIB, 36 * KIB, 10]);
  });

  it('cuts off one whose client has taken nothing for a minute, and not one that takes a piece now and then', async () => {
    const [stalled, slow] = responses(2);
    const exports = new OpenExports(limits);
    exports.open(stalled!);
    exports.open(slow!);
    const pieces = exports.pieces(slow!, chunks(1_000 * KIB));
    for (let i = 0; i < 4; i++) {
      await pieces.next();
      vi.advanceTimersByTime(30_000);
    }
    expect([stalled!.cut, slow!.cut]).toEqual([true, false]);
    vi.advanceTimersByTime(66_000);
    expect(slow!.cut).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('refuses one more than there may be while all are read, and gives it the place of one that stands still', () => {
    const [first, second, third, fourth] = responses(4);
    const exports = new OpenExports(limits);
    exports.open(first!);
    vi.advanceTimersByTime(6_000);
    exports.open(second!);
    let refused: unknown;
    try {
      exports.open(third!);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({ code: 'unavailable', headers: { 'retry-after': '5' } });
    vi.advanceTimersByTime(5_000);
    exports.open(third!);
    expect([first!.cut, second!.cut, third!.cut]).toEqual([true, false, false]);
    second!.emit('close');
    exports.open(fourth!);
    expect(third!.cut).toBe(false);
  });
});
