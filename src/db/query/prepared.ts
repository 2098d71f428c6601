import { type SQL, sql } from 'drizzle-orm';
import { chunksOf } from '../../lib/collections.js';
import { zip } from '../../lib/zip.js';
import type { Tables } from '../schema/tables.js';
import type { Built, Db, Tx, Values } from '../store/store.js';

type Run<Row> = (values?: Values) => PromiseLike<Row[]>;

/**
 * A query that each connection builds once, for those that most requests make: to build one takes several
 * times as long as to run it. What differs from one run to the next stands in it as `sql.placeholder`.
 */
export function prepared<Row, Subject = null>(build: (tx: Tx, subject: Subject) => Built<Row>) {
  // The present and the past may share a connection, but have tables of their own.
  const known = new WeakMap<Db, Map<Tables, Map<Subject, Run<Row>>>>();
  async function run(tx: Tx, subject: Subject, values?: Values): Promise<Row[]> {
    await tx.yield();
    const ofConnection = made(known, tx.db, () => new Map());
    const ofTables = made(ofConnection, tx.tables, () => new Map());
    return made(ofTables, subject, () => tx.prepare(build(tx, subject)))(values);
  }
  return async (tx: Tx, subject: Subject, values?: Values): Promise<Row[]> => {
    if (!tx.noted) return run(tx, subject, values);
    const rows = await run(tx.noted.tx, subject, values);
    tx.noted.log.add((other) => run(other, subject, values) as Promise<object[]>, rows as object[]);
    return rows;
  };
}

/** Values of which one statement asks. */
const VALUES_AT_ONCE = 100;

/**
 * A query that is mostly run for one object after the other. `foresee`, in a write, runs it for many values at once, where each
 * statement costs a round trip; `run` finds those rows again until something is written. An order by which PostgreSQL could go
 * through a table until it has enough rows should be that of an index that begins with the values, or opaque.
 */
export function preparedForEach<Row, Subject extends string | number | null = null>(
  build: (tx: Tx, subject: Subject) => Built<Row>,
) {
  const one = prepared(build);
  const statements = new WeakMap<Db, Map<Subject, (all: readonly Values[]) => Promise<Row[][]>>>();
  const nameOf = (subject: Subject, values: Values) => `${subject} ${JSON.stringify(values)}`;
  /** The rows, if they were looked up ahead. */
  function known(tx: Tx, subject: Subject, values: Values): Row[] | undefined {
    const ahead = tx.pending?.runAhead(one);
    return ahead && ahead.size > 0 ? (ahead.get(nameOf(subject, values)) as Row[] | undefined) : undefined;
  }
  return {
    known,
    run: async (tx: Tx, subject: Subject, values: Values): Promise<Row[]> =>
      known(tx, subject, values) ?? one(tx, subject, values),
    async foresee(tx: Tx, subject: Subject, all: readonly Values[]): Promise<void> {
      const { pending, prepareEach } = tx;
      if (!pending || !prepareEach) return;
      const ofConnection = made(statements, tx.db, () => new Map());
      const each: (all: readonly Values[]) => Promise<Row[][]> = made(ofConnection, subject, () =>
        prepareEach(build(tx, subject)),
      );
      const asked = new Map(all.map((values) => [nameOf(subject, values), values]));
      for (const some of chunksOf([...asked], VALUES_AT_ONCE)) {
        await tx.yield();
        const found: Row[][] = await each(some.map(([, values]) => values));
        for (const [[name], rows] of zip(some, found)) pending.runAhead(one).set(name, rows);
      }
    },
  };
}

/** Parts of queries that hold no values, each built once for each set of tables and shape. */
export function fixedParts() {
  const known = new WeakMap<Tables, Map<string, SQL>>();
  return (tx: Tx, shape: string, build: (tx: Tx) => { toSQL(): { sql: string } }): SQL => {
    const ofTables = made(known, tx.tables, () => new Map());
    return made(ofTables, shape, () => sql.raw(build(tx.noted?.tx ?? tx).toSQL().sql));
  };
}

interface Known<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function made<Key, Value>(known: Known<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = make();
  known.set(key, value);
  return value;
}
