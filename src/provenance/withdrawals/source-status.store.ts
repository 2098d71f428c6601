import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { isMeant, linkedAtOnce } from '../../db/query/closures.js';
import { prepared } from '../../db/query/prepared.js';
import { documentJoin } from '../../db/query/rows.js';
import type { Tx } from '../../db/store/store.js';
import { append, chunksOf, only } from '../../lib/collections.js';
import { OPEN_END } from '../../lib/edtf.js';
import { lastDay } from '../graph/known-by.js';
import type { Newer, StatusColumns } from './source-status.js';

/** Sources of which somebody says that they are withdrawn or corrected, rightly or not. */
export async function changedSources(tx: Tx): Promise<string[]> {
  const { attributions: t } = tx.tables;
  const rows = await tx.db
    .selectDistinct({ id: t.about_source_id })
    .from(t)
    .where(
      and(inArray(t.stance, ['retracts', 'corrects']), isNull(t.claim_id), isNotNull(t.about_source_id)),
    );
  return rows.flatMap(({ id }) => id ?? []);
}

const supersessions = prepared((tx) => {
  const { source_supersessions: t, sources } = tx.tables;
  const { published_from, published_to } = sources;
  return tx.db
    .select({ older: t.superseded_id, newer: t.source_id, published_from, published_to })
    .from(t)
    .innerJoin(sources, eq(sources.id, t.source_id))
    .where(isMeant(tx, t.superseded_id));
});

const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** What supersedes some sources, in the order of publication; with a day, what was published by the end of it. */
export async function newerThan(tx: Tx, ids: Iterable<string>, day?: number): Promise<Newer> {
  const newer = new Map<string, string[]>();
  for (const some of chunksOf([...ids], linkedAtOnce(tx))) {
    const rows = await supersessions(tx, null, { ids: JSON.stringify(some) });
    const published = (row: (typeof rows)[number]) => row.published_to ?? Number.POSITIVE_INFINITY;
    // Sorted here: for an order by what is computed SQLite reads all sources of the past.
    rows.sort((a, b) => compare(published(a), published(b)) || compare(a.newer, b.newer));
    for (const row of rows) {
      if (day !== undefined && !((lastDay(row.published_from, row.published_to) ?? OPEN_END) <= day))
        continue;
      append(newer, row.older, row.newer);
    }
  }
  return newer;
}

const STATUSES_AT_ONCE = 200;

const statusRows = prepared((tx) => {
  const { sources: t } = tx.tables;
  const { id, status, status_date, status_by, superseded_by } = t;
  return tx.db.select({ id, status, status_date, status_by, superseded_by }).from(t).where(isMeant(tx, id));
});

/** What is stored of some sources, each of which may have been superseded by hundreds. */
export async function storedStatuses(tx: Tx, ids: readonly string[]) {
  const rows: (StatusColumns & { id: string })[] = [];
  for (const some of chunksOf(ids, STATUSES_AT_ONCE)) {
    const found = await statusRows(tx, null, { ids: JSON.stringify(some) });
    rows.push(...(found as typeof rows));
  }
  return rows;
}

/** Stores the same for some sources. */
export async function storeStatus(tx: Tx, ids: readonly string[], status: StatusColumns): Promise<void> {
  await tx.yield();
  const { sources: t } = tx.tables;
  await tx.db
    .update(t)
    .set({ ...status, valid_from: tx.at })
    .where(sql`${t.id} in ${tx.dialect.textsIn(sql`${JSON.stringify(ids)}`)}`);
}

/** When an attribution was said or a source published, as EDTF: what the words do not tell, their source does. */
export async function dateOf(tx: Tx, id: string): Promise<string | null> {
  await tx.yield();
  const { documents } = tx;
  const { attributions, sources } = tx.tables;
  if (id.startsWith('source_')) {
    const { doc } = only(
      await tx.db
        .select({ doc: documents.doc })
        .from(sources)
        .innerJoin(documents, documentJoin(tx, sources))
        .where(eq(sources.id, id)),
    );
    return (JSON.parse(doc) as { published: string | null }).published;
  }
  const { doc, source } = only(
    await tx.db
      .select({ doc: documents.doc, source: attributions.source_id })
      .from(attributions)
      .innerJoin(documents, documentJoin(tx, attributions))
      .where(eq(attributions.id, id)),
  );
  const { said } = JSON.parse(doc) as { said: string | null };
  return said ?? (source === null ? null : dateOf(tx, source));
}
