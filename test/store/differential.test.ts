import { describe, expect, it } from 'vitest';
import { drainStep } from '../../src/provenance/standing/standing.service.js';
import { type Answer, type TestApp, testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { type Engine, engines, openRegister } from '../support/engines.js';
import { scriptedIds } from '../support/ids.js';
import { seeded } from '../support/random.js';
import { type Sent, Traffic } from '../support/traffic.js';

/**
 * Sends the same requests to a register on SQLite and to one on PostgreSQL and compares the answers, byte for
 * byte and header for header. Time and ids are the same for both, so nothing has to be left out.
 */

const SEED = 20_260_131;
/** PostgreSQL in process is slow. */
const requestsTo = (engine: Engine) => (engine === 'pglite' ? effort(220, 800) : effort(300, 1_500));
const START = Date.parse('2026-01-01T00:00:00.000Z');

async function scriptedApp(engine: Engine): Promise<TestApp> {
  const register = await openRegister(engine);
  // Cursors are signed, and both registers must sign alike.
  await register.store.write((tx) =>
    tx.db.insert(tx.tables.settings).values({ name: 'cursor_secret', value: 'the same' }),
  );
  return testApp({ on: register, ids: scriptedIds() });
}

async function answerOf(t: TestApp, { method, url, body, headers }: Sent, n: number): Promise<Answer> {
  const now = new Date(START + n * 1_000).toISOString();
  t.setClock(now);
  const given = { authorization: `Bearer ${t.key}`, 'x-request-id': `request-${n}`, ...headers };
  const answer = await t.send(method, url, body, given);
  // What a change means for many claims is worked out later; here, before the next request.
  while (method !== 'GET' && (await drainStep(t.store, () => now)));
  return answer;
}

/** All rows of the register; secrets of keys are drawn anew for each, and so differ the digests of their documents. */
const stateOf = async (t: TestApp) =>
  (await t.dump()).replace(/(secret_hash\W+)[\w-]+(\W+(?:digest\W+[\w-]+)?)/g, '$1');

function comparable({ status, headers, text }: Answer) {
  const { date: _date, ...rest } = headers;
  return { status, headers: rest, text };
}

describe.each(engines.filter((engine) => engine !== 'sqlite'))(
  'every route on %s and on sqlite',
  (engine) => {
    const requests = requestsTo(engine);

    it(`${requests} random requests get equal answers and leave equal rows`, {
      timeout: 1_200_000,
    }, async () => {
      const [left, right] = [await scriptedApp('sqlite'), await scriptedApp(engine)];
      const traffic = new Traffic(seeded(SEED));
      const statuses: Record<number, number> = {};
      const usual = [200, 201, 204, 400, 404, 412, 422, 428];
      for (let n = 0; n < requests; n += 1) {
        const sent = traffic.next();
        const answer = await answerOf(left, sent, n);
        const other = await answerOf(right, sent, n);
        expect(comparable(other), `request ${n}: ${JSON.stringify(sent)}`).toEqual(comparable(answer));
        expect(answer.status, answer.text).toBeLessThan(500);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        traffic.learn(sent, answer);
      }
      expect(await stateOf(right)).toBe(await stateOf(left));
      console.log(`${engine} and sqlite: ${requests} requests compared, 0 differences`, statuses);
      for (const status of requests < 1_000 ? usual : [...usual, 409]) {
        expect(statuses[status], `answers with ${status}`).toBeGreaterThan(requests < 1_000 ? 2 : 5);
      }
    });
  },
);
