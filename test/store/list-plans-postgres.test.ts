import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { foreseeBeside } from '../../src/attributions/attribution-warnings.store.js';
import { foreseeOthers } from '../../src/claims/alike.store.js';
import { encodeReference } from '../../src/db/query/references.js';
import type { Tx } from '../../src/db/store/store.js';
import { foreseeJudged } from '../../src/judgements/judgements.store.js';
import { foreseeNamesakes } from '../../src/parties/match.store.js';
import { partyType } from '../../src/parties/party.js';
import { foreseeSame } from '../../src/relations/relations.store.js';
import { foreseeIdentified } from '../../src/resources/identifiers.store.js';
import { areInUse } from '../../src/resources/in-use.store.js';
import type { ResourceRow } from '../../src/resources/resource-type.js';
import { foreseeAddresses } from '../../src/sources/sources.store.js';
import { testApp } from '../support/app.js';
import { anyPostgres, openRegister } from '../support/engines.js';
import { type Planner, planner } from '../support/list-plans.js';
import { explainedByPostgres } from '../support/list-plans-postgres.js';
import { listQueries, scans, sortsAndFilters } from '../support/list-queries.js';
import { fillSkewed } from '../support/skewed-register.js';

/**
 * How PostgreSQL can find the rows of each list: `list-plans-postgres.txt`. It reckons with the number of rows, so which
 * way it takes depends on the register; here it is told to avoid scans and sorts, and so uses one only where no index
 * serves. Each order must have an index both ways, and each filter one by which few rows are looked up.
 */

/** More copies of a row than are looked up and sorted. */
const COPIES = 2_200;

const SORTED = expect.stringMatching(/, sorted$/);

/** Rows that were read until now, by the statistics of this session. */
async function rowsRead(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ n: unknown }>(
    sql`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as n from pg_stat_xact_user_tables`,
  );
  return Number(row!.n);
}

