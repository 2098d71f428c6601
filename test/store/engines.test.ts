import { setImmediate as nextTurn } from 'node:timers/promises';
import { eq, like, sql } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { afterAll, describe, expect, it } from 'vitest';
import { bumpReferenceEpoch } from '../../src/db/query/references.js';
import { deleteRows, deleteRowsOf, insertRows, updateRows } from '../../src/db/query/rows.js';
import type { Store, Tx } from '../../src/db/store/store.js';
import { only } from '../../src/lib/collections.js';
import { ApiError } from '../../src/lib/errors.js';
import { deleteChildRows } from '../../src/resources/objects.store.js';
import { recordVersions } from '../../src/resources/resources.store.js';
import { engines, openRegister, type TestRegister } from '../support/engines.js';

/** What every engine promises, in the words of `src/db/store/store.ts`. */

const AT = '2026-01-01T00:00:00.000Z';

const setting = (tx: Tx, name: string, value = 'x') =>
  tx.db.insert(tx.tables.settings).values({ name, value });

const has = (store: Store, name: string) =>
  store.read(async (tx) => {
    const { settings } = tx.tables;
    return (await tx.db.select().from(settings).where(eq(settings.name, name))).length === 1;
  });

const party = (tx: Tx, id: string, more: object = {}) =>
  tx.db.insert(tx.tables.parties).values({
    id,
    version: 1,
    created_at: AT,
    updated_at: AT,
    seq: 1,
    entry: 0,
    valid_from: tx.at,
    kind: 'other',
    name: id,
    independent_voice: false,
    unnamed: true,
    ...more,
  });

const attribution = (tx: Tx, id: string, more: object) =>
  tx.db.insert(tx.tables.attributions).values({
    id,
    version: 1,
    created_at: AT,
    updated_at: AT,
    seq: 1,
    entry: 0,
    valid_from: tx.at,
    party_id: 'party_1',
    stance: 'asserts',
    lineage: 'unknown',
    relay_depth: 0,
    ...more,
  });

/** Records a version; gives its number. */
async function record(tx: Tx, id: string): Promise<number> {
  const change = { actor: 'cli', onBehalfOf: null, reason: null, requestId: 'request_1', at: AT };
  const versions = [{ noun: 'source', operation: 'create', id, version: 1, doc: '{}' }] as const;
  return only(await recordVersions(tx, change, versions));
}

/** What a promise rejects with. */
const fault = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => error,
  );

