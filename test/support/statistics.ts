import type { TestRegister } from './engines.js';

/**
 * Counts the rows of a register in SQLite and tells the planner of so many times as many. How many have a value of an
 * index stays: a large register has more values. They may be old, and tell of tables as they were at different times.
 */
export async function tellStatistics(
  register: Pick<TestRegister, 'sql'>,
  times: (table: string) => number,
): Promise<void> {
  await register.sql('ANALYZE');
  const rows = await register.sql('SELECT tbl, idx, stat FROM sqlite_stat1');
  const each = rows.map(({ tbl, idx, stat }) => {
    const [rows, ...alike] = String(stat).split(' ');
    return `UPDATE sqlite_stat1 SET stat = '${[Number(rows) * times(String(tbl)), ...alike].join(' ')}' WHERE idx = '${idx}'`;
  });
  // The change of the schema has all connections read them.
  await register.sql(`${each.join('; ')}; DROP TABLE sqlite_stat4`);
}
