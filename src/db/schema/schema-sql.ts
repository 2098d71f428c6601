import { getTableColumns } from 'drizzle-orm';
import {
  INDEXED_CHARACTERS,
  type Index,
  type Kit,
  type Reference,
  type Shape,
  shapeOf,
  sqliteKit,
} from './columns.js';
import { markedWords } from './entry-ages.js';
import { linkTriggers } from './link-triggers.js';
import { pastTables, viewsAsOf, withPast } from './past.js';
import { postgresKit } from './postgres-columns.js';
import { defineTables, type Tables } from './tables.js';

/** The SQL that makes the tables of `tables.ts`, for either engine: what `npm run schema` writes into `migrations/`. */

type Engine = 'sqlite' | 'postgres';
const kits: Record<Engine, Kit> = { sqlite: sqliteKit, postgres: postgresKit };

interface Column {
  name: string;
  primary: boolean;
  notNull: boolean;
  getSQLType(): string;
  dataType: string;
}

const header = `-- The register, as \`src/db/schema/tables.ts\` declares it. Written by \`npm run schema\` and reviewed; once a release has it,
-- a change is a migration of its own.
`;

export function schemaSql(engine: Engine): string {
  const tables = defineTables(kits[engine]);
  const past = pastTables(kits[engine]);
  const statements = Object.entries(tables).flatMap(([name, table]) => {
    const shape = shapeOf(table);
    if (shape.fullText) return fullTextSql(engine, name, columnsOf(table));
    const kept = past[`${name}_past`];
    return [
      ...tableSql(engine, name, columnsOf(table), shape),
      ...(kept ? pastSql(engine, `${name}_past`, columnsOf(kept), shape) : []),
    ];
  });
  const own =
    engine === 'sqlite' ? sqliteTriggers(tables) : [...postgresViews(tables), ...postgresTriggers(tables)];
  return `${header}\n${[...statements, ...own].join('\n')}\n`;
}

const columnsOf = (table: object): Column[] =>
  Object.values(getTableColumns(table as Tables['reserved_keys'])) as unknown as Column[];

function tableSql(engine: Engine, name: string, columns: Column[], shape: Shape): string[] {
  const lines = columns.map((column) => columnSql(engine, column, shape));
  if (shape.primaryKey) lines.push(`PRIMARY KEY (${shape.primaryKey.join(', ')})`);
  if (shape.unique) lines.push(`UNIQUE (${shape.unique.join(', ')})`);
  for (const check of shape.checks ?? []) lines.push(`CHECK (${check})`);
  return [
    create(engine, name, lines, shape.primaryKey !== undefined),
    ...indexesSql(engine, name, shape.indexes),
    ...(shape.first ? [`INSERT INTO ${name} VALUES (${shape.first});`] : []),
  ];
}

/**
 * SQLite keeps only the index, without the texts. Its tokenizer splits them at spaces, as they hold only letters and
 * digits otherwise. It writes after each 256 KB of words, and merges when it is told to, as both hold the event loop.
 * `verify` reads the views of the contents of the index.
 */
function fullTextSql(engine: Engine, name: string, columns: Column[]): string[] {
  if (engine === 'sqlite') {
    return [
      `\nCREATE VIRTUAL TABLE ${name} USING fts5(words, content='', columnsize=0, tokenize='ascii');`,
      `INSERT INTO ${name} (${name}, rank) VALUES ('hashsize', 262144), ('automerge', 0);`,
      `CREATE VIRTUAL TABLE ${name}_terms USING fts5vocab(${name}, row);`,
      `CREATE VIRTUAL TABLE ${name}_instances USING fts5vocab(${name}, instance);`,
    ];
  }
  const lines = columns.map((column) => columnSql(engine, column, {}));
  // With a list of pending entries each search would go through all that were written since the last vacuum.
  const index = `CREATE INDEX ${name}_gin ON ${name} USING gin (${markedWords('words', 'rowid')}) WITH (fastupdate = off);`;
  return [create(engine, name, lines, false), index];
}

/** A table of the past has no constraints: only triggers insert rows, which were checked before. */
function pastSql(engine: Engine, name: string, columns: Column[], shape: Shape): string[] {
  const key = shape.primaryKey ?? columns.filter(({ primary }) => primary).map((column) => column.name);
  const lines = columns.map((column) => plainColumn(engine, column));
  if (key.length > 0) lines.push(`PRIMARY KEY (${[...key, 'valid_from'].join(', ')})`);
  return [
    create(engine, name, lines, shape.primaryKey !== undefined),
    ...indexesSql(engine, name, shape.indexes),
  ];
}

/** SQLite stores a table in the order of its key where the key is more than an id. */
function create(engine: Engine, name: string, lines: string[], clustered: boolean): string {
  const options = engine === 'postgres' ? '' : clustered ? ' STRICT, WITHOUT ROWID' : ' STRICT';
  return `\nCREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n)${options};`;
}

/** Texts are compared bytewise, as SQLite does. */
function plainColumn(engine: Engine, column: Column): string {
  const type = column.getSQLType().toUpperCase();
  const collation = engine === 'postgres' && type === 'TEXT' ? ' COLLATE "C"' : '';
  return `${column.name} ${type}${collation}${column.notNull || column.primary ? ' NOT NULL' : ''}`;
}

function columnSql(engine: Engine, column: Column, shape: Shape): string {
  const parts = [plainColumn(engine, column)];
  if (column.primary) parts.push('PRIMARY KEY');
  if (column.primary && shape.numbered) {
    if (engine === 'sqlite') parts.push('AUTOINCREMENT');
    else parts.push('GENERATED BY DEFAULT AS IDENTITY');
  }
  const to = shape.references?.[column.name];
  if (to && !(engine === 'postgres' && shape.linksOf))
    parts.push(referenceSql(typeof to === 'string' ? { to } : to));
  if (engine === 'sqlite' && column.dataType === 'boolean') parts.push(`CHECK (${column.name} IN (0, 1))`);
  return parts.join(' ');
}

