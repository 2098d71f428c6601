import { and, inArray, isNotNull, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { append } from '../../lib/collections.js';
import type { Tx } from '../store/store.js';
import { prepared } from './prepared.js';

/**
 * What can be reached by links from one row to others. Step by step, each by an index: a recursive query would read
 * whole tables where they are views of the past.
 */
type Step = (ids: { ids: string }) => Promise<{ id: string }[]>;

async function reached(start: readonly string[], ...steps: Step[]): Promise<string[]> {
  const found = new Set(start);
  for (let edge = [...found]; edge.length > 0; ) {
    const ids = JSON.stringify(edge);
    edge = [];
    for (const step of steps) {
      for (const { id } of await step({ ids })) {
        if (found.has(id)) continue;
        found.add(id);
        edge.push(id);
      }
    }
  }
  return [...found];
}

/** To which objects links lead, by the id from which they do. */
export type Links = ReadonlyMap<string, readonly string[]>;

/** All links that can be followed from some objects, at any depth; `also` are others beside those that are stored. */
export async function linksFrom(
  start: readonly string[],
  step: (page: { ids: string }) => Promise<{ from: string; to: string | null }[]>,
  also: Links = new Map(),
): Promise<Links> {
  const links = new Map<string, string[]>();
  const seen = new Set(start);
  for (let edge = [...seen]; edge.length > 0; ) {
    for (const { from, to } of await step({ ids: JSON.stringify(edge) }))
      if (to !== null) append(links, from, to);
    for (const id of edge) append(links, id, ...(also.get(id) ?? []));
    edge = edge.flatMap((id) => links.get(id) ?? []).filter((id) => !seen.has(id) && seen.add(id));
  }
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

const partsOfParties = prepared((tx) => {
  const { parties: t } = tx.tables;
  return tx.db.select({ id: t.id }).from(t).where(isMeant(tx, t.part_of_id));
});
const partsOfSources = prepared((tx) => {
  const { sources: t } = tx.tables;
  return tx.db.select({ id: t.id }).from(t).where(isMeant(tx, t.part_of_id));
});
const derivedSources = prepared((tx) => {
  const { source_derivations: t } = tx.tables;
  return tx.db.select({ id: t.source_id }).from(t).where(isMeant(tx, t.derived_from_id));
});

const sourcesSpokenOf = prepared((tx) => {
  const { attributions: t } = tx.tables;
  const spokenOf = sql<string>`${t.about_source_id}`;
  return tx.db
    .selectDistinct({ id: spokenOf })
    .from(t)
    .where(and(isMeant(tx, t.source_id), isNull(t.claim_id), isNotNull(t.about_source_id)));
});

/** The parties and all that is `part_of` them, at any depth. */
export const withParts = (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  reached(ids, (page) => partsOfParties(tx, null, page));

/** The sources, their parts, and the sources that anything in these speaks of as a whole, at any depth. */
export const withSpokenOf = (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  reached(
    ids,
    (page) => partsOfSources(tx, null, page),
    (page) => sourcesSpokenOf(tx, null, page),
  );

/** The sources and all that is `part_of` or `derived_from` them, at any depth. */
export const withDerived = (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  reached(
    ids,
    (page) => partsOfSources(tx, null, page),
    (page) => derivedSources(tx, null, page),
  );

/** A column is one of the ids, however many they are. */
export const isOneOf = (tx: Tx, column: SQLWrapper, ids: readonly string[]): SQL =>
  ids.length <= 20
    ? inArray(column, [...ids])
    : sql`${column} in ${tx.dialect.textsIn(sql`${JSON.stringify(ids)}`)}`;
