import { describe, expect, it } from 'vitest';
import { type Answer, testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { engines, openRegister } from '../support/engines.js';
import { type Random, seeded } from '../support/random.js';
import { type Sent, Traffic } from '../support/traffic.js';

/**
 * Sends changes of all kinds, remembers what reads answered in between, and asks again later for the register
 * as it was at those instants: the answers must be the same, byte for byte.
 */

/** Of the reads at each instant, how many are made: enough for all kinds at all times. */
const SHARE = 0.3;
const START = Date.parse('2026-01-01T00:00:00.000Z');
const plurals = [
  'parties',
  'sources',
  'predicates',
  'claims',
  'attributions',
  'relations',
  'assessments',
  'judgements',
];

interface Read {
  url: string;
  at: string;
  was: ReturnType<typeof comparable>;
}

/** Cursors carry the instant, and so differ; everything that follows from them does, too. */
function comparable({ status, headers, text }: Answer) {
  const cursors = /"(next_cursor|prev_cursor)":"[^"]+"/g;
  const paged = cursors.test(text);
  return {
    status,
    text: text.replace(cursors, '"$1":"…"'),
    etag: paged ? null : headers.etag,
    type: headers['content-type'],
  };
}

/** Reads of many kinds of what there is, or once was. */
function* reads(random: Random, known: Record<string, string[]>): Generator<string> {
  for (const noun of plurals) {
    yield `/v1/${noun}?limit=200&count=exact`;
    const id = random.pick(known[noun]!);
    if (id === undefined) continue;
    yield `/v1/${noun}/${id}`;
    yield `/v1/${noun}/${id}/input`;
    yield `/v1/${noun}/${id}/history`;
  }
  const claim = random.pick(known.claims!);
  if (claim !== undefined) {
    for (const below of ['standing', 'attributions', 'conflicts', 'provenance', 'attribution-sentence']) {
      yield `/v1/claims/${claim}/${below}`;
    }
    yield `/v1/claims/${claim}?include=subject,predicate,party,speaker,source`;
  }
  for (const noun of ['parties', 'sources']) {
    const id = random.pick(known[noun]!);
    if (id !== undefined) yield `/v1/${noun}/${id}/dependents`;
  }
  yield '/v1/conflicts';
  yield '/v1/claims.csv';
  yield '/v1/claims?contested=true&sort=-said';
  yield '/v1/claims?about=k1,k2&sort=occurred';
  yield '/v1/attributions.ndjson?form=input';
}

describe.each(engines)('GET with as_of on %s', (engine) => {
  // The reads at one instant take PostgreSQL in process a third of a second.
  const instants = engine === 'pglite' ? effort(5, 30) : effort(15, 80);

  it(`the answer is the one that was given then, at ${instants} instants`, {
    timeout: 1_200_000,
  }, async () => {
    const register = await openRegister(engine);
    const t = await testApp({ on: register });
    const random = seeded(20_260_801);
    const traffic = new Traffic(seeded(4));
    const known: Record<string, string[]> = Object.fromEntries(plurals.map((noun) => [noun, []]));
    const headers = { 'x-request-id': 'the-same-for-all' };
    const answer = (url: string) => t.send('GET', url, undefined, headers);
    const remembered: Read[] = [];
    let clock = START;
    /** When the first write was recorded. */
    let began: string | null = null;

    for (let i = 0; i < instants; i += 1) {
      const writes = 1 + random.below(8);
      for (let done = 0; done < writes; ) {
        // Some writes follow each other within one instant.
        clock += done === 0 || random.chance(0.7) ? 1 + random.below(60_000) : 0;
        t.setClock(new Date(clock).toISOString());
        const sent: Sent = traffic.next();
        const got = await t.send(sent.method, sent.url, sent.body, {
          authorization: `Bearer ${t.key}`,
          ...sent.headers,
        });
        expect(got.status, got.text).toBeLessThan(500);
        traffic.learn(sent, got);
        const noun = sent.url.split(/[/?]/)[2]!;
        if (got.status === 201) began ??= new Date(clock).toISOString();
        if (got.status === 201) known[String(got.headers.location).split('/')[2]!]!.push(got.json.id);
        if (sent.method !== 'GET') done += 1;
        else if (sent.url.includes('cursor=') === false && sent.url.startsWith(`/v1/${noun}`)) {
          // What the traffic reads is remembered as well, if nothing is written at the same instant any more.
          clock += 1;
          remembered.push({
            url: sent.url,
            at: new Date(clock - 1).toISOString(),
            was: comparable(await answer(sent.url)),
          });
        }
      }
      const at = new Date(clock).toISOString();
      for (const url of reads(random, known)) {
        if (random.chance(SHARE)) remembered.push({ url, at, was: comparable(await answer(url)) });
      }
      clock += 1;
    }

    t.setClock(new Date(clock + 60_000).toISOString());
    const statuses: Record<number, number> = {};
    for (const { url, at, was } of remembered) {
      if (was.text.includes('unknown_parameter')) continue;
      const asked = `${url}${url.includes('?') ? '&' : '?'}as_of=${at}`;
      const then = await answer(asked);
      if (began === null || at < began) {
        expect(then.json.errors, asked).toMatchObject([{ parameter: 'as_of', code: 'before_register' }]);
        continue;
      }
      expect(comparable(then), asked).toEqual(was);
      statuses[was.status] = (statuses[was.status] ?? 0) + 1;
    }
    console.log(`${engine}: ${remembered.length} reads at ${instants} instants, 0 differences`, statuses);
    // In a short time little is removed.
    for (const status of instants < 60 ? [200, 404] : [200, 404, 410])
      expect(statuses[status], `answers with ${status}`).toBeGreaterThan(instants / 10);
  });
});
