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
  /** The statement that makes it; none for tables, whose rows would have to come back with them. */
  make?: string;
  /** The statement that drops it; none where `make` replaces it. */
  drop?: string;
}

/** The guards that the migrations make, and those that the register has. */
export interface Guards {
  expected: Guard[];
  found: Guard[];
}

/** A name as it can stand in a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Types of guards that change what a write does where they were added. */
const intruding: ReadonlySet<string> = new Set(['trigger', 'rule']);

interface GuardFault {
  text: string;
  /** The statements that repair it; null where only a backup can. */
  repair: string[] | null;
}

const titleOf = ({ type, name, on }: Guard) => (name === on ? `${type} ${name}` : `${type} ${name} on ${on}`);

function faultsOf({ expected, found }: Guards): GuardFault[] {
  const actual = new Map(found.map((guard) => [titleOf(guard), guard]));
  const known = new Set(expected.map(titleOf));
  const tables = new Set(expected.map(({ on }) => on));
  const faults = expected.flatMap((guard): GuardFault[] => {
    const [title, { make }] = [titleOf(guard), guard];
    const is = actual.get(title);
    if (is?.sql === guard.sql) return [];
    const repair = make === undefined ? null : is?.drop === undefined ? [make] : [is.drop, make];
    return [{ text: `${title} ${is ? 'was altered' : 'is missing'}`, repair }];
  });
  const strangers = found.filter(
    (guard) => intruding.has(guard.type) && tables.has(guard.on) && !known.has(titleOf(guard)),
  );
  return [
    ...faults,
    ...strangers.map(
      (guard): GuardFault => ({
        text: `${titleOf(guard)} is not of this program`,
        repair: guard.drop === undefined ? null : [guard.drop],
      }),
    ),
  ];
}

/** What is wrong with the guards of a register, one phrase each. */
export const guardFaults = (guards: Guards): string[] => faultsOf(guards).map(({ text }) => text);

/** What is wrong with them, and the statements that put it right. Throws where only a backup can. */
export function guardRepairs(guards: Guards): { faults: string[]; statements: string[] } {
  const faults = faultsOf(guards);
  const lost = faults.filter(({ repair }) => repair === null).map(({ text }) => text);
  if (lost.length > 0) {
    throw new Error(
      `${lost.join('; ')}. Rows would have to come back with that: restore a backup. Nothing was changed.`,
    );
  }
  return { faults: faults.map(({ text }) => text), statements: faults.flatMap(({ repair }) => repair ?? []) };
}

/** Most faults that a message names. */
const NAMED = 10;

/** Throws where guards are missing or altered: what is written then may be lost to the history without a trace. */
export function refuseGuardFaults(faults: string[]): void {
  if (faults.length === 0) return;
  const more = faults.length > NAMED ? `; and ${faults.length - NAMED} more` : '';
  throw new Error(
    `The guards of the register in the database are damaged: ${faults.slice(0, NAMED).join('; ')}${more}. ` +
      'Run "attested verify" to see what else was changed. Then restore a backup, or, if the guards alone differ, ' +
      'make them again with "attested migrate --repair-guards".',
  );
}
