import { and, inArray, isNotNull, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { append, chunksOf } from '../../lib/collections.js';
import type { Tables } from '../schema/tables.js';
import type { Link } from '../store/dialect.js';
import type { Tx } from '../store/store.js';
import { atMost } from './conditions.js';
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

const walkedFrom = (tx: Tx, walk: Walk) => {
  const reached = tx.dialect.reached(sql.placeholder('ids'), linksIn(tx, walk));
  return tx.db.select({ id: sql<string>`walked.id` }).from(sql`${reached} as walked`);
};

const walked = prepared(walkedFrom);

/** Objects to which one statement of a write leads on SQLite, where it holds the event loop: each can have hundreds of links. */
const FEW = 50;
/** Links that an object may have. */
const LINKS = 200;
/** Objects of which the links are read at once. */
export const linkedAtOnce = (tx: Tx): number => tx.dialect.rowsAtOnce / LINKS;

const walkedFew = prepared((tx, walk: Walk) => walkedFrom(tx, walk).limit(atMost(FEW + 1)));

const linksOf = prepared((tx, walk: Walk) => {
  const each = linksIn(tx, walk).map(
    ({ from, to, unless }) =>
      sql`select ${from} as start, ${to} as target from ${from.table} where ${and(isMeant(tx, from), isNotNull(to), unless && isNull(unless))}`,
  );
  return tx.db
    .select({ from: sql<string>`links.start`, to: sql<string>`links.target` })
    .from(sql`(${sql.join(each, sql` union all `)}) as links`);
});

/** The objects to which each of some is linked, with commas between them: reading so takes a tenth of a row for each link. */
const joinedLinksOf = prepared((tx, walk: Walk) => {
  const each = linksIn(tx, walk).map(
    ({ from, to, unless }) =>
      sql`select ${from} as start, ${tx.dialect.joined(to)} as targets from ${from.table} where ${and(isMeant(tx, from), isNotNull(to), unless && isNull(unless))} group by ${from}`,
  );
  return tx.db
    .select({ from: sql<string>`links.start`, to: sql<string>`links.targets` })
    .from(sql`(${sql.join(each, sql` union all `)}) as links`);
});

/** Some objects, and all to which a walk leads from them, at any depth. */
export async function reachedBy(tx: Tx, walk: Walk, ids: Iterable<string>): Promise<string[]> {
  const found = new Set(ids);
  if (found.size === 0) return [];
  const start = { ids: JSON.stringify([...found]) };
  if (tx.asOf !== null) {
    // A recursive query reads whole tables where they are views of the past.
    for (let edge = [...found]; edge.length > 0; ) {
      const links = await linksOf(tx, walk, { ids: JSON.stringify(edge) });
      edge = links.map(({ to }) => to).filter((id) => !found.has(id) && found.add(id));
    }
    return [...found];
  }
  if (tx.dialect.engine !== 'sqlite' || tx.pending === null) {
    return (await walked(tx, walk, start)).map(({ id }) => id);
  }
  if (found.size <= FEW) {
    const few = await walkedFew(tx, walk, start);
    if (few.length <= FEW) return few.map(({ id }) => id);
  }
  return inSteps(tx, walk, found);
}

/** The same by statements of which none holds the event loop for long. */
async function inSteps(tx: Tx, walk: Walk, found: Set<string>): Promise<string[]> {
  const all = [...found];
  for (let followed = 0; followed < all.length; ) {
    const some = all.slice(followed, followed + linkedAtOnce(tx));
    for (const { to } of await joinedLinksOf(tx, walk, { ids: JSON.stringify(some) })) {
      for (const id of to.split(',')) if (!found.has(id) && found.add(id)) all.push(id);
    }
    followed += some.length;
  }
  return all;
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
  const links = new Map([...also].map(([from, to]) => [from, [...to]]));
  for (const some of chunksOf(ids, linkedAtOnce(tx))) {
    for (const { from, to } of await joinedLinksOf(tx, walk, { ids: JSON.stringify(some) }))
      append(links, from, ...to.split(','));
  }
  return links;
}

/** The objects from which links lead to another, at any depth, and that one. */
async function leadingTo(
  turns: Pick<Tx, 'yield'>,
  links: Links,
  target: string,
): Promise<ReadonlySet<string>> {
  const back = new Map<string, string[]>();
  for (const [from, to] of links) {
    await turns.yield();
    for (const id of to) append(back, id, from);
  }
  const found = new Set([target]);
  // What is added while it goes on is gone through, too.
  for (const id of found) {
    await turns.yield();
    for (const from of back.get(id) ?? []) found.add(from);
  }
  return found;
}

/** Tells of which of some objects a walk leads to another, or of that one itself. */
export async function leadsBack(
  tx: Tx,
  walk: Walk,
  ids: readonly string[],
  target: string,
): Promise<(id: string) => boolean> {
  const reached = new Set(await reachedBy(tx, walk, ids));
  if (!reached.has(target)) return () => false;
  const found = await leadingTo(tx, await linksFrom(tx, walk, ids), target);
  return (id) => found.has(id);
}

/** Whether any of the links lead in a circle. */
export async function leadInCircle(turns: Pick<Tx, 'yield'>, links: Links): Promise<boolean> {
  /** Whether objects are on the way that is followed at the moment; else all ways from them were followed. */
  const onWay = new Map<string, boolean>();
  for (const start of links.keys()) {
    if (onWay.has(start)) continue;
    const way = [{ id: start, next: linkedTo(links, start) }];
    onWay.set(start, true);
    for (let last = way.at(-1); last; last = way.at(-1)) {
      const { value: id, done } = last.next.next();
      if (done) {
        await turns.yield();
        onWay.set(last.id, false);
        way.pop();
      } else if (onWay.get(id)) return true;
      else if (!onWay.has(id)) {
        onWay.set(id, true);
        way.push({ id, next: linkedTo(links, id) });
      }
    }
  }
  return false;
}

const linkedTo = (links: Links, id: string): Iterator<string> => (links.get(id) ?? []).values();

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
