import { describe, expect, it } from 'vitest';
import { type Facet, MOST_COUNTED, MOST_VALUES } from '../../../src/claims/facets.js';
import { facetsOf } from '../../../src/claims/facets.service.js';
import { sqliteKit } from '../../../src/db/schema/columns.js';
import { defineTables } from '../../../src/db/schema/tables.js';
import { sqliteDialect } from '../../../src/db/sqlite/dialect.js';
import type { Tx } from '../../../src/db/store/store.js';
import { edtfDays, OPEN_START } from '../../../src/lib/edtf.js';

/** How values are counted; `search.test.ts` has where they come from. */

interface Claim {
  support?: string;
  day?: number | null;
  stances?: string[];
}

/** What is counted of claims that the database has found, and of their attributions. */
async function counted(facet: Facet, found: Claim[]) {
  const claims = found.map(({ support = 'none', day = null }, i) => ({
    id: `claim_${i}`,
    ...{ predicate: null, support, day },
  }));
  const words = found.flatMap(({ stances = [] }, i) =>
    stances.map((stance) => ({ claim: `claim_${i}`, party: 'party_1', source: null, stance })),
  );
  const answers = [claims, words];
  const rows = async () => answers.shift() ?? [];
  const tx = { tables: defineTables(sqliteKit), dialect: sqliteDialect, rows } as unknown as Tx;
  const { counts, ...rest } = await facetsOf(tx, [], [facet]);
  const { values, has_more } = counts[facet]!;
  return { ...rest, has_more, values: values.map(({ value, count }) => `${value} ${count}`) };
}

describe('facetsOf', () => {
  it('names the values of most claims first, those of as many by their text', async () => {
    const supports = ['untraced', 'none', 'single', 'single', 'many', 'single', 'none'];
    const { values } = await counted(
      'support',
      supports.map((support) => ({ support })),
    );
    expect(values).toEqual(['single 3', 'none 2', 'many 1', 'untraced 1']);
  });

  it('counts a claim once for each value, however often it has it', async () => {
    const found = [{ stances: ['asserts', 'denies', 'asserts'] }, { stances: ['denies', 'denies'] }, {}];
    expect((await counted('stance', found)).values).toEqual(['denies 2', 'asserts 1']);
  });

  it('names a number of values, and tells whether there are others', async () => {
    const named = (n: number) =>
      counted(
        'support',
        Array.from({ length: n }, (_, i) => ({ support: `s${i}` })),
      );
    const [all, some] = [await named(MOST_VALUES), await named(MOST_VALUES + 1)];
    expect([all.values.length, all.has_more]).toEqual([MOST_VALUES, false]);
    expect([some.values.length, some.has_more]).toEqual([MOST_VALUES, true]);
  });

  it('counts a number of claims, and tells whether these are all', async () => {
    const among = (n: number) =>
      counted(
        'support',
        Array.from({ length: n }, () => ({})),
      );
    expect(await among(MOST_COUNTED)).toMatchObject({ claims: MOST_COUNTED, complete: true });
    expect(await among(MOST_COUNTED + 1)).toEqual({
      ...{ claims: MOST_COUNTED, complete: false, has_more: false },
      values: [`none ${MOST_COUNTED}`],
    });
  });

  it('takes the year in which what is claimed began, where it is known', async () => {
    const days = ['2024-05', '2024', '0987'].map((text) => edtfDays(text)[0]);
    const found = [...days, OPEN_START, null].map((day) => ({ day }));
    expect((await counted('year', found)).values).toEqual(['2024 2', '0987 1']);
  });
});
