import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloneClaims } from '../../bench/clone-claims.js';
import { claimLines, load } from '../../bench/register.js';
import { groundLines } from '../../bench/sample.js';
import { attributionsOf } from '../../src/attributions/claim-attributions.store.js';
import { sqliteKit } from '../../src/db/schema/columns.js';
import { defineTables } from '../../src/db/schema/tables.js';
import type { Store, Tx } from '../../src/db/store/store.js';
import { systemClock } from '../../src/lib/clock.js';
import { enqueue, standingPending } from '../../src/provenance/standing/standing.store.js';
import { nouns } from '../../src/resource-types/services.js';
import { findRow } from '../../src/resources/resources.store.js';
import { removalOf } from '../../src/resources/write.js';
import { writeObjects } from '../../src/resources/write-objects.js';
import { indexWords } from '../../src/transfer/copy.service.js';
import { rebuild } from '../../src/transfer/rebuild.js';
import { checkedApart, compared, notCompared, verifyRegister } from '../../src/transfer/verify.js';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { engines, openRegister, openSample } from '../support/engines.js';
import { seeded } from '../support/random.js';
import { Traffic } from '../support/traffic.js';

const said = {
  text: 'x',
  subject: 'ttp',
  attributions: ['asserts', 'denies'].map((stance) => ({ party: 'un-monitoring-team', stance })),
};

/** A register equals what its history makes, and whatever does not is found. */

it('verifyRegister: every table is compared, or listed as not compared', () => {
  const tables = Object.keys(defineTables(sqliteKit));
  expect([...compared(nouns), ...checkedApart, ...notCompared].sort()).toEqual(tables.sort());
});

it('a register that a bench has multiplied is what its history makes', async () => {
  const register = await openRegister('sqlite');
  const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
  for (const lines of [groundLines(40), claimLines(0, 20, 40)]) await load(register.store, folder, lines);
  cloneClaims(register.url!.slice('file:'.length), 60);
  await indexWords(register.store, () => {});
  const lines: string[] = [];
  const result = await verifyRegister(register.store, nouns, systemClock, (line) => lines.push(line));
  expect(lines).toEqual([]);
  expect(result.objects).toBeGreaterThan(3 * 60);
  await register.close();
  rmSync(folder, { recursive: true });
});

it('rebuild: the connection to the source is used at least once for every 50 versions and for every claim', async () => {
  const [source, scratch] = [await openSample('sqlite'), await openRegister('sqlite')];
  const asked = { whileReplaying: 0, whileWeighing: 0 };
  let weighing = false;
  const scratchStore: Store = {
    ...scratch.store,
    read(fn) {
      weighing = true;
      return scratch.store.read(fn);
    },
  };
  const [versions, claims] = await source.store.read(async (tx) => {
    const listening: Tx = {
      ...tx,
      rows(query) {
        asked[weighing ? 'whileWeighing' : 'whileReplaying'] += 1;
        return tx.rows(query);
      },
    };
    const made = await rebuild(listening, scratchStore, nouns, () => undefined);
    return [made, await tx.db.$count(tx.tables.claims)];
  });
  expect(claims).toBeGreaterThan(20);
  expect(asked.whileReplaying).toBeGreaterThanOrEqual(versions / 50);
  expect(asked.whileWeighing).toBeGreaterThanOrEqual(claims);
  await source.close();
  await scratch.close();
});

/** A change must say since when it holds. */
const NOW = 'valid_from = (SELECT at FROM commit_clock)';

