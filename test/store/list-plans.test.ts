import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { openRegister } from '../support/engines.js';
import { explainedBySqlite, type Planner, planner } from '../support/list-plans.js';
import { combined, listQueries, scans, sortsAndFilters } from '../support/list-queries.js';
import { fillSkewed } from '../support/skewed-register.js';
import { tellStatistics } from '../support/statistics.js';

/**
 * How SQLite finds the rows of each list, by every filter in every order: `list-plans.txt`. A value that few rows have
 * must be looked up, since all others would be visited for it, and values that many have must be met along the index of
 * the order, since these many would be sorted for one page.
 */

/** More copies of a row than are looked up and sorted. */
const COPIES = 3_100;
/** Statistics are counted here, and told to SQLite as those of 100,000 claims. */
const TIMES = 32;

/** Orders of claims that are refused beside `known_by`. */
const STANDING = ['origins', 'attributions', 'activity'];

describe('lists on SQLite', async () => {
  const register = await openRegister('sqlite');
  const t = await testApp({ on: register });
  const { json: document } = await t.send('GET', '/openapi.json');
  let plans: Planner;
  beforeAll(async () => {
    await fillSkewed(t, COPIES);
    plans = await planner(t.store);
    return plans.close;
  });

  const listOf = (noun: string) => sortsAndFilters(document, noun);

  interface Row {
    filter: string;
    /** How many rows match it. */
    matching: 'few' | 'many' | 'both';
    query: string;
    /** The orders in which rows are found in the same way, by that way; `ORDER` is along the index of the order. */
    plans: Map<string, string[]>;
  }

  async function tableOf(noun: string, sorts: readonly string[]): Promise<Row[]> {
    const order = new Map<string, string[]>();
    for (const sort of sorts) {
      const along = await plans.plansOf(`/v1/${noun}?sort=${sort}`);
      order.set(sort, along);
      // The other way round along the same index.
      expect(await plans.plansOf(`/v1/${noun}?sort=-${sort}`)).toEqual(along);
    }
    const row = async (filter: string, matching: Row['matching'], query: string | null): Promise<Row[]> => {
      if (query === null) return [];
      const bySort = new Map<string, string[]>();
      for (const sort of sorts) {
        if (query.includes('known_by') && STANDING.includes(sort)) continue;
        const found = await plans.plansOf(`/v1/${noun}?sort=${sort}&${query}`);
        const named = new Set(found.map((plan) => (order.get(sort)!.includes(plan) ? ORDER : plan)));
        const plan = [...named].join(', then ');
        bySort.set(plan, [...(bySort.get(plan) ?? []), sort]);
      }
      return [{ filter, matching, query, plans: bySort }];
    };
    const rows: Row[] = [];
    for (const [filter, [few, many]] of Object.entries(listQueries[noun]!)) {
      rows.push(...(await row(filter, 'few', few)), ...(await row(filter, 'many', many)));
    }
    for (const query of combined[noun] ?? []) rows.push(...(await row('', 'both', query)));
    return rows;
  }

  it.each(Object.keys(listQueries))('%s: every filter of the document is explained', (noun) => {
    expect(
      Object.keys(listQueries[noun]!).sort(),
      'Give each filter a query in `listQueries` of test/support/list-queries.ts, then run this file with -u.',
    ).toEqual(listOf(noun).filters.sort());
  });

  it.each(Object.keys(listQueries))('%s: without statistics, no scan and no large sort', async (noun) => {
    expect(
      faultsOf(await tableOf(noun, listOf(noun).sorts.slice(1, 2))),
      'Filters that visit or sort all rows: give them an index, or say in `scans` of test/support/list-queries.ts why not.',
    ).toEqual(scansOf(noun));
  });

  it.each(Object.keys(listQueries))('%s: a page behind a row is found as the first one is', async (noun) => {
    const [, sort] = listOf(noun).sorts;
    const how = (found: string[]) => ({
      byIds: found.every((plan) => plan.startsWith('ids')),
      isSorted: found.some((plan) => plan.includes('sorted')),
    });
    let behind = 0;
    for (const query of Object.values(listQueries[noun]!).flat()) {
      if (query === null) continue;
      const url = `/v1/${noun}?sort=${sort}&${query}`;
      const first = how(await plans.plansOf(url));
      const next = await plans.plansBehind(url);
      if (next === null) continue;
      behind++;
      expect({ url, ...how(next) }).toEqual({ url, ...first });
    }
    expect(behind).toBeGreaterThan(0);
  });

  it('an order by what was last said of claims begins where a filter lets it, and other orders look at no older claims', async () => {
    const texts: string[] = [];
    const dialect = new SQLiteSyncDialect();
    const reading = await planner(t.store, (tx, query) => {
      texts.push(dialect.sqlToQuery(query).sql);
      return explainedBySqlite(tx, query);
    });
    for (const [sort, condition] of [
      ['said', ' "claims"."last_said" >= '],
      ['value', ' +"claims"."last_said" >= '],
    ]) {
      texts.length = 0;
      await reading.plansOf(`/v1/claims?said_from=2000&sort=${sort}`);
      expect(texts).toContainEqual(expect.stringContaining(condition!));
    }
    await reading.close();
  });

  it('attributions are not compared with the ids of thousands of sources, which each statement would read', async () => {
    const texts: string[] = [];
    const dialect = new SQLiteSyncDialect();
    const inWorker = await planner(
      t.store,
      (tx, query) => {
        texts.push(dialect.sqlToQuery(query).sql);
        return explainedBySqlite(tx, query);
      },
      2 * COPIES,
    );
    await inWorker.plansOf('/v1/claims?party=many&source_status=current');
    await inWorker.close();
    expect(texts).toContainEqual(expect.stringMatching(/exists \(select 1 from "sources" where .*"status"/));
  });

  it('with statistics, no scan and no large sort, and the plans of the snapshot', async () => {
    await tellStatistics(register, () => TIMES);
    const lines: string[] = [];
    for (const noun of Object.keys(listQueries)) {
      const { sorts } = listOf(noun);
      const table = await tableOf(noun, sorts);
      expect([noun, ...faultsOf(table)]).toEqual([noun, ...scansOf(noun)]);
      lines.push(`# ${noun}`, '');
      for (const { matching, query, plans } of table) {
        lines.push(`${matching.padEnd(5)} ${query}`);
        for (const [plan, of] of plans) {
          lines.push(`      ${of.length === sorts.length ? 'every sort' : of.join(', ')}: ${plan}`);
        }
      }
      lines.push('');
    }
    await expect(lines.join('\n')).toMatchFileSnapshot('list-plans.txt');
  });

  /** The filters by which rows are not found as they should be. */
  const faultsOf = (table: Row[]): string[] => {
    const isFault = (matching: string, plan: string) =>
      (matching === 'few' && /the order|all of/.test(plan)) ||
      (matching === 'many' && plan.includes('sorted'));
    const faults = table.filter(({ matching, plans }) =>
      [...plans.keys()].some((plan) => isFault(matching, plan)),
    );
    return [...new Set(faults.map(({ filter }) => filter))];
  };
  const scansOf = (noun: string) => Object.keys(scans[noun] ?? {});
});

const ORDER = 'the order';
