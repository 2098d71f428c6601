import { afterAll, describe, expect, it } from 'vitest';
import { sqliteKit } from '../../src/db/schema/columns.js';
import { withPast } from '../../src/db/schema/past.js';
import { defineTables } from '../../src/db/schema/tables.js';
import type { Store, Tx } from '../../src/db/store/store.js';
import { ApiError } from '../../src/lib/errors.js';
import { drainStep } from '../../src/provenance/standing/standing.service.js';
import { enqueue, standingPending } from '../../src/provenance/standing/standing.store.js';
import { effort } from '../support/effort.js';
import { engines, openRegister } from '../support/engines.js';
import { seeded } from '../support/random.js';

/** The register as it was, held against what it was: every table that reads touch, at every instant. */

const versioned = withPast(defineTables(sqliteKit));

const START = Date.parse('2026-01-01T00:00:00.000Z');
const NOW = '(SELECT at FROM commit_clock)';
const instant = (n: number) => new Date(START + n).toISOString();

/** All rows of all tables with a past, in an order of their own. */
const dump = (store: Store, asOf?: string) =>
  store.read(
    async (tx) => {
      const all: Record<string, string[]> = {};
      for (const name of [...versioned, 'history' as const]) {
        const rows: object[] = await tx.db.select().from(tx.tables[name]);
        all[name] = rows.map((row) => JSON.stringify(row)).sort();
      }
      return all;
    },
    { asOf },
  );

/** Random changes of rows, as the stores make them and then some: duplicates, no changes, row by row. */
function changes(random: ReturnType<typeof seeded>) {
  const stamps = { version: 1, created_at: instant(0), updated_at: instant(0) };
  const live = new Set<string>();
  let n = 0;

  const put = async ({ sql }: Rows, id: string) => {
    const name = random.pick(['a', 'b', "it's"]).replaceAll("'", "''");
    const country = random.pick(["'AF'", 'NULL']);
    if (live.has(id))
      return sql(
        `UPDATE parties SET name = '${name}', country = ${country}, valid_from = ${NOW} WHERE id = '${id}'`,
      );
    live.add(id);
    return sql(`INSERT INTO parties (id, version, created_at, updated_at, seq, entry, kind, name, independent_voice, country, unnamed, valid_from)
      VALUES ('${id}', 1, '${stamps.created_at}', '${stamps.updated_at}', 1, 0, 'other', '${name}', false, ${country}, true, ${NOW})`);
  };
  const remove = async ({ sql }: Rows, id: string) => {
    live.delete(id);
    await sql(`DELETE FROM parties WHERE id = '${id}'`);
  };
  const names = async ({ sql }: Rows, id: string) => {
    if (!live.has(id)) return;
    await sql(`DELETE FROM party_names WHERE party_id = '${id}'`);
    for (const folded of ['x', 'y', 'x', 'z'].slice(0, random.below(5))) {
      await sql(
        `INSERT INTO party_names (party_id, folded, valid_from) VALUES ('${id}', '${folded}', ${NOW})`,
      );
    }
  };
  const place = async ({ sql }: Rows, id: string) => {
    const values = random.pick(["'AF', NULL", 'NULL, NULL', "NULL, 'kunar'"]);
    await sql(
      `INSERT INTO identifiers (noun, object_id, scheme, value, valid_from) VALUES ('party', '${id}', 's', 'v', ${NOW})`,
    );
    await sql(
      `INSERT INTO claim_places (claim_id, iso_3166, folded, valid_from) VALUES ('claim_1', ${values}, ${NOW})`,
    );
    if (random.chance(0.3))
      await sql("DELETE FROM claim_places WHERE claim_id = 'claim_1' AND folded IS NULL");
  };
  const record = async ({ sql, at }: Rows, id: string) => {
    n += 1;
    await sql(`INSERT INTO history (seq, noun, object_id, version, operation, recorded_at, actor, request_id, doc, digest)
      VALUES (${n + 1}, 'party', '${id}', ${n}, 'update', '${at}', 'cli', 'r', '{}', '')`);
  };
  return async (rows: Rows) => {
    for (let i = random.below(6); i >= 0; i -= 1) {
      const id = `party_${random.below(4)}`;
      await random.pick([put, put, remove, names, names, place, record])(rows, id);
    }
    return [...live];
  };
}

interface Rows {
  at: string;
  sql(text: string): Promise<unknown>;
}

