import { is, Placeholder } from 'drizzle-orm';
import type { Built, Values } from '../store/store.js';

/** A query as one statement for many values: each of them is a row of a table, with which the query is joined. */

/** Rows of cells. */
type Ask = (text: string, params: unknown[]) => Promise<unknown[][]>;

/** What a query selects for each of many values, in their order. It may limit its rows, but not by one of the values. */
export function forEach<Row>(query: Built<Row>, ask: Ask): (all: readonly Values[]) => Promise<Row[][]> {
  const { sql, params } = query.prepare().getQuery();
  const names = Object.keys(query._.selectedFields ?? {});
  const given = new Set<string>();
  const others: unknown[] = [];
  const text = sql.replace(/\$(\d+)/g, (_, place: string) => {
    const param = params[Number(place) - 1];
    if (!is(param, Placeholder)) return `$${others.push(param) + 1}`;
    given.add(param.name);
    return `asked."${param.name}"`;
  });
  const cells = names.map((_, i) => `c${i}`).join(', ');
  return async (all) => {
    const columns = ['n int', ...Array.from(given, (name) => `"${name}" ${typeOf(name, all)}`)].join(', ');
    const statement =
      `select asked.n, found.* from jsonb_to_recordset($1::jsonb) as asked(${columns}) ` +
      `cross join lateral (${text}) as found(${cells})`;
    const asked = JSON.stringify(all.map((values, n) => ({ ...values, n })));
    const rows: Row[][] = all.map(() => []);
    for (const [n, ...found] of await ask(statement, [asked, ...others])) {
      rows[n as number]?.push(Object.fromEntries(names.map((name, i) => [name, found[i]])) as Row);
    }
    return rows;
  };
}

/** Values that are compared with numbers are numbers. */
const typeOf = (name: string, all: readonly Values[]): string =>
  all.some((values) => typeof values[name] === 'number') ? 'bigint' : 'text';
