import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { insertRows } from '../../src/db/query/rows.js';
import type { FrequentWord, WordQuery } from '../../src/db/store/dialect.js';
import { newestOwners } from '../../src/search/words/matching.store.js';
import { effort } from '../support/effort.js';
import { engines, openRegister } from '../support/engines.js';
import { type Random, seeded } from '../support/random.js';

/** The newest entries of the index of words with some words, among those of very many entries: as a look at all of them finds. */

/** Shares of the entries that have a word. */
const SHARES = { call: 1, cmany: 0.5, csome: 0.03, cfew: 0.002, cnone: 0 };
type Word = keyof typeof SHARES;
const NEWEST = 700_000;
const OLDEST_LOOKED_AT = 200_000;
const NOT_COUNTED: ReadonlyMap<string, number> = new Map();

interface Entry {
  rowid: number;
  words: Word[];
  /** Of the object that has it; null where that has another one by now. */
  owner: string | null;
}

/** Entries that lie close together where they are new, and far apart where they are old. */
function entriesOf(random: Random): Entry[] {
  const entries: Entry[] = [];
  for (let rowid = NEWEST; rowid > 0; ) {
    const words = (Object.keys(SHARES) as Word[]).filter((word) => random.chance(SHARES[word]));
    // The first thousands have none of these words, now and then.
    const isBare = rowid > NEWEST - 1_500 && random.chance(0.7);
    const owner = random.chance(0.8) ? `party_${entries.length}` : null;
    entries.push({ rowid, words: isBare ? ['call'] : words, owner });
    const age = NEWEST - rowid;
    rowid -= 1 + random.below(age < 1_000 ? 3 : age < 60_000 ? 200 : 2_000);
  }
  return entries;
}

describe.each(engines)('the newest entries with words on %s', async (engine) => {
  const { store, sql: run } = await openRegister(engine);
  const random = seeded(7);
  const entries = entriesOf(random);
  await store.write(async (tx) => {
    await insertRows(
      tx,
      'search',
      entries.map(({ rowid, words }) => ({ rowid, words: tx.dialect.indexed(words) })),
    );
    const owned = entries.filter(({ owner }) => owner !== null);
    await insertRows(
      tx,
      'history_subjects',
      owned.map(({ rowid, owner }) => ({ party_id: owner, seq: rowid })),
    );
  });

  it('are those of all, whether few or most of them have the words', async () => {
    const words = Object.keys(SHARES) as Word[];
    const pairs = words.flatMap((one) => words.map((other) => [[one], [other]]));
    const some = Array.from({ length: effort(40, 600) }, () =>
      Array.from({ length: 1 + random.below(3) }, () =>
        Array.from({ length: 1 + random.below(2) }, () => random.pick(words)),
      ),
    );
    const asked = [...pairs, ...some];
    const queries = asked.map((groups): WordQuery => {
      return { all: groups.map((group) => group.map((word) => [word])), none: [] };
    });
    const counted = new Map(Object.entries(SHARES));
    for (const [limit, frequent] of [
      [20, counted],
      [400, counted],
      [20, NOT_COUNTED],
    ] as const) {
      const found = await store.read((tx) => {
        const { search, history_subjects: t } = tx.tables;
        const about = { search, id: t.party_id, entry: t.seq, queries, limit, frequent };
        return newestOwners(tx, { ...about, newest: NEWEST, before: OLDEST_LOOKED_AT });
      });
      const expected = asked.map((groups) =>
        entries
          .filter(({ rowid, owner }) => owner !== null && rowid > OLDEST_LOOKED_AT)
          .filter(({ words }) => groups.every((group) => group.some((word) => words.includes(word))))
          .map(({ owner }) => owner)
          .slice(0, limit),
      );
      expect(found).toEqual(expected);
      expect(new Set(expected.map(({ length }) => length)).size).toBeGreaterThan(1);
    }
  });

  it.skipIf(engine === 'sqlite')('are found by the index alone', async () => {
    await run('ANALYZE search');
    const plan = await store.read(async (tx) => {
      const { search, history_subjects: t } = tx.tables;
      const about = { search, id: t.party_id, entry: t.seq, newest: NEWEST, before: OLDEST_LOOKED_AT };
      const queries: WordQuery[] = [{ all: [[['call']]], none: [] }];
      const asked = { ...about, queries, limit: 20, frequent: NOT_COUNTED };
      await tx.rows(sql`set local enable_seqscan = off`);
      const plans: string[] = [];
      for (const statement of [...tx.dialect.newest(asked), ...tx.dialect.older(asked)]) {
        plans.push(JSON.stringify(await tx.rows(sql`explain ${statement}`)));
      }
      return plans.join();
    });
    expect(plan.match(/Bitmap Index Scan on search_gin/g)).toHaveLength(3);
    expect(plan).not.toMatch(/search_pkey/);
  });

  it.skipIf(engine === 'sqlite')('are looked for by the rare words of a query', async () => {
    await run('ANALYZE search');
    const frequent = await store.read(async (tx) => {
      const counted = tx.dialect.frequentWords?.(tx.tables.search);
      const rows = counted && (await tx.rows<FrequentWord>(counted));
      return new Map(rows?.map(({ word, part }) => [word, part]));
    });
    expect(frequent.get('call')).toBe(1);
    // The newest entries lack it, now and then.
    expect(frequent.get('cmany')).toBeGreaterThan(0.3);
    expect(frequent.get('csome')).toBeCloseTo(0.03, 1);
    expect(frequent.has('cfew')).toBe(false);

    const asked = async (...groups: string[][]) => {
      const all = groups.map((group) => group.map((word) => [word]));
      const [statement] = await store.read(async (tx) => {
        const { search, history_subjects: t } = tx.tables;
        const about = { search, id: t.party_id, entry: t.seq, newest: NEWEST, before: OLDEST_LOOKED_AT };
        return tx.dialect.older({ ...about, queries: [{ all, none: [] }], limit: 20, frequent });
      });
      if (!statement) throw new Error('no statement');
      const [json] = new PgDialect().sqlToQuery(statement).params;
      const [{ parts, tested }] = JSON.parse(json as string);
      const wordsOf = (text: string | null) => text?.match(/[a-z]+/g) ?? [];
      return { index: parts.flatMap(wordsOf), tested: wordsOf(tested), marked: /###/.test(parts.join()) };
    };
    const found = await asked(['call'], ['cfew'], ['cmany']);
    expect(found).toEqual({ index: ['cfew'], tested: ['call', 'cmany'], marked: false });
    expect(await asked(['csome'], ['call'])).toEqual({
      index: ['csome'],
      tested: ['call'],
      marked: true,
    });
    // Nothing that is much rarer stands beside them, or only among alternatives.
    for (const groups of [
      [['call']],
      [['call'], ['cmany']],
      [['csome'], ['cfew']],
      [['call'], ['cfew', 'cmany']],
    ]) {
      expect(await asked(...groups)).toMatchObject({ index: groups.flat(), tested: [] });
    }
  });
});