describe('lists on PostgreSQL', async () => {
  const register = await openRegister(anyPostgres);
  const t = await testApp({ on: register });
  const { json: document } = await t.send('GET', '/openapi.json');
  let plans: Planner;
  beforeAll(async () => {
    await fillSkewed(t, COPIES);
    await register.sql('ANALYZE');
    plans = await planner(t.store, explainedByPostgres);
    return plans.close;
  });

  it('no scan and no sort where an index is needed, and the plans of the snapshot', async () => {
    const lines: string[] = [];
    for (const noun of Object.keys(listQueries)) {
      const { sorts } = sortsAndFilters(document, noun);
      lines.push(`# ${noun}`, '');
      for (const sort of sorts) {
        const [plan, ...others] = await plans.plansOf(`/v1/${noun}?sort=${sort}`);
        expect(await plans.plansOf(`/v1/${noun}?sort=-${sort}`)).toEqual([plan, ...others]);
        expect([sort, plan]).not.toEqual([sort, expect.stringMatching(/all of|(^|, )sorted/)]);
        lines.push(`sort=${sort}: ${[plan, ...others].join(', then ')}`);
      }
      lines.push('');
      const unserved: string[] = [];
      for (const [filter, [few]] of Object.entries(listQueries[noun]!)) {
        // Keys are looked up as references are.
        if (few === null || filter === 'key') continue;
        // A filter on the column of the order is a part of its index.
        const url = `/v1/${noun}?sort=${filter.startsWith('recorded') ? 'updated' : 'created'}&${few}`;
        const page = await plans.plansOf(url);
        const ways = plans.lookedUp();
        // The index of the order is of no use to what was looked up, also behind a row: it leads through all others.
        const behind = (await plans.plansBehind(url)) ?? page;
        if (ways !== '') expect([url, ...page, ...behind]).toEqual([url, SORTED, SORTED]);
        if (ways === '' || ways.includes('all of')) unserved.push(filter);
        lines.push(`${few}: ${ways === '' ? 'row by row' : ways}`);
      }
      expect(Object.keys(scans[noun] ?? {}), noun).toEqual(expect.arrayContaining(unserved));
      lines.push('');
    }
    // Of several indexes that serve, versions of PostgreSQL may choose others.
    if (anyPostgres === 'pglite')
      await expect(lines.join('\n')).toMatchFileSnapshot('list-plans-postgres.txt');
  });

  it.each([
    'claims?topic=few&subject=few',
    'claims?party=few&topic=few&q=few&key=few',
    'claims?published_from=2020&publisher=few&source_status=withdrawn',
    'attributions?party=few&q=few',
    'sources?publisher=few&q=few&published_from=2020',
  ])('/v1/%s: what several filters lead to is looked up as one array', async (list) => {
    expect(await plans.plansOf(`/v1/${list}&sort=-created`)).toEqual([SORTED]);
  });

  it('rows of the past that belong together are found by their indexes', async () => {
    const plan = await t.store.read(
      (tx) =>
        tx.rows<{ 'QUERY PLAN': string }>(
          sql`explain select id from claims_as_of c where created_at < ${'2000'} and exists
            (select 1 from attributions_as_of a where a.claim_id = c.id and a.said_to > 0)`,
        ),
      { asOf: '2000-01-01T00:00:00.000Z' },
    );
    const steps = plan.map((row) => row['QUERY PLAN']);
    expect(steps).toContainEqual(expect.stringMatching(/Index .*on attributions\b/));
    expect(steps).not.toContainEqual(expect.stringMatching(/Seq Scan on attributions\b/));
  });

  it('what refers to none of several objects is told by indexes, not by going through all', async () => {
    const parties = Array.from({ length: 12 }, (_, i) => `party_${i}`);
    await t.store.read(async (tx) => {
      // Where half of the rows are supposed to match, as here, a small table is read whole.
      await tx.rows(sql`select set_config('enable_seqscan', 'off', true)`);
      const before = await rowsRead(tx);
      expect(await areInUse(tx, partyType, parties, new Set())).toBe(false);
      expect((await rowsRead(tx)) - before).toBeLessThan(100);
    });
  });

  const some = Array.from({ length: 12 }, (_, i) => i);
  const party = (i: number) => `party_${i}`;
  const stored = (i: number) => ({ id: `new_${i}`, seq: Number.MAX_SAFE_INTEGER }) as unknown as ResourceRow;
  const who = (i: number) => ({
    ...{ target: `claim_${i}`, party: party(i), stance: 'asserts', said: null, inReplyTo: null },
    ...{ speaker: null, source: null, relays: [] },
  });
  it.each<[string, (tx: Tx) => Promise<void>]>([
    [
      'others about a subject',
      (tx) =>
        foreseeOthers(
          tx,
          some.map((i) => ({
            ...{ stored: stored(i), subject: encodeReference('party', party(i)) },
            ...{ predicate: encodeReference('predicate', `p-${i}`), occurred: '2024' },
          })),
        ),
    ],
    [
      'attributions beside one',
      (tx) =>
        foreseeBeside(
          tx,
          some.flatMap((i) =>
            (['claim_id', 'about_source_id'] as const).map((about) => ({
              ...{ stored: stored(i), about, who: who(i), dated: true },
            })),
          ),
        ),
    ],
    [
      'objects with an identifier',
      (tx) =>
        foreseeIdentified(
          tx,
          'party',
          some.map((i) => ({ id: party(i), identifiers: [{ scheme: 'wikidata', value: `Q${i}` }] })),
        ),
    ],
    [
      'sources at an address',
      (tx) =>
        foreseeAddresses(
          tx,
          some.map((i) => ({ id: `source_${i}`, addresses: [`https://example.org/none/${i}`] })),
        ),
    ],
    ['parties of a name', (tx) => foreseeNamesakes(tx, some.map(party), 10)],
    [
      'relations between claims',
      (tx) =>
        foreseeSame(
          tx,
          some.flatMap((i) =>
            ['supports', 'contradicts'].map((type) => ({
              ...{ related: { from: `claim_${i}`, type, to: `claim_${i + 1}` }, except: 'relation_0' },
            })),
          ),
        ),
    ],
    [
      'judgements of a pair',
      (tx) =>
        foreseeJudged(
          tx,
          some.map((i) => ({ one: `claim_${i}`, other: `claim_${i + 1}` })),
        ),
    ],
  ])('%s: looked up for many by indexes, not by going through all', async (_, foresee) => {
    await t.store.write(async (tx) => {
      const before = await rowsRead(tx);
      await foresee(tx);
      expect((await rowsRead(tx)) - before).toBeLessThan(100);
    });
  });
});
