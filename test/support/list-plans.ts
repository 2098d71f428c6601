import { type SQL, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { buildReader } from '../../src/app.js';
import type { ReadStore, Tx } from '../../src/db/store.js';
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
  close(): Promise<void>;
}

/**
 * Answers requests to lists on SQLite by the very code and connections that serve them. What a list selects is explained
 * and not run; it seems to be empty, so that the rows without a value in the order are asked for, too.
 */
export async function planner(store: ReadStore): Promise<Planner> {
  const found = new Set<string>();
  const lookedUp = new Set<string>();
  const explaining = (tx: Tx): Tx => ({
    ...tx,
    async rows<T>(query: SQL) {
      const steps = await tx.rows<Step>(sql`explain query plan ${query}`);
      const plan = planOf(steps);
      if (plan) found.add(plan);
      else for (const step of steps.filter(isWay)) lookedUp.add(wayOf(step.detail));
      return plan ? [] : tx.rows<T>(query);
    },
  });
  const app = await buildReader({
    store: { read: (fn, options) => store.read((tx) => fn(explaining(tx)), options), close: async () => {} },
    limits: boundless,
    cursorSecret: 'secret of the test',
    logger: pino({ level: 'silent' }),
  });
  return {
    async plansOf(url) {
      found.clear();
      lookedUp.clear();
      const { statusCode, body } = await app.inject(url);
      if (statusCode !== 200) throw new Error(`${url}: ${body}`);
      const by = lookedUp.size > 0 ? `ids by ${[...lookedUp].sort().join(', ')}` : 'ids';
      return [...found].map((plan) => (plan === 'ids' ? by : plan));
    },
    close: () => app.close(),
  };
}

/** Null of statements other than that of a list, which alone joins the documents of its rows. */
function planOf(steps: Step[]): string | null {
  const below = (id: number) => steps.filter(({ parent }) => parent === id);
  const top = below(0);
  if (!top.some(({ detail }) => detail.startsWith('SEARCH history'))) return null;
  const first = top[0]!;
  const ways = first.detail === 'MULTI-INDEX OR' ? below(first.id).flatMap(({ id }) => below(id)) : [first];
  // Lists of ids come as JSON, unless they are short, and are short enough to be sorted.
  const lists = steps.filter(({ detail }) => detail.startsWith('LIST SUBQUERY'));
  const given = lists.every(({ id }) => below(id).some(({ detail }) => detail.startsWith('SCAN json_each')));
  if (given && ways.every(({ detail }) => / \((.* AND )?id=\?\)/.test(detail))) return 'ids';
  const sorted = top.some(({ detail }) => detail.includes('TEMP B-TREE'));
  const texts = ways.filter(isWay).map(({ detail }) => wayOf(detail));
  return texts.join(' | ') + (sorted ? ', sorted' : '');
}

const isWay = ({ detail }: Step): boolean => /^(SEARCH|SCAN) main\./.test(detail);

/** `SEARCH main.claims USING INDEX claims_kind (kind=?)` is `claims_kind (kind=?)`. */
const wayOf = (detail: string): string => {
  const [, verb, place] = /^(SEARCH|SCAN) main\.(?:.* INDEX (?:sqlite_autoindex_)?)?(.*)$/.exec(detail)!;
  return verb === 'SCAN' ? `all of ${place}` : place!;
};
