import { type SQLWrapper, sql } from 'drizzle-orm';
import { tableOf } from '../db/schema/object-tables.js';
import type { Tx } from '../db/store/store.js';
import { chunksOf, lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { documentsNow } from './originals.store.js';
import type { Version } from './resources.store.js';
import { newestVersions } from './versions.store.js';

/** The columns of what links two objects, and goes along when one of them is removed. */
const ends = {
  relation: ['from_id', 'to_id'],
  judgement: ['one_id', 'other_id'],
} as const satisfies Partial<Record<ResourceName, [string, string]>>;

/** Objects whose links are looked for together. */
const AT_ONCE = 200;

/**
 * The removals of links of these objects that went along with either end and are not undone, as the links would come back. Each is
 * recorded in the same write as that of the end, after it: what was removed for itself in the same batch comes before,
 * since nothing refers to an object that is gone.
 */
export async function linksGoneAlong(
  tx: Tx,
  noun: keyof typeof ends,
  ids: readonly string[],
): Promise<Version[]> {
  const found = new Set<string>();
  for (const some of chunksOf(ids, AT_ONCE)) {
    await tx.yield();
    for (const { id } of await goneAlong(tx, noun, some)) found.add(id);
  }
  const removals = [...(await newestVersions(tx, [...found])).values()].sort((a, b) => a.seq - b.seq);
  const documents = await documentsNow(tx, noun, removals);
  return removals.map((removal) => ({ ...removal, doc: lookUp(documents, removal.object_id) }));
}

function goneAlong(tx: Tx, noun: keyof typeof ends, ids: readonly string[]): Promise<{ id: string }[]> {
  const past = sql.identifier(`${tableOf[noun]}_past`);
  const { history } = tx.tables;
  const [one, other] = [sql.identifier(ends[noun][0]), sql.identifier(ends[noun][1])];
  const of = (end: SQLWrapper) => tx.dialect.isAmong(end, sql`${JSON.stringify(ids)}`);
  // SQLite keeps to the order of a cross join. The removal is not looked up by its request, which can have removed thousands.
  return tx.rows(sql`
    with link(id, version, one, other) as (
      select id, version, ${one}, ${other} from ${past} where ${of(one)}
      union select id, version, ${one}, ${other} from ${past} where ${of(other)}
    ), removed(id, version, object_id) as (
      select id, version, one from link union all select id, version, other from link
    )
    select distinct removed.id from removed cross join ${history} h cross join ${history} r
    where h.object_id = removed.id and h.version = removed.version + 1 and h.operation = 'remove'
      and r.object_id = removed.object_id and r.operation = 'remove'
      and r.request_id || '' = h.request_id and r.recorded_at = h.recorded_at and r.seq < h.seq
      and not exists (select 1 from ${history} n where n.object_id = removed.id and n.version > h.version)`);
}