describe.each(engines)('verifyRegister on %s', async (engine) => {
  const register = await openSample(engine);
  const t = await testApp({ on: register });
  const authorization = `Bearer ${await t.newKey(['read', 'write', 'review'])}`;

  const verify = async () => {
    const lines: string[] = [];
    return {
      ...(await verifyRegister(register.store, nouns, systemClock, (line) => lines.push(line))),
      lines,
    };
  };
  const write = (method: string, url: string, body?: unknown, headers = {}) =>
    t.send(method, url, body, { authorization, 'if-match': '*', ...headers });

  it('no difference is found after random changes', async () => {
    const traffic = new Traffic(seeded(3));
    for (let i = 0; i < effort(100, 400); i += 1) {
      const sent = traffic.next();
      traffic.learn(sent, await t.send(sent.method, sent.url, sent.body, { ...sent.headers, authorization }));
    }
    // Standing moves with a party, a source and a claim that comes back.
    await write('PATCH', '/v1/parties/un-monitoring-team', { independent_voice: true });
    await write('DELETE', '/v1/claims/ttp-leader-family-stipend');
    const restored = await write(
      'PUT',
      '/v1/claims/ttp-leader-family-stipend',
      { text: 'Back.' },
      { 'if-match': '"2"' },
    );
    expect(restored.status, restored.text).toBe(200);
    const withdrawal = await write('POST', '/v1/attributions', {
      about_source: 'monitoring-team-report-35',
      party: 'un-monitoring-team',
      stance: 'retracts',
    });
    expect(withdrawal.status, withdrawal.text).toBe(201);
    // What goes along is recorded after the claim; the other way round in what earlier programs wrote.
    const claim = (await write('POST', '/v1/claims', said)).json;
    expect((await write('POST', '/v1/assessments', { claim: claim.id, credibility: 2 })).status).toBe(201);
    const operations = [
      { method: 'DELETE', type: 'attribution', id: claim.attributions[0].id, if_match: '*' },
      { method: 'DELETE', type: 'claim', id: claim.id, if_match: '*' },
      { method: 'PUT', type: 'claim', id: claim.id, if_match: '2', body: { text: 'Back.' } },
    ];
    expect((await write('POST', '/v1/batch', { operations })).status).toBe(200);
    const { id } = (await write('POST', '/v1/claims', said)).json;
    await register.store.write(async (tx, at) => {
      const change = { actor: 'cli', onBehalfOf: null, reason: null, requestId: 'earlier', at };
      // Before the claim, as earlier versions of the service recorded it.
      const attributions = await attributionsOf(tx, id);
      await writeObjects(tx, change, [
        ...attributions.map((stored) => removalOf(nouns.attribution, stored)),
        removalOf(nouns.claim, (await findRow(tx, nouns.claim, id))!),
      ]);
    }, new Date().toISOString());
    const { lines, versions, objects, differences } = await verify();
    expect(lines).toEqual([]);
    expect(differences).toBe(0);
    expect(versions).toBeGreaterThan(objects + 20);
    expect(objects).toBeGreaterThan(effort(400, 550));
  });

  it('standings that were outstanding get the instant of now, not of an earlier write', async () => {
    // Without an app, which would weigh them itself at any moment.
    const { store, close } = await openSample(engine);
    const at = (second: number) => `2100-01-01T00:00:0${second}.000Z`;
    await store.write((tx) => enqueue(tx, 'all', ['']), at(1));
    const { differences } = await verifyRegister(
      store,
      nouns,
      () => at(3),
      () => undefined,
    );
    expect(differences).toBe(0);
    const pending = (second: number) => store.read(standingPending, { asOf: at(second) });
    expect([await pending(2), await pending(3)]).toEqual([true, false]);
    await close();
  });

  it('every difference from the history is reported', async () => {
    const { items } = (await t.send('GET', '/v1/claims?support=single_origin&limit=2')).json;
    const [first, second] = items.map(({ id }: { id: string }) => id);
    const { id: ttp } = (await t.send('GET', '/v1/parties/ttp')).json;
    const { id: assessment } = (await write('POST', '/v1/assessments', { claim: first, credibility: 2 }))
      .json;
    const cases: [string, RegExp][] = [
      [
        `UPDATE claims SET support = 'corroborated', ${NOW} WHERE id = '${first}'`,
        new RegExp(`^claims ${first}: support is "corr`),
      ],
      [
        `UPDATE claims SET seq = 1, ${NOW} WHERE id = '${second}'`,
        new RegExp(`^claims ${second}: seq is 1, `),
      ],
      [
        `UPDATE claims SET value_key = '2', ${NOW} WHERE id = '${second}'`,
        new RegExp(`^claims ${second}: value_key is `),
      ],
      // The last of more than 200: rows are compared a page at a time.
      [
        `UPDATE attributions SET manner = 'sung', ${NOW} WHERE id = (SELECT max(id) FROM attributions)`,
        /^attributions attribution_\w+: manner is "sung"/,
      ],
      [
        `UPDATE parties SET version = 99, ${NOW} WHERE id = '${ttp}'`,
        new RegExp(`^parties ${ttp}: version is 99, the history makes 1`),
      ],
      [
        `DELETE FROM party_names WHERE party_id = '${ttp}'`,
        new RegExp(`^party_names of ${ttp}: is \\[\\], `),
      ],
      [
        `DELETE FROM assessments WHERE id = '${assessment}'`,
        new RegExp(`^assessments ${assessment}: is missing`),
      ],
      [
        `INSERT INTO reserved_keys (noun, key, id, valid_from) VALUES ('party', 'smuggled', '${ttp}', 0)`,
        new RegExp(`^reserved_keys of ${ttp}: .*smuggled`),
      ],
      [
        `INSERT INTO identifiers (noun, object_id, scheme, value, valid_from) VALUES ('party', 'party_nobody', 'a', 'b', 0)`,
        /^identifiers: has \d+ rows/,
      ],
      [`DELETE FROM history_subjects WHERE party_id = '${ttp}'`, /^history_subjects \d+: /],
      [
        `INSERT INTO predicates (id, key, version, created_at, updated_at, seq, entry, label, value_type, functional, valid_from) SELECT 'stray', 'stray', version, created_at, updated_at, seq, 0, label, value_type, functional, valid_from FROM predicates WHERE key = 'fighter-strength'`,
        /^predicates stray: is there; /,
      ],
      [
        `UPDATE parties_past SET name = 'Another' WHERE id = (SELECT id FROM parties WHERE key = 'un-monitoring-team')`,
        /^parties of party_\w+: held .*Another/,
      ],
      [
        `UPDATE claims_past SET valid_from = valid_from - 1 WHERE id = (SELECT id FROM claims WHERE key = 'ttp-leader-family-stipend') AND version = 1`,
        /^claims of claim_\w+: held /,
      ],
      [
        `INSERT INTO history (seq, noun, object_id, version, operation, recorded_at, actor, request_id, doc, digest) SELECT (SELECT max(seq) + 1 FROM history), noun, object_id, 5, 'update', recorded_at, 'nobody', 'forged', doc, digest FROM history WHERE object_id = '${ttp}' AND version = 1`,
        /^history \d+ \(party .*\): follows version 1/,
      ],
    ];
    for (const [sql] of cases) await register.sql(sql);
    const { lines, differences } = await verify();
    expect(differences).toBe(lines.length);
    for (const [, expected] of cases)
      expect(lines.filter((line) => expected.test(line)).length, String(expected)).toBeGreaterThan(0);
  });
});