describe.each(engines)('Store.read with asOf on %s', async (engine) => {
  const register = await openRegister(engine);
  const { store } = register;
  afterAll(() => register.close());

  it('every table holds the rows of that instant, after random changes', async () => {
    const { sql } = await import('drizzle-orm');
    const random = seeded(7);
    const change = changes(random);
    const rowsOf = (tx: Tx, at: string): Rows => ({
      at,
      sql: (text) => tx.rows(sql.raw(`${text} RETURNING 1`)),
    });
    await store.write(async (tx, at) => {
      const { sql: run } = rowsOf(tx, at);
      await run(`INSERT INTO history (seq, noun, object_id, version, operation, recorded_at, actor, request_id, doc, digest)
        VALUES (1, 'claim', 'claim_1', 1, 'create', '${at}', 'cli', 'r', '{}', '')`);
      await run(`INSERT INTO claims (id, version, created_at, updated_at, seq, entry, kind, text, value_type,
        attribution_count, activity_at, support, contested, self_denied, retracted, min_origins, unnamed_only, unsourced, standing, valid_from)
        VALUES ('claim_1', 1, '', '', 1, 0, 'fact', 't', 'none', 0, '', 'none', false, false, false, 0, false, true, '', ${NOW})`);
    }, instant(0));
    const was = new Map<string, object>();
    let clock = 0;
    let changed = 0;
    for (let i = 0; i < effort(80, 200); i += 1) {
      // Several writes in one instant, clocks that go back, and writes that are undone.
      clock += random.pick([0, 0, 1, 5, -2]);
      const undone = random.chance(0.1);
      let at = '';
      await store
        .write(async (tx, recorded) => {
          at = recorded;
          if (undone) throw new ApiError('in_use', 'undo');
          await change(rowsOf(tx, recorded));
        }, instant(clock))
        .catch((error: ApiError) => expect(error.code).toBe('in_use'));
      changed = Math.max(changed, undone ? 0 : clock);
      expect(at).toBe(instant(Math.max(changed, clock)));
      was.set(instant(changed), await dump(store));
    }
    expect(was.size).toBeGreaterThan(effort(20, 50));
    for (const [at, state] of was) expect(await dump(store, at), at).toEqual(state);
    const empty = await dump(store, instant(-1));
    expect(versioned.flatMap((name) => empty[name])).toEqual([]);
    const spans = await register.sql('SELECT count(*) AS n FROM parties_past WHERE valid_from >= valid_to');
    expect(Number(spans[0]!.n)).toBe(0);
  });

  it('is kept only if a change says since when it holds', async () => {
    const change = store.write(
      (tx) => tx.db.update(tx.tables.claims).set({ text: 'other' }),
      instant(15_000),
    );
    await expect(change).rejects.toSatisfy((error: Error) =>
      /instant of the write/.test(String(error.cause ?? error)),
    );
  });

  it('standingPending is the one of that instant', async () => {
    const pending = (asOf?: string) => store.read(standingPending, { asOf });
    await store.write((tx) => enqueue(tx, 'all', ['']), instant(20_000));
    expect(await pending()).toBe(true);
    while (await drainStep(store, () => instant(21_000)));
    expect([await pending(), await pending(instant(20_500)), await pending(instant(21_000))]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('instants of two instances whose clocks differ never go back', async () => {
    const second = await register.another();
    const stamps: string[] = [];
    for (let i = 0; i < 10; i += 1) {
      await store.write(async (_, at) => void stamps.push(at), instant(30_000 + i));
      await second.write(async (_, at) => void stamps.push(at), instant(30_000 - 50 * i));
    }
    await second.write(async (_, at) => void stamps.push(at));
    expect(stamps).toEqual([...stamps].sort());
    expect(stamps.at(-1)).toBe(instant(30_009));
    await second.close();
  });

  const attempts = [
    "UPDATE history SET actor = 'other'",
    'DELETE FROM history',
    ...(engine === 'sqlite'
      ? [
          "REPLACE INTO history SELECT seq, noun, object_id, version, operation, recorded_at, 'other', on_behalf_of, reason, request_id, doc, digest FROM history",
          "INSERT OR REPLACE INTO history (noun, object_id, version, operation, recorded_at, actor, request_id, doc, digest) SELECT noun, object_id, version, operation, recorded_at, 'other', request_id, doc, digest FROM history",
          'UPDATE OR REPLACE history SET version = 1',
        ]
      : [
          'TRUNCATE history CASCADE',
          'TRUNCATE settings, history CASCADE',
          "INSERT INTO history SELECT seq, noun, object_id, version, operation, recorded_at, 'other', on_behalf_of, reason, request_id, doc, digest FROM history ON CONFLICT (object_id, version) DO UPDATE SET actor = 'other'",
          'MERGE INTO history USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE',
        ]),
  ];
  it.each(attempts)('history cannot be changed by SQL: %s', async (text) => {
    const before = await register.sql('SELECT * FROM history ORDER BY seq');
    expect(before.length).toBeGreaterThan(2);
    await expect(register.sql(text)).rejects.toThrow('append-only');
    expect(await register.sql('SELECT * FROM history ORDER BY seq')).toEqual(before);
  });
});
