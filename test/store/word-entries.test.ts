import { expect, it } from 'vitest';
import { putEntries } from '../../src/search/words/entries.store.js';
import { openRegister } from '../support/engines.js';
import { seeded } from '../support/random.js';

/** How the index of words of SQLite is kept small, in steps that hold nobody. */

const random = seeded(3);
const wordsOf = (size: number) => Array.from({ length: size }, () => `w${random.below(20_000)}`);

it('small writes and large ones merge what they add, a few pages at a time', async () => {
  const { store, sql } = await openRegister('sqlite');
  const pages: number[] = [];
  let rowid = 1_000_000;
  const write = (entries: number, words: number) =>
    store.write((tx) => {
      const { mergeWords } = tx.dialect;
      const dialect: typeof tx.dialect = {
        ...tx.dialect,
        mergeWords: (search, most) => {
          pages.push(most);
          return mergeWords!(search, most);
        },
      };
      const made = Array.from({ length: entries }, () => ({
        rowid: ++rowid,
        words: ['all', ...wordsOf(words)].join(' '),
      }));
      return putEntries({ ...tx, dialect }, made);
    });
  /** Parts of the index, each of which every search reads. */
  const parts = async () => Number((await sql('SELECT count(DISTINCT segid) AS n FROM search_idx'))[0]!.n);

  for (let i = 0; i < 600; i += 1) await write(1, 20);
  expect(new Set(pages)).toEqual(new Set([1]));
  expect(await parts()).toBeLessThan(12);
  pages.length = 0;
  for (let i = 0; i < 6; i += 1) await write(2_000, 40);
  expect(Math.max(...pages)).toBe(16);
  expect(await parts()).toBeLessThan(20);
  const found = await sql(`SELECT count(*) AS n FROM search WHERE search MATCH 'all'`);
  expect(found).toEqual([{ n: rowid - 1_000_000 }]);
  const config = await sql(`SELECT k, v FROM search_config WHERE k IN ('automerge', 'hashsize') ORDER BY k`);
  expect(config).toEqual([
    { k: 'automerge', v: 0 },
    { k: 'hashsize', v: 262_144 },
  ]);
  await store.close();
});
