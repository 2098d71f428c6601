/**
 * What the database itself holds against damage: the columns and constraints of tables, triggers, and on PostgreSQL
 * functions and views. Indexes that only make reads fast are none: an operator may add or drop them.
 */
export interface Guard {
  type: string;
  name: string;
  /** The table that it belongs to; its own name where it is one. */
  on: string;
  sql: string;
}

/** The guards that the migrations make, and those that the register has. */
export interface Guards {
  expected: Guard[];
  found: Guard[];
}

/** Types of which one more than expected changes what a write does. */
const intruding: ReadonlySet<string> = new Set(['trigger', 'rule']);

/** What is wrong with the guards of a register, one phrase each. */
export function guardFaults({ expected, found }: Guards): string[] {
  const titleOf = ({ type, name, on }: Guard) =>
    name === on ? `${type} ${name}` : `${type} ${name} on ${on}`;
  const actual = new Map(found.map((guard) => [titleOf(guard), guard.sql]));
  const known = new Set(expected.map(titleOf));
  const tables = new Set(expected.map(({ on }) => on));
  const faults = expected.map(titleOf).flatMap((title, i) => {
    if (!actual.has(title)) return [`${title} is missing`];
    return actual.get(title) === expected[i]!.sql ? [] : [`${title} was altered`];
  });
  const strangers = found.filter(
    (guard) => intruding.has(guard.type) && tables.has(guard.on) && !known.has(titleOf(guard)),
  );
  return [...faults, ...strangers.map((guard) => `${titleOf(guard)} is not of this program`)];
}

/** Faults that a message names. */
const NAMED = 10;

/** Throws where guards are missing or altered: what is written then may be lost to the history without a trace. */
export function refuseGuardFaults(faults: string[]): void {
  if (faults.length === 0) return;
  const more = faults.length > NAMED ? `; and ${faults.length - NAMED} more` : '';
  throw new Error(
    `The guards of the register in the database are damaged: ${faults.slice(0, NAMED).join('; ')}${more}. ` +
      'Run "attested verify" to see what else was changed. Then restore a backup, or, if the guards alone differ, ' +
      'make them again with the statements in migrations/.',
  );
}
