import { and, eq, type SQLWrapper, sql } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import { decodeReference } from '../db/query/references.js';
import { tableOf } from '../db/schema/object-tables.js';
import type { Tx } from '../db/store/store.js';
import { append, chunksOf, groupBy, lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { contentOf } from './documents.js';
import { withMerged } from './merged.store.js';
import { documentsNow } from './originals.store.js';
import { removedAlong } from './removed-along.store.js';
import { existingIds, type Version } from './resources.store.js';
import { newestVersions, versionsOf } from './versions.store.js';

/** What links two objects, and goes along when one of them is removed: the members that name these. */
const ends = {
  relation: ['from', 'to'],
  judgement: ['one', 'other'],
} as const satisfies Partial<Record<ResourceName, [string, string]>>;
type LinkName = keyof typeof ends;

/** Objects that are looked up together. */
const AT_ONCE = 200;

/** One of several objects that come back in turn: its id, and those of what comes back with it. */
export interface ComingBack {
  ids: readonly string[];
  /** By it a link is found that was made, or got other ends, at the instant of its removal: no row of the past is left of it. */
  removal?: Version;
}

/**
 * The removals of links that went along with one of these objects or with their other end, as the links would come back, for
 * each of these that brings them back: the first by which a link is found once both of its ends are there. A link is recorded in
 * the same write as the removal of the end, after it: what was removed for itself in the same batch comes before, since
 * nothing refers to an object that is gone. `going`: objects that are there, but not any more when the links come back.
 */
export async function linksToBringBack(
  tx: Tx,
  noun: LinkName,
  coming: readonly ComingBack[],
  going: ReadonlySet<string> = new Set(),
): Promise<Version[][]> {
  const turns = new Map(coming.flatMap(({ ids }, turn) => ids.map((id) => [id, turn] as const)));
  const found = await turnsOfLinks(tx, noun, coming, turns);
  const newest = [...(await newestVersions(tx, [...found.keys()])).values()];
  const gone = newest.filter(({ operation }) => operation === 'remove');
  const removals = await removalsOf(tx, new Set(gone.flatMap((link) => endsIn(noun, link.doc))));
  const before = ({ object_id, version }: Version) => ({ object_id, version: version - 1 });
  const versionIn = await versionsOf(tx, gone.map(before));
  const along = gone
    .filter((link) => {
      const wentWith = isBetween(versionIn(before(link)), link);
      return endsIn(noun, link.doc).some((end) => removals.get(end)?.some(wentWith));
    })
    .sort((one, other) => one.seq - other.seq);
  const documents = await documentsNow(tx, noun, along);
  const links = along.map((link) => ({ ...link, doc: lookUp(documents, link.object_id) }));
  const ofTurns = coming.map((): Version[] => []);
  for (const link of await withBothEnds(tx, noun, links, turns)) {
    const linked = endsIn(noun, link.doc);
    if (linked.some((end) => going.has(end))) continue;
    const complete = Math.max(...linked.map((end) => turns.get(end) ?? 0));
    const [turn] = lookUp(found, link.object_id)
      .filter((one) => one >= complete)
      .sort((one, other) => one - other);
    if (turn !== undefined) ofTurns[turn]?.push(link);
  }
  return ofTurns;
}

/** Links that are gone and once were of one of these objects, or went with it, with the turns of these. */
async function turnsOfLinks(
  tx: Tx,
  noun: LinkName,
  coming: readonly ComingBack[],
  turns: ReadonlyMap<string, number>,
): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  const merged = await withMerged(tx, [...turns.keys()]);
  for (const { id, end } of await onceLinkedTo(tx, noun, [...merged.keys()])) {
    append(found, id, lookUp(turns, lookUp(merged, end)));
  }
  const behind = await removedAlong(
    tx,
    coming.flatMap(({ removal }) => removal ?? []),
  );
  for (const [turn, { removal }] of coming.entries()) {
    for (const one of removal ? lookUp(behind, removal) : []) {
      if (one.noun === noun) append(found, one.object_id, turn);
    }
  }
  return found;
}

const endsIn = (noun: LinkName, doc: string): string[] => {
  const content = contentOf(doc);
  return ends[noun].map((member) => decodeReference(content[member] as string));
};

/** Links that are gone, and once were of one of these objects, with that object. */
async function onceLinkedTo(
  tx: Tx,
  noun: LinkName,
  ids: readonly string[],
): Promise<{ id: string; end: string }[]> {
  const table = sql.identifier(tableOf[noun]);
  const past = sql.identifier(`${tableOf[noun]}_past`);
  const found: { id: string; end: string }[] = [];
  for (const some of chunksOf(ids, AT_ONCE)) {
    const isOf = (end: SQLWrapper) => tx.dialect.isAmong(end, sql`${JSON.stringify(some)}`);
    const links = ends[noun].map((member) => {
      const end = sql.identifier(`${member}_id`);
      return sql`select id, ${end} as linked from ${past} where ${isOf(end)}`;
    });
    const rows = await tx.rows<{ id: string; linked: string }>(sql`
      select id, linked from (${sql.join(links, sql` union `)}) p
      where not exists (select 1 from ${table} t where t.id = p.id)`);
    for (const { id, linked } of rows) found.push({ id, end: linked });
  }
  return found;
}

type Removal = Pick<Version, 'object_id' | 'seq' | 'request_id' | 'recorded_at'>;

/** Whether the removal of an end came before that of the link in the same write, and after the link as it was before. */
const isBetween =
  (before: Version | null, { seq, request_id, recorded_at }: Version) =>
  (end: Removal): boolean =>
    end.seq < seq &&
    end.seq > (before?.seq ?? 0) &&
    end.request_id === request_id &&
    end.recorded_at === recorded_at;

const removalsOfSome = prepared((tx) => {
  const { history: t } = tx.tables;
  const { object_id, seq, request_id, recorded_at } = t;
  return tx.db
    .select({ object_id, seq, request_id, recorded_at })
    .from(t)
    .where(and(isMeant(tx, object_id), eq(t.operation, 'remove')));
});

/** All removals of objects, by their ids. */
async function removalsOf(tx: Tx, ids: ReadonlySet<string>): Promise<Map<string, Removal[]>> {
  const found = new Map<string, Removal[]>();
  for (const some of chunksOf([...ids], AT_ONCE)) {
    for (const removal of await removalsOfSome(tx, null, { ids: JSON.stringify(some) })) {
      append(found, removal.object_id, removal);
    }
  }
  return found;
}

/** Both may have been merged into one, or one of them be gone. */
async function withBothEnds(
  tx: Tx,
  noun: LinkName,
  links: readonly Version[],
  coming: ReadonlyMap<string, number>,
): Promise<Version[]> {
  const both: Version[] = [];
  for (const some of chunksOf(links, AT_ONCE)) {
    const existing = new Set(coming.keys());
    for (const [of, those] of groupBy(some, (link) => linkedBy(noun, link.doc))) {
      const ids = those.flatMap((link) => endsIn(noun, link.doc));
      for (const id of await existingIds(tx, of, ids)) existing.add(id);
    }
    for (const link of some) {
      const [one, other] = endsIn(noun, link.doc);
      if (one !== other && existing.has(one!) && existing.has(other!)) both.push(link);
    }
  }
  return both;
}

const linkedBy = (noun: LinkName, doc: string): ResourceName =>
  noun === 'relation' ? 'claim' : (contentOf(doc).noun as ResourceName);
