import { getTableColumns } from 'drizzle-orm';
import type { Kit } from './columns.js';
import { defineTables, type Tables } from './tables.js';

/**
 * Reading the register as it was at an instant. Triggers (`migrations/*_versions.sql`) keep every version of
 * every row that reads touch; a view for each of those tables, `claims_as_of` for `claims`, shows the rows of
 * one instant under the columns of the table. Queries are handed the views in place of the tables.
 */

/** The tables that reads of the register touch. History shows what was recorded by then. */
export const versioned = [
  'slugs',
  'parties',
  'party_names',
  'identifiers',
  'sources',
  'source_urls',
  'source_authors',
  'source_derivations',
  'predicates',
  'claims',
  'standing_queue',
  'claim_participants',
  'claim_places',
  'claim_topics',
  'attributions',
  'attribution_relays',
  'relations',
  'assessments',
] as const satisfies readonly (keyof Tables)[];

/** The tables of versions themselves, under their names, for what moves a whole register. */
export function versionTables(kit: Kit): Record<string, Tables['slugs']> {
  const table = (name: string, columns: Record<string, unknown>) => {
    const { attributions_rest: _, ...kept } = columns;
    const instants = { valid_from: kit.long().notNull(), valid_to: kit.long().notNull() };
    return kit.table(`${name}_versions`, { ...kept, ...instants });
  };
  const made = defineTables({ ...kit, table: table as unknown as Kit['table'] });
  return Object.fromEntries(
    versioned.map((name) => [`${name}_versions`, made[name] as unknown as Tables['slugs']]),
  );
}

const viewed: ReadonlySet<string> = new Set([...versioned, 'history']);

/** The tables as queries of the past see them. */
export const tablesAsOf = (kit: Kit): Tables =>
  defineTables({
    ...kit,
    table: ((...[name, columns]: Parameters<Kit['table']>) =>
      kit.table(viewed.has(name) ? `${name}_as_of` : name, columns)) as Kit['table'],
  });

/** Follows from the attributions of that instant; it would be most of the bytes of a claim's versions. */
const attributionsRest = `CASE WHEN attribution_count > 10 THEN (
  SELECT group_concat(doc, ',' ORDER BY height DESC, id) FROM (
    SELECT doc, height, id FROM attributions_as_of WHERE claim_id = v.id ORDER BY height DESC, id LIMIT 90 OFFSET 10
  )) END AS attributions_rest`;

/**
 * The views for a connection to SQLite, on which `as_of()` and `as_of_text()` tell the instant. They are
 * temporary: those of the schema may use no functions of ours. On PostgreSQL they stand in the migration.
 */
export function temporaryViews(tables: Tables): string[] {
  return [...versioned, 'history' as const].map((name) => {
    const columns = Object.values(getTableColumns(tables[name])).map((column) =>
      column.name === 'attributions_rest' ? attributionsRest : `v."${column.name}"`,
    );
    const [rows, condition] =
      name === 'history'
        ? ['history', 'recorded_at <= as_of_text()']
        : [`${name}_versions`, 'valid_from <= as_of() AND valid_to > as_of()'];
    return `CREATE TEMP VIEW ${name}_as_of AS SELECT ${columns.join(', ')} FROM main.${rows} v WHERE ${condition}`;
  });
}
