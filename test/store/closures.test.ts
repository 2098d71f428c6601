import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  leadInCircle,
  leadsBack,
  linksFrom,
  linksIn,
  reachedBy,
  type Walk,
} from '../../src/db/query/closures.js';
import { type TestApp, testApp } from '../support/app.js';
import { engines, openRegister } from '../support/engines.js';
import { seeded } from '../support/random.js';

/** What links lead to, held against a search in memory. In the present one query follows them all; in the past each step has its own. */

type Link = [from: string, to: string];

/** All that links lead to from some objects, and these. */
function reachable(start: readonly string[], links: readonly Link[]): string[] {
  const found = new Set(start);
  for (const id of found) for (const [from, to] of links) if (from === id) found.add(to);
  return [...found].sort();
}

const reversed = (links: readonly Link[]): Link[] => links.map(([from, to]) => [to, from]);

const SIZE = 40;
const NOW = '2026-01-01T00:00:00.000Z';

describe.each(engines)('links on %s', (engine) => {
  const random = seeded(11);
  const wholes: Link[] = [];
  const sections: Link[] = [];
  const unpublished: Link[] = [];
  const origins: Link[] = [];
  const older: Link[] = [];
  const spoken: Link[] = [];
  let t: TestApp;
  /** Ids by key. */
  let ids: Map<string, string>;

  beforeAll(async () => {
    t = await testApp({ on: await openRegister(engine) });
    t.setClock(NOW);
    const keys = (letter: string) => Array.from({ length: SIZE }, (_, i) => `${letter}-${i}`);
    /** Some of those before an object, so that no circle comes about. */
    const earlier = (letter: string, i: number, most: number) =>
      random.some(keys(letter).slice(Math.max(0, i - 4), i), 0, most);
    const noted = (links: Link[], from: string, to: string[]) => {
      for (const one of to) links.push([from, one]);
      return to;
    };
    const post = (type: string, body: object) => ({ method: 'POST', type, body });
    const operations = [
      ...keys('p').map((key, i) => {
        const [part_of = null] = noted(wholes, key, earlier('p', i, 1));
        return post('party', { key, kind: 'other', name: key, part_of });
      }),
      ...keys('s').map((key, i) => {
        const [part_of = null] = noted(sections, key, earlier('s', i, 1));
        const derived_from = noted(origins, key, earlier('s', i, 2));
        const supersedes = noted(older, key, earlier('s', i, 2));
        const publisher = random.chance(0.3) ? 'p-0' : null;
        if (part_of !== null && publisher === null) unpublished.push([key, part_of]);
        return post('source', {
          ...{ key, type: 'report', title: key, publisher },
          ...{ part_of, derived_from, supersedes },
        });
      }),
      // What is said of sources may lead in a circle.
      ...keys('s').map((source) => {
        const about_source = random.pick(keys('s'));
        noted(spoken, source, [about_source]);
        return post('attribution', { about_source, source, party: 'p-0', stance: 'denies' });
      }),
    ];
    const { status, json, text } = await t.send('POST', '/v1/batch', { operations });
    expect(status, text).toBe(200);
    ids = new Map(json.items.map(({ id, key }: { id: string; key: string }) => [key, id]));
  });
  afterAll(() => t.close());

  const keysOf = (letter: string) => [...ids.keys()].filter((key) => key?.startsWith(letter));
  const parties = () => random.some(keysOf('p'), 1, 2);
  const sources = () => random.some(keysOf('s'), 1, 3);
  const walks: [walk: Walk, links: () => Link[], start: () => string[]][] = [
    ['parts', () => reversed(wholes), parties],
    ['wholes', () => wholes, parties],
    ['spokenOf', () => [...reversed(sections), ...spoken], sources],
    ['derived', () => reversed([...sections, ...origins]), sources],
    ['publishedWith', () => unpublished, sources],
    ['drawnOn', () => [...sections, ...origins], sources],
    ['known', () => [...sections, ...origins, ...reversed(spoken)], sources],
    ['superseded', () => older, sources],
  ];
  const idsOf = (keys: readonly string[]) => keys.map((key) => ids.get(key)!).sort();

  it.each(walks)('%s leads to all that can be reached, now and in the past', async (walk, links, start) => {
    for (let n = 0; n < 15; n++) {
      const keys = start();
      const expected = idsOf(reachable(keys, links()));
      for (const asOf of [undefined, NOW]) {
        const found = await t.store.read((tx) => reachedBy(tx, walk, idsOf(keys)), { asOf });
        expect([...found].sort()).toEqual(expected);
      }
    }
  });

  it.each(walks)('%s gives the links themselves, with others beside them', async (walk, links, start) => {
    for (let n = 0; n < 5; n++) {
      const [from, to] = [start()[0]!, start()[0]!];
      const expected = reachable([from], [...links(), [from, to]]);
      const also = new Map([[idsOf([from])[0]!, idsOf([to])]]);
      const found = await t.store.read((tx) => linksFrom(tx, walk, idsOf([from]), also));
      const led = [...found].flatMap(([one, others]) => others.map((other): Link => [one, other]));
      expect(reachable(idsOf([from]), led)).toEqual(idsOf(expected));
    }
  });

  it.each(walks)('%s leads a write to the same in steps, of few objects each', async (walk, links, start) => {
    for (let n = 0; n < 5; n++) {
      const keys = start();
      // More than one statement of a write may lead to.
      const many = [...keysOf(keys[0]!.slice(0, 1)), ...keys].slice(-60);
      for (const some of [keys, many]) {
        const found = await t.store.write((tx) =>
          reachedBy({ ...tx, dialect: { ...tx.dialect, rowsAtOnce: 150 } }, walk, idsOf(some)),
        );
        expect([...found].sort()).toEqual(idsOf(reachable(some, links())));
      }
    }
  });

  it.each(walks)('%s tells from which objects it leads to another', async (walk, links, start) => {
    for (let n = 0; n < 5; n++) {
      const [keys, target] = [start(), start()[0]!];
      const isBack = await t.store.read((tx) => leadsBack(tx, walk, idsOf(keys), ids.get(target)!));
      const led = keys.filter((key) => reachable([key], links()).includes(target));
      expect(keys.filter((key) => isBack(ids.get(key)!))).toEqual(led);
    }
  });

  it('nothing leads to nothing', async () => {
    for (const asOf of [undefined, NOW]) {
      expect(await t.store.read((tx) => reachedBy(tx, 'known', []), { asOf })).toEqual([]);
    }
  });
});

