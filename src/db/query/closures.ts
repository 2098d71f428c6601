import { and, inArray, isNotNull, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { append } from '../../lib/collections.js';
import type { Tables } from '../schema/tables.js';
import type { Link } from '../store/dialect.js';
import type { Tx } from '../store/store.js';
import { prepared } from './prepared.js';

/** Links that are followed together, by what they lead to. */
const walks = {
  /** From parties to what is part of them. */
  parts: ({ parties: t }) => [{ from: t.part_of_id, to: t.id }],
  /** From parties to what they are part of. */
  wholes: ({ parties: t }) => [{ from: t.id, to: t.part_of_id }],
  /** From sources to their parts, and to the sources that anything in these speaks of as a whole. */
  spokenOf: ({ sources, attributions: t }) => [
    { from: sources.part_of_id, to: sources.id },
    { from: t.source_id, to: t.about_source_id, unless: t.claim_id },
  ],
  /** From sources to what is part of or derived from them. */
  derived: ({ sources, source_derivations: t }) => [
    { from: sources.part_of_id, to: sources.id },
    { from: t.derived_from_id, to: t.source_id },
  ],
  /** From sources without a publisher to what they are part of, which lends them its own. */
  publishedWith: ({ sources: t }) => [{ from: t.id, to: t.part_of_id, unless: t.publisher_id }],
  /** From sources to what they are part of or derived from. */
  drawnOn: ({ sources, source_derivations: t }) => [
    { from: sources.id, to: sources.part_of_id },
    { from: t.source_id, to: t.derived_from_id },
  ],
  /** The same, and to the sources in which something stands that is said of them as a whole. */
  known: ({ sources, source_derivations: derivations, attributions: t }) => [
    { from: sources.id, to: sources.part_of_id },
    { from: derivations.source_id, to: derivations.derived_from_id },
    { from: t.about_source_id, to: t.source_id },
  ],
  /** From sources to those that they supersede. */
  superseded: ({ source_supersessions: t }) => [{ from: t.source_id, to: t.superseded_id }],
} satisfies Record<string, (tables: Tables) => readonly Link[]>;

export type Walk = keyof typeof walks;

/** The links of a walk, in the tables of a transaction. */
export const linksIn = (tx: Tx, walk: Walk): readonly Link[] => walks[walk](tx.tables);

const walked = prepared((tx, walk: Walk) => {
  const reached = tx.dialect.reached(sql.placeholder('ids'), linksIn(tx, walk));
  return tx.db.select({ id: sql<string>`walked.id` }).from(sql`${reached} as walked`);
});

const linksOf = prepared((tx, walk: Walk) => {
  const each = linksIn(tx, walk).map(
    ({ from, to, unless }) =>
      sql`select ${from} as start, ${to} as target from ${from.table} where ${and(isMeant(tx, from), isNotNull(to), unless && isNull(unless))}`,
  );
  return tx.db
    .select({ from: sql<string>`links.start`, to: sql<string>`links.target` })
    .from(sql`(${sql.join(each, sql` union all `)}) as links`);
});

/** Some objects, and all to which a walk leads from them, at any depth. */
export async function reachedBy(tx: Tx, walk: Walk, ids: Iterable<string>): Promise<string[]> {
  const found = new Set(ids);
  if (found.size === 0) return [];
  if (tx.asOf === null) {
    const rows = await walked(tx, walk, { ids: JSON.stringify([...found]) });
    return rows.map(({ id }) => id);
  }
  // A recursive query reads whole tables where they are views of the past.
  for (let edge = [...found]; edge.length > 0; ) {
    const links = await linksOf(tx, walk, { ids: JSON.stringify(edge) });
    edge = links.map(({ to }) => to).filter((id) => !found.has(id) && found.add(id));
  }
  return [...found];
}

/** To which objects links lead, by the id from which they do. */
export type Links = ReadonlyMap<string, readonly string[]>;

/** All links of a walk that can be followed from some objects, at any depth; `also` are others, which start at these. */
export async function linksFrom(
  tx: Tx,
  walk: Walk,
  start: readonly string[],
  also: Links = new Map(),
): Promise<Links> {
  const ids = await reachedBy(tx, walk, [...start, ...[...also.values()].flat()]);
  if (ids.length === 0) return new Map();
  const links = new Map([...also].map(([from, to]) => [from, [...to]]));
  for (const { from, to } of await linksOf(tx, walk, { ids: JSON.stringify(ids) })) append(links, from, to);
  return links;
}

/** Whether links lead from one of some objects, at any depth, to another, or one of them is that one. */
export function leadsTo(links: Links, start: readonly string[], target: string): boolean {
  const seen = new Set(start);
  // What is added while it goes on is gone through, too.
  for (const id of seen) for (const next of links.get(id) ?? []) seen.add(next);
  return seen.has(target);
}

/** A column is one of the ids in the JSON array that a prepared query is given as `ids`. */
export const isMeant = (tx: Tx, column: SQLWrapper): SQL =>
  tx.dialect.isAmong(column, sql.placeholder('ids'));

/** The parties and all that is `part_of` them, at any depth. */
export const withParts = (tx: Tx, ids: readonly string[]): Promise<string[]> => reachedBy(tx, 'parts', ids);

/** The sources and all that is `part_of` or `derived_from` them, at any depth. */
export const withDerived = (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  reachedBy(tx, 'derived', ids);

/** A column is one of the ids, however many they are. */
export const isOneOf = (tx: Tx, column: SQLWrapper, ids: readonly string[]): SQL =>
  ids.length <= 20
    ? inArray(column, [...ids])
    : sql`${column} in ${tx.dialect.textsIn(sql`${JSON.stringify(ids)}`)}`;
