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

/** Objects that come back together: the ids of one that was removed, and of what comes back with it. */
export interface ComingBack {
  ids: readonly string[];
  /** By it alone a link is found that was made, or got other ends, at the instant of its removal. */
  removal?: Version;
}

/**
 * The removals of links that went along with one of these objects or with their other end, as the links would come back, where
 * both ends are there again or come back: each with that of these that comes last. A link is recorded in the same write as the
 * removal of the end, after it: what was removed for itself in the same batch comes before, since nothing refers to an
 * object that is gone.
 */
export async function linksToBringBack(
  tx: Tx,
  noun: LinkName,
  coming: readonly ComingBack[],
): Promise<Version[][]> {
  const turns = new Map(coming.flatMap(({ ids }, turn) => ids.map((id) => [id, turn] as const)));
  const known = await onceLinkedTo(tx, noun, await withMerged(tx, [...turns.keys()]));
  // Of a link that was made at the instant of its removal no row of the past is left.
  const behind = await removedAlong(
    tx,
    coming.flatMap(({ removal }) => removal ?? []),
  );
  for (const one of [...behind.values()].flat()) if (one.noun === noun) known.add(one.object_id);
  const newest = [...(await newestVersions(tx, [...known])).values()];
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
  const perTurn = coming.map((): Version[] => []);
  for (const link of await withBothEnds(tx, noun, links, turns)) {
    const turn = Math.max(...endsIn(noun, link.doc).map((end) => turns.get(end) ?? -1));
    // Of what was merged into something else that comes back by itself, none of the ends is one of these.
    perTurn.at(turn)?.push(link);
  }
  return perTurn;
}

const endsIn = (noun: LinkName, doc: string): string[] => {
  const content = contentOf(doc);
  return ends[noun].map((member) => decodeReference(content[member] as string));
};

/** Links that are gone, and once were of one of these objects. */
async function onceLinkedTo(tx: Tx, noun: LinkName, ids: readonly string[]): Promise<Set<string>> {
  const table = sql.identifier(tableOf[noun]);
  const past = sql.identifier(`${tableOf[noun]}_past`);
  const known = new Set<string>();
  for (const some of chunksOf(ids, AT_ONCE)) {
    await tx.yield();
    const isOf = (end: SQLWrapper) => tx.dialect.isAmong(end, sql`${JSON.stringify(some)}`);
    const links = ends[noun].map(
      (member) => sql`select id from ${past} where ${isOf(sql.identifier(`${member}_id`))}`,
    );
    const rows = await tx.rows<{ id: string }>(sql`select id from (${sql.join(links, sql` union `)}) p
      where not exists (select 1 from ${table} t where t.id = p.id)`);
    for (const { id } of rows) known.add(id);
  }
  return known;
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
