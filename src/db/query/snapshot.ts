import { eq, type SQL, sql } from 'drizzle-orm';
import { only } from '../../lib/collections.js';
import type { Tx } from '../store/store.js';
import { prepared } from './prepared.js';

/** What tells of the whole register in a transaction. */
export interface Snapshot {
  /** Grows with every change of a name that references show. */
  epoch: number;
  /** The instant of the newest write in milliseconds; null in a register that is being copied into. */
  newestWrite: number | null;
  /** Whether changes of standing are still to be worked off. */
  isQueued: boolean;
}

const selected = prepared(({ db, tables: { reference_epoch, commit_clock, standing_queue } }) =>
  db
    .select({
      epoch: reference_epoch.n,
      newestWrite: commit_clock.at,
      queued: sql<number | null>`(select min(${standing_queue.seq}) from ${standing_queue})` as SQL<
        number | null
      >,
    })
    .from(reference_epoch)
    .leftJoin(commit_clock, eq(commit_clock.id, reference_epoch.id)),
);

const known = new WeakMap<Tx, Snapshot>();

/** Read once in each transaction that only reads. */
export async function snapshotOf(tx: Tx): Promise<Snapshot> {
  const { noted } = tx;
  if (noted) {
    // All that is read of the present follows from these two, whatever else the newest write changed.
    const lasting = ({ epoch, isQueued }: Snapshot) => [{ epoch, isQueued }];
    const snapshot = await snapshotOf(noted.tx);
    noted.log.add(async (other) => lasting(await snapshotOf(other)), lasting(snapshot));
    return snapshot;
  }
  const again = known.get(tx);
  if (again) return again;
  const { epoch, newestWrite, queued } = only(await selected(tx, null));
  const snapshot = { epoch, newestWrite, isQueued: queued !== null };
  if (tx.cache) known.set(tx, snapshot);
  return snapshot;
}

const entry = prepared(({ db, tables: { commit_clock: t } }) => db.select({ entry: t.entry }).from(t));

/** By write, which makes its own entries at its end. */
const lastEntries = new WeakMap<object, number>();

/** The highest number of an entry in the index of words. */
export async function newestEntry(tx: Tx): Promise<number> {
  const before = tx.pending && lastEntries.get(tx.pending);
  if (before != null) return before;
  const [row] = await entry(tx, null);
  const newest = row?.entry ?? 0;
  if (tx.pending) lastEntries.set(tx.pending, newest);
  return newest;
}

const newest = prepared(({ db, tables: { commit_clock, history, standing_queue } }) =>
  db
    .select({
      at: commit_clock.at,
      seq: sql<number | null>`(select max(${history.seq}) from ${history})` as SQL<number | null>,
      queued: sql<number | null>`(select min(${standing_queue.seq}) from ${standing_queue})` as SQL<
        number | null
      >,
    })
    .from(commit_clock),
);

/**
 * Tells a state of the register from all others: what it holds follows from its versions, of which the newest has a
 * number. The instant tells it from one of the same number that was lost with a server. Null while changes are still
 * worked off, and of the past.
 */
export async function stateOf(tx: Tx): Promise<string | null> {
  if (tx.asOf !== null) return null;
  const [row] = await newest(tx, null);
  return row?.seq == null || row.queued !== null ? null : `${row.seq} ${row.at}`;
}
