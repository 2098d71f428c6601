import Database from 'better-sqlite3';
import { type Bench, type Finding, median } from './measure.js';
import { startRegister } from './processes.js';

/** Searches of a kind, with the same words as the index of SQLite has them. */
interface Kind {
  what: string;
  words: [q: string, match: string][];
}

const common = ['border', 'convoy', 'ministry', 'winter', 'payment', 'province', 'talks'];
const pairs = common.map((word, i) => [word, common[(i + 1) % common.length]!] as const);

/** Words of a claim stand behind its letter in the index. */
const kinds: Kind[] = [
  { what: 'a common word', words: common.map((word) => [word, `c${word}`]) },
  { what: 'two common words', words: pairs.map(([one, other]) => [`${one} ${other}`, `c${one} c${other}`]) },
  {
    what: 'a phrase of common words',
    words: pairs.map(([one, other]) => [`"${one} ${other}"`, `"c${one} c${other}"`]),
  },
  {
    what: 'the start of a common word',
    words: common.map((word) => [`${word.slice(0, 4)}*`, `c${word.slice(0, 4)}*`]),
  },
];

const RANKED = 'SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT 20';
const TIMES = 3;
const FACETS = 'predicate,party,source,support,stance,year';

/** The best twenty of the large register, with excerpts, beside the twenty that SQLite itself ranks first; then facets. */
export async function searching({ cli, large }: Bench): Promise<Finding[]> {
  const db = new Database(large.file, { readonly: true });
  const bare = db.prepare(RANKED);
  const server = await startRegister(cli, large.file);
  const address = (q: string, more = '') =>
    `http://127.0.0.1:${server.port}/v1/search?q=${encodeURIComponent(q)}&type=claim&limit=20${more}`;
  const timed = async (act: () => unknown) => {
    const start = performance.now();
    await act();
    return performance.now() - start;
  };
  const answered = (url: string) => async () => {
    const response = await fetch(url);
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    await response.text();
  };
  const findings: Finding[] = [];
  try {
    await answered(address('warm'))();
    for (const { what, words } of kinds) {
      const times = { bare: [] as number[], search: [] as number[], facets: [] as number[] };
      for (let i = 0; i < TIMES; i++) {
        for (const [q, match] of words) {
          times.bare.push(await timed(() => bare.all(match)));
          times.search.push(await timed(answered(address(q))));
          times.facets.push(await timed(answered(address(q, `&facets=${FACETS}`))));
        }
      }
      const [by, of] = [median(times.bare), median(times.search)];
      findings.push(
        {
          what: `search by ${what}, against the bare query`,
          value: of / by,
          unit: '×',
          limit: { most: 3 },
          note: `${of.toFixed(1)} ms; ${by.toFixed(1)} bare, ${large.claims} claims`,
        },
        {
          what: 'the same with facets',
          value: median(times.facets),
          unit: 'ms',
          limit: { most: 200 },
          note: FACETS,
        },
      );
    }
    return findings;
  } finally {
    db.close();
    await server.close();
  }
}
