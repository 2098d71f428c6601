import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import type { Store } from '../../../../src/db/store/store.js';
import { inLine, isLong } from '../../../../src/http/request/write-line.js';

/** Writes one after the other in the order in which they were asked for, as a store does. */
function queueOf(written: string[]) {
  let last: Promise<unknown> = Promise.resolve();
  return (name: string, fails = false): Promise<void> => {
    const run = last.then(async () => {
      await new Promise(setImmediate);
      written.push(name);
      if (fails) throw new Error(name);
    });
    last = run.catch(() => undefined);
    return run;
  };
}

it('inLine: short writes wait for one long write, not for all that were sent before; long ones keep their order', async () => {
  const written: string[] = [];
  const write = queueOf(written);
  const store = {} as Store;
  const long = ['A', 'B', 'C', 'D'].map((name) => inLine(store, () => write(name, name === 'B')));
  const outcomes = Promise.allSettled(long);
  await Promise.resolve();
  const short = [write('1'), write('2')];
  await long[0];
  await Promise.resolve();
  short.push(write('3'));
  expect((await outcomes).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  await Promise.all(short);
  expect(written).toEqual(['A', '1', '2', 'B', '3', 'C', 'D']);
});

it.each([
  ['POST', { 'content-length': '200' }, {}, false],
  ['POST', { 'content-length': '20000' }, {}, true],
  ['POST', { 'transfer-encoding': 'chunked' }, {}, true],
  ['POST', { 'content-length': '2' }, { writesMuch: true }, true],
  ['DELETE', {}, {}, false],
  ['DELETE', {}, { writesMuch: true }, true],
])('isLong: %s with %j of a route with %j: %s', (method, headers, config, long) => {
  expect(isLong({ method, headers, routeOptions: { config } } as unknown as FastifyRequest)).toBe(long);
});
