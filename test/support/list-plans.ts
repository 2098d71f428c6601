import { type SQL, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { buildReader } from '../../src/app.js';
import { FEW } from '../../src/db/store/limits.js';
import type { ReadStore, Tx } from '../../src/db/store/store.js';
import { boundless } from './reads.js';

/** One line of EXPLAIN QUERY PLAN of SQLite. */
interface Step {
  id: number;
  parent: number;
  detail: string;
}

export interface Planner {
  /**
   * How the statements of a page find their rows, each once: `claims_kind (kind=?), sorted`, or `ids by` an
   * index where few were looked up before.
   */
  plansOf(url: string): Promise<string[]>;
  /** The same for the page that begins behind the first row; null where there is no other row. */
  plansBehind(url: string): Promise<string[] | null>;
  /** By what indexes and tables few rows were looked up before, for the page that was explained last. */
  lookedUp(): string;
  close(): Promise<void>;
}

/** How a statement finds its rows. */
export interface Explained {
  /** Null of statements other than those of a list. */
  plan: string | null;
  /** The indexes and tables by which any other looks rows up. */
  ways: string[];
}

/**
 * Answers requests to lists by the very code and connections that serve them. What a list selects is explained and not
 * run; it seems to be empty, so that the rows without a value in the order are asked for, too.
 */
export async function planner(
  store: ReadStore,
  explain: (tx: Tx, query: SQL) => Promise<Explained> = explainedBySqlite,
  few = FEW,
): Promise<Planner> {
  const found = new Set<string>();
  const lookedUp = new Set<string>();
  let isRun = false;
  const explaining = (tx: Tx): Tx => ({
    ...tx,
    async rows<T>(query: SQL) {
      if (isRun) return tx.rows<T>(query);
      const { plan, ways } = await explain(tx, query);
      if (plan) found.add(plan);
      else for (const way of ways) lookedUp.add(way);
      return plan ? [] : tx.rows<T>(query);
    },
  });
  const ways = () => [...lookedUp].sort().join(', ');
  const app = await buildReader({
    store: { read: (fn, options) => store.read((tx) => fn(explaining(tx)), options), close: async () => {} },
    limits: { ...boundless, few },
    cursorSecret: 'secret of the test',
    logger: pino({ level: 'silent' }),
  });
  const pageOf = async (url: string) => {
    const { statusCode, body } = await app.inject(url);
    if (statusCode !== 200) throw new Error(`${url}: ${body}`);
    return JSON.parse(body);
  };
  const plansOf = async (url: string) => {
    found.clear();
    lookedUp.clear();
    await pageOf(url);
    const by = lookedUp.size > 0 ? `ids by ${ways()}` : 'ids';
    return [...found].map((plan) => (plan === 'ids' ? by : plan));
  };
  return {
    plansOf,
    async plansBehind(url) {
      isRun = true;
      const { next_cursor } = await pageOf(`${url}&limit=1`).finally(() => {
        isRun = false;
      });
      return next_cursor && plansOf(`${url.split('?')[0]}?cursor=${encodeURIComponent(next_cursor)}`);
    },
    lookedUp: ways,
    close: () => app.close(),
  };
}

export async function explainedBySqlite(tx: Tx, query: SQL): Promise<Explained> {
  const steps = await tx.rows<Step>(sql`explain query plan ${query}`);
  return { plan: planOf(steps), ways: steps.filter(isWay).map(({ detail }) => wayOf(detail)) };
}

/** Null of what is no list: it joins the documents of its rows, or sorts a few to find those of which the documents are read. */
function planOf(steps: Step[]): string | null {
  const withDocuments = below(steps, 0).some(({ detail }) => detail.startsWith('SEARCH history'));
  if (!withDocuments && !isSorted(steps)) return null;
  if (isByIds(steps)) return 'ids';
  if (!withDocuments) return null;
  const texts = waysIn(steps)
    .filter(isWay)
    .map(({ detail }) => wayOf(detail));
  return texts.join(' | ') + (isSorted(steps) ? ', sorted' : '');
}

const below = (steps: Step[], id: number): Step[] => steps.filter(({ parent }) => parent === id);

/** The steps by which the rows of the list are found. */
function waysIn(steps: Step[]): Step[] {
  const [first] = below(steps, 0);
  if (first?.detail !== 'MULTI-INDEX OR') return first ? [first] : [];
  return below(steps, first.id).flatMap(({ id }) => below(steps, id));
}

/** Ids come as one list of JSON, unless they are few, and are few enough to be sorted. */
function isByIds(steps: Step[]): boolean {
  const lists = steps.filter(({ detail }) => detail.startsWith('LIST SUBQUERY'));
  const given = lists.every(({ id }) =>
    below(steps, id).some(({ detail }) => detail.startsWith('SCAN json_each')),
  );
  return (
    given && lists.length <= 1 && waysIn(steps).every(({ detail }) => / \((.* AND )?id=\?\)/.test(detail))
  );
}

const isSorted = (steps: Step[]): boolean =>
  below(steps, 0).some(({ detail }) => detail.includes('TEMP B-TREE'));

const isWay = ({ detail }: Step): boolean => /^(SEARCH|SCAN) main\./.test(detail);

/** `SEARCH main.claims USING INDEX claims_kind (kind=?)` is `claims_kind (kind=?)`. */
const wayOf = (detail: string): string => {
  const [, verb, place] = /^(SEARCH|SCAN) main\.(?:.* INDEX (?:sqlite_autoindex_)?)?(.*)$/.exec(detail)!;
  return verb === 'SCAN' ? `all of ${place}` : place!;
};