const referenceSql = ({ to, key = 'id', cascade, deferred }: Reference): string =>
  `REFERENCES ${to} (${key})${cascade ? ' ON DELETE CASCADE' : ''}${deferred ? ' DEFERRABLE INITIALLY DEFERRED' : ''}`;

function indexesSql(engine: Engine, table: string, indexes: Shape['indexes'] = {}): string[] {
  return Object.entries(indexes).map(([end, index]) => indexSql(engine, table, end, index));
}

function indexSql(engine: Engine, table: string, end: string, index: Index): string {
  const { columns, where, longText } = 'columns' in index ? index : { columns: index };
  const name = `CREATE INDEX ${table}_${end} ON ${table}`;
  if (longText && engine === 'postgres') {
    const [text, ...rest] = columns;
    return longText === 'equality'
      ? `${name} USING hash (${text});`
      : `${name} (left(${text}, ${INDEXED_CHARACTERS}), ${rest.join(', ')});`;
  }
  return `${name} (${columns.join(', ')})${where ? ` WHERE ${where}` : ''};`;
}

const NOW = '(SELECT at FROM commit_clock)';
const NOT_NOW = 'valid_from must be the instant of the write';
const APPEND_ONLY = (table: string) => `${table} is append-only`;

/** What was changed twice, or made and removed, at one instant leaves nothing behind. */
function sqliteTriggers(tables: Tables): string[] {
  const keep = withPast(tables).flatMap((name) => {
    const old = columnsOf(tables[name]).map((column) => `OLD.${column.name}`);
    const move = `INSERT INTO ${name}_past SELECT at, ${old.join(', ')} FROM commit_clock WHERE OLD.valid_from < at;`;
    return [
      `\nCREATE TRIGGER ${name}_changed AFTER UPDATE ON ${name}
BEGIN
  SELECT RAISE(ABORT, '${NOT_NOW}') WHERE NEW.valid_from <> ${NOW};
  ${move}
END;`,
      `CREATE TRIGGER ${name}_removed AFTER DELETE ON ${name}
BEGIN
  ${move}
END;`,
    ];
  });
  return [...keep, ...appendOnly(tables).flatMap((name) => sqliteGuards(name, shapeOf(tables[name])))];
}

const appendOnly = (tables: Tables): (keyof Tables)[] =>
  Object.entries(tables).flatMap(([name, table]) =>
    shapeOf(table).appendOnly ? (name as keyof Tables) : [],
  );

/** A replacing insert is refused, too: REPLACE fires no DELETE trigger unless recursive_triggers is on. */
function sqliteGuards(name: string, { unique = [] }: Shape): string[] {
  const abort = `BEGIN SELECT RAISE(ABORT, '${APPEND_ONLY(name)}'); END;`;
  const alike = unique.map((column) => `${column} = NEW.${column}`).join(' AND ');
  // Two look-ups: as one with OR, statistics of a small register would make it a scan.
  return [
    `\nCREATE TRIGGER ${name}_no_update BEFORE UPDATE ON ${name}\n${abort}`,
    `CREATE TRIGGER ${name}_no_delete BEFORE DELETE ON ${name}\n${abort}`,
    `CREATE TRIGGER ${name}_no_replace BEFORE INSERT ON ${name}
WHEN EXISTS (SELECT 1 FROM ${name} WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM ${name} WHERE ${alike})\n${abort}`,
  ];
}

const postgresViews = (tables: Tables): string[] => [
  '\n-- Reads of the past set the instant, in milliseconds since 1970 and as text.',
  ...viewsAsOf(tables, {
    at: "current_setting('attested.as_of')::bigint",
    text: "current_setting('attested.as_of_text')",
  }).map(([name, select]) => `CREATE VIEW ${name} AS ${select};`),
];

function postgresTriggers(tables: Tables): string[] {
  const guarded = appendOnly(tables);
  const keeping = (event: string) =>
    `CREATE TRIGGER ${event} FOR EACH STATEMENT EXECUTE FUNCTION keep_past();`;
  return [
    `\n-- What was changed twice, or made and removed, at one instant leaves nothing behind. One call keeps all rows of a statement.
CREATE FUNCTION keep_past() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := ${NOW};
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT FROM new_rows WHERE valid_from <> now_at) THEN
      RAISE EXCEPTION '${NOT_NOW}';
    END IF;
  END IF;
  IF EXISTS (SELECT FROM old_rows WHERE valid_from < now_at) THEN
    EXECUTE format('INSERT INTO %I SELECT $1, * FROM old_rows WHERE valid_from < $1', TG_TABLE_NAME || '_past')
      USING now_at;
  END IF;
  RETURN NULL;
END;
$$;`,
    ...withPast(tables).flatMap((name) => [
      keeping(
        `${name}_changed AFTER UPDATE ON ${name} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows`,
      ),
      keeping(`${name}_removed AFTER DELETE ON ${name} REFERENCING OLD TABLE AS old_rows`),
    ]),
    ...Object.entries(tables).flatMap(([name, table]) => linkTriggers(name, shapeOf(table))),
    `\nCREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END;
$$;`,
    ...guarded.flatMap((name) => [
      `CREATE TRIGGER ${name}_no_change BEFORE UPDATE OR DELETE ON ${name} FOR EACH ROW EXECUTE FUNCTION refuse_change();`,
      `CREATE TRIGGER ${name}_no_truncate BEFORE TRUNCATE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
    ]),
  ];
}
