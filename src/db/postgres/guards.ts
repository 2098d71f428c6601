import { type Guard, type Guards, quoted } from '../migrations/guards.js';
import type { MigrationTarget } from '../migrations/migrate.js';

/** The guards of the first schema of the search path, as the server itself writes them. */
const SCHEMA = `WITH space AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema()),
  own AS (SELECT c.* FROM pg_class c JOIN space ON space.oid = c.relnamespace)
SELECT 'table' AS type, relname AS name, relname AS "on", concat(relrowsecurity, ' ',
    (SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attcollation, attnotnull,
      attidentity), ', ' ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = own.oid AND attnum > 0 AND NOT attisdropped)) AS sql
  FROM own WHERE relkind = 'r'
UNION ALL SELECT 'constraint', conname, relname, concat(pg_get_constraintdef(k.oid), ' ', convalidated)
  FROM pg_constraint k JOIN own ON own.oid = conrelid WHERE contype NOT IN ('n', 't')
UNION ALL SELECT 'view', relname, relname, pg_get_viewdef(oid) FROM own WHERE relkind = 'v'
UNION ALL SELECT 'rule', rulename, relname, pg_get_ruledef(r.oid)
  FROM pg_rewrite r JOIN own ON own.oid = ev_class WHERE rulename <> '_RETURN'
UNION ALL SELECT 'trigger', tgname, relname, concat(pg_get_triggerdef(t.oid), ' ', tgenabled)
  FROM pg_trigger t JOIN own ON own.oid = tgrelid WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, proname, prosrc FROM pg_proc JOIN space ON space.oid = pronamespace`;

/** The statements that make and drop a guard. The server adds to its definition whether it is enabled; that is cut off. */
function statementsOf({ type, name, on, sql }: Guard): Pick<Guard, 'make' | 'drop'> {
  const [named, table, definition] = [quoted(name), quoted(on), sql.replace(/ \w+$/, '')];
  if (type === 'constraint') {
    return {
      make: `ALTER TABLE ${table} ADD CONSTRAINT ${named} ${definition}`,
      drop: `ALTER TABLE ${table} DROP CONSTRAINT ${named}`,
    };
  }
  if (type === 'view') return { make: `CREATE VIEW ${named} AS ${sql}`, drop: `DROP VIEW ${named}` };
  if (type === 'trigger') return { make: definition, drop: `DROP TRIGGER ${named} ON ${table}` };
  return type === 'rule' ? { drop: `DROP RULE ${named} ON ${table}` } : {};
}

/** Functions stand before triggers, and keys before what refers to them. */
const rank = ({ type, sql }: Guard): number =>
  Number(type !== 'constraint') + 2 * Number(sql.startsWith('FOREIGN'));

const FUNCTION = /^CREATE (?:OR REPLACE )?FUNCTION (\w+)[\s\S]*?\$\$([\s\S]*?)\$\$;$/gm;

/**
 * Runs the migrations once more in the temporary schema of the connection and undoes that, so that both sides are
 * written by the same server. Triggers find no temporary functions, so these are compared by their text.
 */
export async function postgresGuards(target: MigrationTarget, migrations: string[]): Promise<Guards> {
  const functions: { statement: string; guard: Guard }[] = [];
  const others = migrations.join('\n').replace(FUNCTION, (statement, name: string, sql: string) => {
    const make = statement.replace(/^CREATE (OR REPLACE )?/, 'CREATE OR REPLACE ');
    functions.push({ statement, guard: { type: 'function', name, on: name, sql, make } });
    return '';
  });
  await target.exec('BEGIN');
  try {
    const [{ schema }] = (await target.rows<{ schema: string }>(
      'SELECT quote_ident(current_schema()) AS schema',
    )) as [{ schema: string }];
    const plain = (guards: Guard[], space: string) =>
      guards
        .map((guard) => ({ ...guard, sql: guard.sql.replaceAll(`${space}.`, '') }))
        .map((guard) => ({ ...guard, ...statementsOf(guard) }));
    const found = plain(await target.rows<Guard>(SCHEMA), schema);
    const has = new Set(found.map(({ type, name }) => `${type} ${name}`));
    for (const { statement, guard } of functions) {
      if (!has.has(`function ${guard.name}`)) await target.exec(statement);
    }
    await target.exec(`SET LOCAL search_path = pg_temp, ${schema}; ${others}`);
    const made = plain(await target.rows<Guard>(SCHEMA), 'pg_temp');
    const inOrder = made.sort((a, b) => rank(a) - rank(b));
    return { expected: [...functions.map(({ guard }) => guard), ...inOrder], found };
  } finally {
    await target.exec('ROLLBACK');
  }
}
