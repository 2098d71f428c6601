import { afterAll, describe, expect, it } from 'vitest';
import { loadSeeds, seedFolder } from '../../src/transfer/seed.js';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { type Engine, engines, openRegister } from '../support/engines.js';
import { scriptedIds } from '../support/ids.js';
import { seeded } from '../support/random.js';

/** Random and hostile searches and names: none fails, and SQLite and PostgreSQL answer alike. */

const AT = '2026-01-31T09:00:00.000Z';

async function sample(engine: Engine) {
  const register = await openRegister(engine);
  await loadSeeds(register.store, AT, seedFolder, scriptedIds());
  // Cursors are signed, and both registers must sign alike.
  await register.store.write((tx) =>
    tx.db.insert(tx.tables.settings).values({ name: 'cursor_secret', value: 'the same' }),
  );
  return testApp({ on: register });
}

const pieces = [
  ...[
    'stipend',
    'Taliban',
    'pakistan',
    'UN',
    'monitoring team',
    'fighters',
    'Haqqani',
    'Kabul',
    '2024',
    '10,000',
  ],
  ...[
    'tal*',
    'pak*',
    'a*',
    'fi*',
    '*',
    '**',
    '*a',
    '"',
    '""',
    '"Islamic State',
    'Emirate"',
    '-',
    '--',
    '-airport',
  ],
  ...[
    '-"',
    '-*',
    'OR',
    'OR OR',
    'AND',
    'NOT',
    'NEAR(',
    'NEAR(a b, 2)',
    ')',
    '(',
    '((',
    '^',
    ':',
    'words:cash',
  ],
  ...[
    'rowid:1',
    'search:x',
    'doc',
    '{c a}:',
    '+',
    '~',
    '\\',
    "'",
    "''",
    "';--",
    '%',
    '_',
    '\u0001',
    '\u007F',
    '&',
    '|',
  ],
  ...[
    '!',
    '!!',
    '<->',
    '<2>',
    "'a' & 'b'",
    ':*',
    'a:*',
    'a:A',
    '塔利班',
    '塔',
    'علي',
    'تحریک طالبان',
    '٣',
    'ß',
    'İ',
  ],
  ...[
    '\uE000',
    '\u{1F600}',
    '\u202E',
    '\u200B',
    '\u0301',
    '한국',
    'é',
    'ctaliban',
    'ptaliban',
    'x'.repeat(90),
  ],
  ...['塔'.repeat(20), '.', ',', '\t', '\n', '“', '”', '«', '–', '…', 'null', 'undefined', '$1', '?', '0'],
];

/** What else a query of the Reconciliation API may tell, sense or none. */
const narrowed: object[] = [
  {},
  {},
  { type: 'person' },
  { type: ['source', 'predicate'] },
  { properties: [{ pid: 'country', v: 'AF' }] },
  { properties: [{ pid: 'born', v: "'; drop table parties; --" }] },
  { properties: [{ pid: 'identifiers', v: ['wikidata:Q1', ':', ''] }] },
  { properties: [{ pid: 'url', v: 'https://%zz' }], type: 'source' },
];

describe.each(engines.filter((engine) => engine !== 'sqlite'))(
  'searches on %s and on sqlite',
  async (engine) => {
    const [left, right] = [await sample('sqlite'), await sample(engine)];
    afterAll(() => Promise.all([left.close(), right.close()]));
    const random = seeded(1_717);
    const query = () => {
      const some = Array.from({ length: 1 + random.below(5) }, () => random.pick(pieces));
      return random.chance(0.1) ? some.map((piece) => piece.split('').reverse().join('')) : some;
    };
    const asked = () => query().join(random.pick(['', ' ', ' ', ' OR ']));

    const searches = effort(40, 500);
    it(`${searches} of them get equal answers`, { timeout: 1_200_000 }, async () => {
      let found = 0;
      let refused = 0;
      for (let i = 0; i < searches; i++) {
        const q = asked();
        const facets = 'predicate,party,source,publisher,support,stance,year,place,topic';
        const urls = [
          `/v1/search?${new URLSearchParams({ q, limit: '5', ...(i % 5 === 0 && { facets }) })}`,
          `/v1/suggest?${new URLSearchParams({ q })}`,
          `/v1/${random.pick(['claims', 'attributions', 'sources', 'parties'])}?${new URLSearchParams({ q, limit: '3', count: 'exact' })}`,
        ];
        for (const url of urls) {
          const one = await alike(url);
          if (one.status === 200) found += one.body.items.length > 0 ? 1 : 0;
          else {
            refused += 1;
            expect(one.status).toBe(400);
            expect(one.body.errors[0].detail).toMatch(
              /^at character \d+: (this search only excludes|a search takes)/,
            );
          }
        }
      }
      expect(found).toBeGreaterThan(searches / 4);
      expect(refused).toBeLessThan(searches / 2);
    });

    const names = effort(12, 60);
    it(`${names} batches of names get equal answers`, { timeout: 1_200_000 }, async () => {
      let found = 0;
      for (let i = 0; i < names; i++) {
        const texts = [asked(), asked(), asked(), random.pick(pieces)];
        const queries = JSON.stringify(
          Object.fromEntries(
            texts.map((query, j) => [`${j}`, { query, limit: 3, ...random.pick(narrowed) }]),
          ),
        );
        for (const [url, statuses] of [
          [`/v1/parties/match?${new URLSearchParams({ name: texts[0]! })}`, [200]],
          [`/reconcile?${new URLSearchParams({ queries })}`, [200, 400]],
          [`/reconcile/suggest/entities?${new URLSearchParams({ prefix: texts[1]!.slice(0, 200) })}`, [200]],
        ] as const) {
          const { status, body } = await alike(url);
          expect(statuses, `${url}: ${status}`).toContain(status);
          const items = body.items ?? body.result ?? body[0]?.result ?? [];
          if (items.length > 0) found += 1;
        }
      }
      expect(found).toBeGreaterThan(names / 5);
    });

    /** The answer, which both give. */
    async function alike(url: string) {
      const answers = [await left.send('GET', url), await right.send('GET', url)];
      const [one, other] = answers.map(({ status, json }) => {
        const { request_id: _request, ...body } = json;
        return { url, status, body };
      });
      expect(other).toEqual(one);
      return one!;
    }
  },
);
