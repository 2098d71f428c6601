import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import type { Store } from '../../../../src/db/store/store.js';
import { registerBodies } from '../../../../src/http/request/body.js';
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

it('isLong: a write with a long body, however it was sent, or of a route that writes much', async () => {
  const app = Fastify();
  registerBodies(app);
  app.route({ method: ['POST', 'DELETE'], url: '/', handler: async (request) => isLong(request) });
  app.post('/much', { config: { writesMuch: true } }, async (request) => isLong(request));
  const headers = { 'content-type': 'application/json' };
  const [short, long] = [20, 20_000].map((size) => JSON.stringify({ text: 'x'.repeat(size) }));
  const answer = async (url: string, payload: string | Readable) =>
    (await app.inject({ method: 'POST', url, headers, payload })).body;
  expect(await answer('/', short!)).toBe('false');
  expect(await answer('/', long!)).toBe('true');
  expect(await answer('/', Readable.from([short]))).toBe('false');
  expect(await answer('/', Readable.from([long]))).toBe('true');
  expect(await answer('/much', short!)).toBe('true');
  expect((await app.inject({ method: 'DELETE', url: '/' })).body).toBe('false');
});
