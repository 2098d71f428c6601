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

/** The end of a span that has none yet. */
export const OPEN = 99_999_999_999_999;

/** What follows from other rows of the instant and is not kept: it would be most of the bytes of the versions. */
const NOT_KEPT = 'attributions_rest';

/** The tables that triggers keep, `claims_versions` for `claims`, with the span of each row. */
export function versionTables(kit: Kit): Record<string, unknown> {
  const span = { valid_from: kit.long().notNull(), valid_to: kit.long().notNull() };
  const table = (name: string, columns: Record<string, unknown>) => {
    const kept = Object.entries(columns).filter(([column]) => column !== NOT_KEPT);
    return kit.table(`${name}_versions`, { ...Object.fromEntries(kept), ...span } as never);
  };
  const all = defineTables({ ...kit, table: table as unknown as Kit['table'] });
  return Object.fromEntries(versioned.map((name) => [`${name}_versions`, all[name]]));
}

const viewed: ReadonlySet<string> = new Set([...versioned, 'history']);

/** The tables as queries of the past see them. */
export const tablesAsOf = (kit: Kit): Tables =>
  defineTables({
    ...kit,
    table: ((...[name, columns]: Parameters<Kit['table']>) =>
      kit.table(viewed.has(name) ? `${name}_as_of` : name, columns)) as Kit['table'],
  });

/** Put together from the attributions of the instant. */
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
      column.name === NOT_KEPT ? attributionsRest : `v."${column.name}"`,
    );
    const [rows, condition] =
      name === 'history'
        ? ['history', 'recorded_at <= as_of_text()']
        : [`${name}_versions`, 'valid_from <= as_of() AND valid_to > as_of()'];
    return `CREATE TEMP VIEW ${name}_as_of AS SELECT ${columns.join(', ')} FROM main.${rows} v WHERE ${condition}`;
  });
}
