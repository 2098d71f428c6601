import { expect, it } from 'vitest';
import { prepared } from '../../../../src/db/query/prepared.js';
import type { Tables } from '../../../../src/db/schema/tables.js';
import type { Built, Db, Tx, Values } from '../../../../src/db/store/store.js';

const tables = () => ({}) as Tables;
const txOf = (db: Db, of: Tables) =>
  ({
    db,
    tables: of,
    yield: async () => {},
    prepare: (query: Built<unknown>) => query.prepare().execute,
  }) as unknown as Tx;

it('prepared: a query is built once for each connection, set of tables and subject, and run with other values', async () => {
  const built: string[] = [];
  const names = new Map<unknown, string>();
  const query = prepared((tx, subject: string) => {
    const about = `${names.get(tx.db)} ${names.get(tx.tables)} ${subject}`;
    built.push(about);
    const execute = async (values?: Values) => [`${about} ${values?.id}`];
    return { prepare: () => ({ execute, getQuery: () => ({ sql: '', params: [] }) }), _: {} };
  });
  const [one, other] = [{} as Db, {} as Db];
  const [present, past] = [tables(), tables()];
  for (const [thing, name] of [
    [one, 'one'],
    [other, 'other'],
    [present, 'present'],
    [past, 'past'],
  ] as const) {
    names.set(thing, name);
  }
  const answers: string[] = [];
  for (const id of ['7', '8']) {
    // The past of a connection of PostgreSQL is read on the connection of its present.
    answers.push(...(await query(txOf(one, present), 'claims', { id })));
    answers.push(...(await query(txOf(one, past), 'claims', { id })));
    answers.push(...(await query(txOf(one, present), 'parties', { id })));
    answers.push(...(await query(txOf(other, present), 'claims', { id })));
  }
  expect(built).toEqual([
    'one present claims',
    'one past claims',
    'one present parties',
    'other present claims',
  ]);
  expect(answers).toEqual(['7', '8'].flatMap((id) => built.map((about) => `${about} ${id}`)));
});