describe.each(engines)('each step on %s', async (engine) => {
  const register = await openRegister(engine);
  const t = await testApp({ on: register });
  const keys = Array.from({ length: 200 }, (_, i) => `star-${i}`);
  const post = (type: string, body: object) => ({ method: 'POST', type, body });
  const said = (source: string) => ({ party: 'who', source, stance: 'asserts' });
  for (const operations of [
    [post('party', { key: 'who', kind: 'other', name: 'Who' })],
    keys.map((key, i) =>
      post('source', { key, type: 'report', title: key, part_of: i === 0 ? null : 'star-0' }),
    ),
    keys.map((source) => post('claim', { text: source, attributions: Array(12).fill(said(source)) })),
    keys.map((about_source) => post('attribution', { ...said('star-0'), about_source })),
  ]) {
    expect((await t.send('POST', '/v1/batch', { operations })).status).toBe(200);
  }
  await register.sql('ANALYZE');
  /** Of how many rows SQLite is told that they are in each index, all of them with the same value in each column but the last. */
  const counts = engine === 'sqlite' ? [30_000, 1] : [null];
  const skew = async (count: number) => {
    const indexes = await register.sql("SELECT idx, stat FROM sqlite_stat1 WHERE idx NOT LIKE 'sqlite_%'");
    for (const { idx, stat } of indexes) {
      const skewed = String(stat).replace(/\d+(?= )/g, String(count));
      await register.sql(`UPDATE sqlite_stat1 SET stat = '${skewed}' WHERE idx = '${idx}'`);
    }
  };

  it.each<[Walk, RegExp[]]>([
    // Most attributions in a source speak of claims.
    ['spokenOf', [/sources_part_of/, /attributions_source/, /source_id( = \S+ AND |=\? AND )\(?claim_id/]],
    ['derived', [/sources_part_of/]],
    ['known', [/attributions_about_source/]],
  ])('of the walk %s is looked up by an index, whatever the statistics say', async (walk, indexes) => {
    for (const count of counts) {
      if (count !== null) await skew(count);
      // Statistics are read when a connection is opened.
      const store = await register.another();
      const plan = await store.write(async (tx) => {
        const reached = tx.dialect.reached(sql`${'["x"]'}`, linksIn(tx, walk));
        const explain = sql.raw(engine === 'sqlite' ? 'explain query plan' : 'explain');
        return JSON.stringify(await tx.rows(sql`${explain} select id from ${reached} as walked`));
      });
      await store.close();
      for (const index of indexes) expect(plan).toMatch(index);
      // A range is of all rows with a value; a skip-scan goes through all values of the first column of an index.
      const searched = /SCAN (sources|attributions)|\w>\?|ANY\(|Seq Scan on (sources|attributions)/;
      expect(plan).not.toMatch(searched);
    }
  });
});

describe('a circle', () => {
  const random = seeded(3);

  it('is found where an object is among those to which it leads, and turns are left meanwhile', async () => {
    const results = { circle: 0, none: 0 };
    for (let n = 0; n < 200; n++) {
      const nodes = Array.from({ length: 8 }, (_, i) => `n${i}`);
      const links = Array.from({ length: 7 }, (): Link => [random.pick(nodes), random.pick(nodes)]);
      const map = new Map(
        nodes.map((node) => [node, links.flatMap(([from, to]) => (from === node ? to : []))]),
      );
      const expected = links.some(([from, to]) => reachable([to], links).includes(from));
      let turns = 0;
      const found = await leadInCircle({ yield: async () => (turns += 1) }, map);
      expect(found).toBe(expected);
      if (!found) expect(turns).toBe(nodes.length);
      results[found ? 'circle' : 'none'] += 1;
    }
    expect(Math.min(results.circle, results.none)).toBeGreaterThan(20);
  });
});
