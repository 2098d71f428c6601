import { eq, getTableColumns, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteKit } from '../../src/db/schema/columns.js';
import { withPast } from '../../src/db/schema/past.js';
import { defineTables } from '../../src/db/schema/tables.js';
import type { Tx } from '../../src/db/store/store.js';
import { recordVersions } from '../../src/resources/resources.store.js';
import { engines, openRegister } from '../support/engines.js';

/** Each column of each table with a past: what it held is kept, whichever is changed, and however soon again. */

const versioned = withPast(defineTables(sqliteKit));
type Name = (typeof versioned)[number];
type Values = Record<string, string | number | boolean | null>;

/** Columns that name a row of another table. */
const references: Record<string, string> = {
  ...{ party_id: 'parties', speaker_id: 'parties', publisher_id: 'parties', subject_id: 'parties' },
  ...{ value_party_id: 'parties', source_id: 'sources', derived_from_id: 'sources' },
  superseded_id: 'sources',
  ...{ claim_id: 'claims', from_id: 'claims', to_id: 'claims', predicate_id: 'predicates' },
  ...{ attribution_id: 'attributions', relayed_id: 'attributions', in_reply_to_id: 'attributions' },
};
/** Null in both rows: barred where there is a claim. */
const empty = ['about_source_id'];

const tableOf = (tx: Tx, name: Name) =>
  tx.tables[name] as unknown as SQLiteTable & Record<string, SQLiteColumn>;

/** A row that holds since an instant, in which no other column holds what it holds in the other row. */
function rowOf(tx: Tx, name: Name, n: 1 | 2, at: number): Values {
  const held = (column: string, type: string) => {
    if (empty.includes(column)) return null;
    if (column === 'id') return `${name}_${n}`;
    if (column === 'valid_from') return at;
    if (column === 'noun') return n === 1 ? 'party' : 'source';
    const referred = column === 'part_of_id' ? name : references[column];
    if (referred) return `${referred}_${n}`;
    return type === 'number' ? n : type === 'boolean' ? n === 1 : `${column} ${n}`;
  };
  const columns = Object.entries(getTableColumns(tableOf(tx, name)));
  return Object.fromEntries(columns.map(([column, { dataType }]) => [column, held(column, dataType)]));
}

describe.each(engines)('Store.read with asOf on %s', async (engine) => {
  const register = await openRegister(engine);
  const { store } = register;
  afterAll(() => register.close());
  const instant = (n: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + n).toISOString();
  let now = 0;

  const rows = (name: Name, asOf?: string) =>
    store.read(
      async (tx) => (await tx.db.select().from(tableOf(tx, name))).map((row) => JSON.stringify(row)).sort(),
      { asOf },
    );
  const set = (name: Name, values: Values, row: (table: ReturnType<typeof tableOf>) => SQL) =>
    store.write(async (tx, at) => {
      const table = tableOf(tx, name);
      const change = { ...values, valid_from: Date.parse(at) };
      await tx.db.update(table).set(change).where(row(table));
    }, instant(now));

  const since = Date.parse(instant(0));
  await store.write(async (tx, at) => {
    const change = { actor: 'cli', onBehalfOf: null, reason: null, requestId: 'request_1', at };
    // The rows of parties_1 and so on name their entries of the history.
    const documents = ['a', 'b'].map((id) => ({
      noun: 'party' as const,
      operation: 'create' as const,
      id: `party_${id}`,
      version: 1,
      doc: '{}',
    }));
    await recordVersions(tx, change, documents);
    for (const name of versioned.filter((one) => one !== 'standing_queue')) {
      for (const n of [1, 2] as const)
        await tx.db.insert(tableOf(tx, name)).values(rowOf(tx, name, n, Date.parse(at)));
    }
  }, instant(now));
  const withIds = await store.read(async (tx) =>
    versioned.filter((name) => 'id' in tableOf(tx, name) && 'seq' in tableOf(tx, name)),
  );

  it.each(withIds)(
    '%s: holds every column as it was, changed in a later instant and within one',
    async (name) => {
      const [one, two] = await store.read(
        async (tx) => [rowOf(tx, name, 1, since), rowOf(tx, name, 2, since)] as const,
      );
      const changed = Object.keys(one).filter((column) => column !== 'id' && one[column] !== two[column]);
      expect(changed.length).toBeGreaterThan(4);
      const told = (lines: string[]) => lines.map((line) => line.replace(/"valid_from":\d+/, ''));
      const first = (table: ReturnType<typeof tableOf>) => eq(table.id!, String(one.id));
      for (const column of changed) {
        const before = await rows(name);
        now += 1;
        await set(name, { [column]: two[column]! }, first);
        const after = await rows(name);
        expect(after, column).not.toEqual(before);
        expect(await rows(name, instant(now)), column).toEqual(after);
        expect(await rows(name, instant(now - 1)), column).toEqual(before);
        // Within the same instant.
        await set(name, { [column]: one[column]! }, first);
        expect(told(await rows(name, instant(now))), column).toEqual(told(before));
      }
    },
  );
});