describe.each(engines)('Store on %s', async (engine) => {
  const register: TestRegister = await openRegister(engine);
  const { store } = register;
  afterAll(() => register.close());

  await store.write(async (tx) => {
    // The document that all rows of these tests point to.
    await record(tx, 'party_1');
    await party(tx, 'party_1');
    await tx.db.insert(tx.tables.sources).values({
      id: 'source_1',
      version: 1,
      created_at: AT,
      updated_at: AT,
      seq: 1,
      entry: 0,
      valid_from: tx.at,
      type: 'report',
      title: 'T',
      folded_title: 't',
      status: 'current',
      superseded_by: '[]',
    });
  });

  it('write: rows are kept once it resolves', async () => {
    const result = await store.write(async (tx) => {
      await setting(tx, 'kept');
      return 'result';
    });
    expect(result).toBe('result');
    expect(await has(store, 'kept')).toBe(true);
  });

  it('write: an error undoes all of it and is passed on', async () => {
    const thrown = new ApiError('in_use', 'no');
    const error = await fault(
      store.write(async (tx) => {
        await setting(tx, 'undone-1');
        await setting(tx, 'undone-2');
        throw thrown;
      }),
    );
    expect(error).toBe(thrown);
    expect([await has(store, 'undone-1'), await has(store, 'undone-2')]).toEqual([false, false]);
  });

  it('write: a write after one that failed is kept', async () => {
    await fault(store.write((tx) => setting(tx, 'kept')));
    await store.write((tx) => setting(tx, 'after-failure'));
    expect(await has(store, 'after-failure')).toBe(true);
  });

  it('write: a deferred foreign key is checked at the commit and undoes the write', async () => {
    const error = await fault(
      store.write(async (tx) => {
        await setting(tx, 'with-dangling');
        await attribution(tx, 'attribution_1', { about_source_id: 'source_1', in_reply_to_id: 'nothing' });
      }),
    );
    const dialect = await store.read(async (tx) => tx.dialect);
    expect(dialect.isForeignKeyViolation(error)).toBe(true);
    expect(await has(store, 'with-dangling')).toBe(false);
    await store.write((tx) => setting(tx, 'after-dangling'));
  });

  it('write: a deferred reference may be to a later row of the same write', async () => {
    await store.write(async (tx) => {
      const about = { about_source_id: 'source_1' };
      await attribution(tx, 'attribution_2', { ...about, in_reply_to_id: 'attribution_3' });
      await attribution(tx, 'attribution_3', about);
    });
  });

  it('write: other foreign keys are checked at once', async () => {
    let at = 'before';
    const error = await fault(
      store.write(async (tx) => {
        await party(tx, 'party_2', { part_of_id: 'party_nowhere' });
        at = 'after';
      }),
    );
    const dialect = await store.read(async (tx) => tx.dialect);
    expect(dialect.isForeignKeyViolation(error)).toBe(true);
    expect(dialect.isUniqueViolation(error)).toBe(false);
    expect(at).toBe('before');
  });

  describe('relays', () => {
    const about = { about_source_id: 'source_1' };
    const relay = (tx: Tx, from: string, to: string) =>
      insertRows(tx, 'attribution_relays', [{ attribution_id: from, relayed_id: to }]);
    const removed = (tx: Tx, ...ids: string[]) => deleteRowsOf(tx, 'attributions', ids);
    const isRefused = async (fn: (tx: Tx) => Promise<unknown>, now?: string) => {
      const error = await fault(store.write(fn, now));
      return (await store.read(async (tx) => tx.dialect)).isForeignKeyViolation(error);
    };
    const relays = async () => {
      const all = await register.sql(
        'SELECT attribution_id, relayed_id FROM attribution_relays ORDER BY 1, 2',
      );
      return all.map(({ attribution_id, relayed_id }) => `${attribution_id} ${relayed_id}`);
    };

    it('may lead to an attribution that is stored later in the same write, and go round in a circle', async () => {
      await store.write(async (tx) => {
        await attribution(tx, 'relay_1', about);
        await relay(tx, 'relay_1', 'relay_2');
        await attribution(tx, 'relay_2', about);
        await relay(tx, 'relay_2', 'relay_1');
      });
      expect(await relays()).toEqual(['relay_1 relay_2', 'relay_2 relay_1']);
    });

    it('are refused where they lead nowhere, or belong to nothing', async () => {
      const nowhere = async (tx: Tx) => {
        await attribution(tx, 'relay_3', about);
        await relay(tx, 'relay_3', 'nothing');
      };
      expect(await isRefused(nowhere)).toBe(true);
      expect(await isRefused((tx) => relay(tx, 'nothing', 'relay_1'))).toBe(true);
      expect(await relays()).toHaveLength(2);
    });

    it('keep what they lead to from being removed alone', async () => {
      expect(await isRefused((tx) => removed(tx, 'relay_2'))).toBe(true);
      expect(await relays()).toHaveLength(2);
    });

    it('go with the attribution that they belong to, into the past', async () => {
      await store.write(async (tx) => {
        await removed(tx, 'relay_1');
        await removed(tx, 'relay_2');
      }, '2026-01-02T00:00:00.000Z');
      expect(await relays()).toEqual([]);
      const [past] = await register.sql('SELECT count(*) AS n FROM attribution_relays_past');
      expect(Number(past?.n)).toBe(2);
    });

    it.runIf(engine !== 'sqlite')('are written with the attribution that they belong to', async () => {
      await store.write(async (tx) => {
        await attribution(tx, 'relay_4', about);
        await attribution(tx, 'relay_5', about);
      });
      const later = '2026-01-03T00:00:00.000Z';
      expect(await isRefused((tx) => relay(tx, 'relay_4', 'relay_5'), later)).toBe(true);
      await store.write(async (tx) => {
        await updateRows(tx, 'attributions', [{ id: 'relay_4' }]);
        await relay(tx, 'relay_4', 'relay_5');
      }, later);
      expect(await relays()).toEqual(['relay_4 relay_5']);
    });
  });

  it('updateRows: of each row what it tells is changed, and nothing else', async () => {
    const undo = new Error('undone');
    const changing = store.write(async (tx) => {
      const { merges: t } = tx.tables;
      const merge = (id: string) => ({ id, noun: 'party', object_id: id, into_id: 'into', seq: 1 });
      const ids = Array.from({ length: 120 }, (_, i) => `merge_${String(i).padStart(3, '0')}`);
      const texts = [`it's "1"\\`, '5', 'null', '[true]', '', '\u0001\b\n\u2028', '{"ö":"\u{1f600}"}'];
      const textOf = (i: number) => texts[i % texts.length]!;
      await insertRows(tx, 'merges', [...ids, 'other'].map(merge));
      await updateRows(tx, 'merges', [
        ...ids.map((id, i) => (i % 2 ? { id, undone_seq: i } : { id, into_id: textOf(i), undone_seq: null })),
        { id: 'no such', undone_seq: 1 },
      ]);
      const rows = await tx.db.select().from(t).where(eq(t.noun, 'party')).orderBy(t.id);
      expect(rows.map(({ id, into_id, undone_seq }) => [id, into_id, undone_seq])).toEqual([
        ...ids.map((id, i) => (i % 2 ? [id, 'into', i] : [id, textOf(i), null])),
        ['other', 'into', null],
      ]);
      const twice = [
        { id: 'other', undone_seq: 1 },
        { id: 'other', undone_seq: 2 },
      ];
      await expect(updateRows(tx, 'merges', twice)).rejects.toThrow('twice');
      throw undo;
    });
    await expect(changing).rejects.toBe(undo);
  });

  it('deleteRows: rows go that have all values, be they alike or not, and no others', async () => {
    const row = (noun: string, key: string, id: string) => ({ noun, key, id });
    const all = [
      ...Array.from({ length: 250 }, (_, i) => row('party', `gone-${i}`, 'party_1')),
      ...[row('party', 'stays', 'party_1'), row('source', 'gone-1', 'party_1')],
      ...[row('claim', 'one', 'claim_1'), row('claim', 'other', 'claim_2')],
    ];
    const left = async (going: object[]) => {
      await store.write(async (tx) => {
        await insertRows(tx, 'reserved_keys', all);
        await deleteRows(tx, 'reserved_keys', going as never);
      });
      const rows = await register.sql(
        "SELECT noun, key FROM reserved_keys WHERE id IN ('party_1', 'claim_1', 'claim_2')",
      );
      await register.sql("DELETE FROM reserved_keys WHERE id IN ('party_1', 'claim_1', 'claim_2')");
      return rows.map(({ noun, key }) => `${noun} ${key}`).sort();
    };
    expect(await left(all.slice(0, 250))).toEqual([
      'claim one',
      'claim other',
      'party stays',
      'source gone-1',
    ]);
    expect(await left([...all.slice(0, 251), row('claim', 'one', 'claim_1')])).toEqual([
      'claim other',
      'source gone-1',
    ]);
    expect(await left([row('claim', 'one', 'claim_2')])).toHaveLength(254);
    expect(await left([])).toHaveLength(254);
    // Each of its values is one of those that go, but not together.
    const stays = 'party gone-1';
    const mixed = [
      row('claim', 'one', 'claim_1'),
      row('source', 'gone-1', 'party_1'),
      row('party', 'stays', 'party_1'),
    ];
    const others = await left(mixed);
    expect(others).toContain(stays);
    expect(others).toHaveLength(251);
  });

  it('deleteRows: a row with a null goes, and those with a text in its place stay', async () => {
    const undo = new Error('undone');
    const texts = ['null', '', '2027', null];
    const key = (expires_at: string | null) => ({ name: 'null', on_behalf_of: null, expires_at });
    const stored = { secret_hash: 'x', scopes: 'read', created_at: AT };
    const left = async (...going: (string | null)[]) => {
      let rows: { expires_at: string | null }[] = [];
      const writing = store.write(async (tx) => {
        const { api_keys: t } = tx.tables;
        await insertRows(
          tx,
          'api_keys',
          texts.map((text, i) => ({ ...key(text), ...stored, id: `key_${i}` })),
        );
        await deleteRows(tx, 'api_keys', going.map(key));
        rows = await tx.db.select({ expires_at: t.expires_at }).from(t).where(eq(t.name, 'null'));
        throw undo;
      });
      await expect(writing).rejects.toBe(undo);
      return texts.filter((text) => rows.some(({ expires_at }) => expires_at === text));
    };
    expect(await left(null)).toEqual(['null', '', '2027']);
    expect(await left('null', '2027')).toEqual(['', null]);
    expect(await left(null, '')).toEqual(['null', '2027']);
  });

  it.runIf(engine === 'sqlite')(
    'deleteChildRows: a statement meets few of the objects, and of their values',
    async () => {
      const dialect = new SQLiteSyncDialect();
      const statements: string[][][] = [];
      const rows = Array.from({ length: 56 * 56 }, (_, i) => ({
        attribution_id: `attribution_${Math.floor(i / 56)}`,
        relayed_id: `attribution_${i % 56}`,
      }));
      await store.write(async (tx) => {
        const areAmong: Tx['dialect']['areAmong'] = (columns, json) => {
          statements.push(JSON.parse(String(dialect.sqlToQuery(sql`${json}`).params[0])));
          return tx.dialect.areAmong(columns, json);
        };
        const watched = { ...tx, dialect: { ...tx.dialect, areAmong } };
        await deleteChildRows(watched, new Map([['attribution_relays', rows]]));
      });
      expect(statements.flat()).toHaveLength(rows.length);
      for (const pairs of statements) {
        expect(new Set(pairs.map(([id]) => id)).size).toBeLessThanOrEqual(28);
        expect(new Set(pairs.map(([, relayed]) => relayed)).size).toBeLessThanOrEqual(28);
      }
    },
  );

  it('dialect.isUniqueViolation: a violation is recognised, also as the cause of another error', async () => {
    const dialect = await store.read(async (tx) => tx.dialect);
    await store.write((tx) => setting(tx, 'twice'));
    const error = await fault(store.write((tx) => setting(tx, 'twice')));
    expect(dialect.isUniqueViolation(error)).toBe(true);
    expect(dialect.isForeignKeyViolation(error)).toBe(false);
    expect(
      dialect.isUniqueViolation(new Error('outer', { cause: new Error('inner', { cause: error }) })),
    ).toBe(true);
    expect(dialect.isUniqueViolation(new ApiError('key_taken', 'a failure'))).toBe(false);
  });

  it.runIf(engine === 'sqlite')('rows: others get their turns between queries', async () => {
    const long = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select max(i) as i from n`;
    const turns = async (run: (tx: Tx) => Promise<unknown>, within: 'read' | 'write') => {
      let [seen, running] = [0, true];
      const others = (async () => {
        for (; running; seen++) await nextTurn();
      })();
      await store[within](run);
      running = false;
      await others;
      return seen;
    };
    const many = async (tx: Tx) => {
      for (let i = 0; i < 30; i++) expect(await tx.rows(long)).toEqual([{ i: 100_000 }]);
    };
    expect(await turns(many, 'read')).toBeGreaterThan(5);
    expect(await turns(many, 'write')).toBeGreaterThan(5);
  });

  it('read: all queries see one snapshot', async () => {
    const count = (tx: Tx) => tx.db.$count(tx.tables.settings);
    let write: Promise<unknown> = Promise.resolve();
    const [before, after] = await store.read(async (tx) => {
      const first = await count(tx);
      write = store.write((other) => setting(other, 'during-read'));
      // With one connection, as in PGlite, the write comes after the read.
      if (engine !== 'pglite') await write;
      return [first, await count(tx)];
    });
    await write;
    expect(after).toBe(before);
    expect(await store.read(count)).toBe(before! + 1);
  });

  it('read: rows that are not committed are not seen', async () => {
    let seen: Promise<boolean> = Promise.resolve(true);
    const write = store.write(async (tx) => {
      await setting(tx, 'uncommitted');
      seen = has(store, 'uncommitted');
      if (engine !== 'pglite') expect(await seen).toBe(false);
      throw new ApiError('in_use', 'undo');
    });
    await fault(write);
    expect(await seen).toBe(false);
  });

  it('write: its own rows are seen', async () => {
    await store.write(async (tx) => {
      await setting(tx, 'own');
      const { settings } = tx.tables;
      expect(await tx.db.select().from(settings).where(eq(settings.name, 'own'))).toHaveLength(1);
    });
  });

  it('write: writes run one after the other in the order of calls', async () => {
    const events: string[] = [];
    const one = (name: string) =>
      store.write(async (tx) => {
        events.push(`${name} begins`);
        for (let i = 0; i < 3; i += 1) await setting(tx, `${name}-${i}`);
        events.push(`${name} ends`);
        if (name === 'b') throw new ApiError('in_use', 'undo');
      });
    await Promise.allSettled(['a', 'b', 'c'].map(one));
    expect(events).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
    expect([await has(store, 'a-2'), await has(store, 'b-2'), await has(store, 'c-2')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('write: no update of two instances is lost', async () => {
    const second = await register.another();
    const add = (to: Store) =>
      to.write(async (tx) => {
        const { reference_epoch: t } = tx.tables;
        const [row] = await tx.db.select().from(t);
        await tx.db.update(t).set({ n: row!.n + 1 });
      });
    const n = async () =>
      Number((await store.read((tx) => tx.rows<{ n: number }>(sql`select n from reference_epoch`)))[0]!.n);
    const before = await n();
    await Promise.all(Array.from({ length: 40 }, (_, i) => add(i % 2 ? store : second)));
    expect(await n()).toBe(before + 40);
    await second.close();
  });

  it('bumpReferenceEpoch: numbers follow the instant of the write and never repeat', async () => {
    const bumped = async (times: number) => {
      const instant = await store.write(async (tx, at) => {
        for (let i = 0; i < times; i++) bumpReferenceEpoch(tx);
        return Date.parse(at);
      }, new Date().toISOString());
      const [row] = await store.read((tx) => tx.db.select().from(tx.tables.reference_epoch));
      return { instant, n: row!.n };
    };
    const once = await bumped(1);
    expect(once.n).toBeGreaterThanOrEqual(once.instant);
    const again = await bumped(3);
    expect(again.n).toBeGreaterThan(once.n);
    expect((await bumped(0)).n).toBe(again.n);
  });

  it('history: rows are numbered in the order of commits', async () => {
    const second = await register.another();
    const numbers = (from: Store) =>
      from.read(async (tx) => {
        const { history } = tx.tables;
        const rows = await tx.db.select({ seq: history.seq }).from(history).orderBy(history.seq);
        return rows.map(({ seq }) => seq);
      });
    const recordOn = (to: Store, id: string) =>
      to.write(async (tx) => {
        await record(tx, id);
      });
    const before = await numbers(store);
    const seen: number[][] = [before];
    let writing = true;
    const watching = (async () => {
      while (writing) {
        seen.push(await numbers(seen.length % 2 ? store : second));
        await nextTurn();
      }
    })();
    await Promise.all(Array.from({ length: 20 }, (_, i) => recordOn(i % 2 ? store : second, `party_h${i}`)));
    writing = false;
    await watching;
    seen.push(await numbers(store));
    // Nothing comes to light below what could be read already.
    for (const [i, after] of seen.slice(1).entries())
      expect(after.slice(0, seen[i]!.length)).toEqual(seen[i]);
    expect(seen.at(-1)).toHaveLength(before.length + 20);
    await second.close();
  });

  it('history: numbers have no gap, also after a write that was undone', async () => {
    const before = await store.write((tx) => record(tx, 'party_g1'));
    await fault(
      store.write(async (tx) => {
        await record(tx, 'party_g2');
        throw new ApiError('in_use', 'undo');
      }),
    );
    expect(await store.write((tx) => record(tx, 'party_g2'))).toBe(before + 1);
  });

  it('history: an object has each version once', async () => {
    const twice = () => store.write((tx) => record(tx, 'party_twice'));
    await twice();
    await fault(twice());
    const ofIt = eq((await store.read(async (tx) => tx.tables.history)).object_id, 'party_twice');
    expect(await store.read((tx) => tx.db.$count(tx.tables.history, ofIt))).toBe(1);
  });

  it('history: no row can be changed or removed', async () => {
    await store.write(async (tx) => {
      await record(tx, 'party_9');
    });
    const { history } = await store.read(async (tx) => tx.tables);
    const attempts: ((tx: Tx) => Promise<unknown>)[] = [
      async (tx) => tx.db.update(history).set({ actor: 'other' }),
      async (tx) => tx.db.delete(history),
    ];
    for (const attempt of attempts) {
      const error = (await fault(store.write(attempt))) as Error;
      expect(String(error.cause ?? error)).toContain('history is append-only');
    }
    if (engine !== 'sqlite')
      await expect(register.sql('TRUNCATE history CASCADE')).rejects.toThrow('append-only');
    expect(await store.read((tx) => tx.db.$count(history))).toBeGreaterThan(0);
  });

  it('rows: counts are numbers and flags are booleans', async () => {
    const rows = await store.read((tx) =>
      tx.rows<Record<string, unknown>>(
        sql`select count(*) as n, sum(version) as total, max(seq) as last from history`,
      ),
    );
    expect(Object.values(rows[0]!).map((value) => typeof value)).toEqual(['number', 'number', 'number']);
    const { parties: t } = await store.read(async (tx) => tx.tables);
    const [row] = await store.read((tx) => tx.db.select().from(t).where(eq(t.unnamed, true)));
    expect(row).toMatchObject({ id: 'party_1', unnamed: true, independent_voice: false, version: 1 });
  });

  it('text is sorted by its bytes, and long texts fit into indexes', async () => {
    const texts = ['a', 'B', 'á', 'Z', '_', '-', 'ä', '1', '10', '2', 'ﬀ', '\u{1F600}', '~', 'A', 'b'];
    await store.write(async (tx) => {
      for (const [i, text] of texts.entries()) await party(tx, `party_t${i}`, { name: text, country: 'XX' });
      const long = Array.from({ length: 2_000 }, (_, i) =>
        String.fromCharCode(0xac00 + ((i * 7919) % 11_172)),
      );
      await tx.db
        .insert(tx.tables.party_names)
        .values({ party_id: 'party_1', folded: long.join(''), valid_from: tx.at });
      await tx.db
        .insert(tx.tables.source_urls)
        .values({ source_id: 'source_1', url: long.join(''), valid_from: tx.at });
      await tx.db.update(tx.tables.sources).set({ title: long.join(''), valid_from: tx.at });
    });
    const rows = await store.read((tx) => {
      const { parties: t } = tx.tables;
      return tx.db.select({ name: t.name }).from(t).where(eq(t.country, 'XX')).orderBy(t.name);
    });
    const bytewise = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(rows.map((row) => row.name)).toEqual(bytewise);
  });

  const twice = [
    { name: 'unique', value: 'x' },
    { name: 'unique', value: 'y' },
  ];

  it('write: rows that cannot be stored undo it, although nothing is asked after them', async () => {
    const error = await fault(
      store.write(async (tx) => {
        await setting(tx, 'with-twice');
        await insertRows(tx, 'settings', twice);
      }),
    );
    expect((await store.read(async (tx) => tx.dialect)).isUniqueViolation(error)).toBe(true);
    expect([await has(store, 'with-twice'), await has(store, 'unique')]).toEqual([false, false]);
  });

  it('write: what is asked after rows that cannot be stored fails for their reason', async () => {
    const error = await fault(
      store.write(async (tx) => {
        await insertRows(tx, 'settings', twice);
        await setting(tx, 'after-twice');
      }),
    );
    expect((await store.read(async (tx) => tx.dialect)).isUniqueViolation(error)).toBe(true);
    expect(await has(store, 'after-twice')).toBe(false);
  });

  it('savepoint: rows that cannot be stored undo their part alone', async () => {
    const thrown = new ApiError('in_use', 'no');
    const faults = await store.write(async (tx) => {
      const stored = await fault(
        tx.savepoint(async () => {
          await setting(tx, 'part-stored');
          await insertRows(tx, 'settings', twice);
        }),
      );
      const refused = await fault(
        tx.savepoint(async () => {
          await insertRows(tx, 'settings', [{ name: 'part-refused', value: 'x' }]);
          throw thrown;
        }),
      );
      await insertRows(tx, 'settings', [{ name: 'whole', value: 'x' }]);
      return { stored, refused };
    });
    expect((await store.read(async (tx) => tx.dialect)).isUniqueViolation(faults.stored)).toBe(true);
    expect(faults.refused).toBe(thrown);
    const kept = ['part-stored', 'unique', 'part-refused', 'whole'].map((name) => has(store, name));
    expect(await Promise.all(kept)).toEqual([false, false, false, true]);
  });

  it('write: many rows behind those that cannot be stored undo nothing else, and hide no reason', async () => {
    // 10 million characters: more than is sent before the first of them is stored.
    const many = (part: string) =>
      Array.from({ length: 1_000 }, (_, i) => ({ name: `${part}-${i}`, value: 'x'.repeat(10_000) }));
    const error = await store.write(async (tx) => {
      const refused = await fault(
        tx.savepoint(async () => {
          await insertRows(tx, 'settings', many('before'));
          await insertRows(tx, 'settings', twice);
          await insertRows(tx, 'settings', many('behind'));
        }),
      );
      await insertRows(tx, 'settings', many('again'));
      return refused;
    });
    expect((await store.read(async (tx) => tx.dialect)).isUniqueViolation(error)).toBe(true);
    const count = (part: string) =>
      store.read((tx) => tx.db.$count(tx.tables.settings, like(tx.tables.settings.name, `${part}-%`)));
    expect(await Promise.all(['before', 'behind', 'again'].map(count))).toEqual([0, 0, 1_000]);
  });

  it.runIf(engine !== 'sqlite')(
    'write: a write that continues after a failed statement is undone',
    async () => {
      const error = await fault(
        store.write(async (tx) => {
          await setting(tx, 'before-swallowed');
          await setting(tx, 'kept').catch(() => undefined);
        }),
      );
      expect((await store.read(async (tx) => tx.dialect)).isUniqueViolation(error)).toBe(true);
      expect(await has(store, 'before-swallowed')).toBe(false);
    },
  );

  it('check: an unknown migration makes the store not ready', async () => {
    await store.check();
    await register.sql("INSERT INTO schema_migrations VALUES ('9999_later.sql', 'x', 'x')");
    await expect(store.check()).rejects.toThrow('9999_later.sql');
    await register.sql("DELETE FROM schema_migrations WHERE name = '9999_later.sql'");
    await store.check();
  });

  it.runIf(engine !== 'pglite')('close: a write that is running is finished first', async () => {
    const second = await register.another();
    const write = second.write(async (tx) => {
      await setting(tx, 'while-closing');
    });
    await second.close();
    await write;
    expect(await has(store, 'while-closing')).toBe(true);
  });
});
