import { setTimeout as sleep } from 'node:timers/promises';
import { isPoolTimeout } from './errors.js';
import { inTurnFrom } from './hosts.js';
import type { PgConnection, PgPool } from './pool.js';

/**
 * Reads on streaming replicas that never show less than the primary did when they began. Before each read the
 * primary is asked up to where its log is on the disk. Every write that any instance has acknowledged lies before that
 * position, so a replica that has replayed the log up to there serves the read. A client sees its own writes through
 * every instance, and sends no token for that.
 */

/** A place in the log of the primary. A promotion begins a new timeline. */
interface Position {
  lsn: string;
  timeline: number;
}

const NEWEST = `SELECT lsn::text, ('x' || left(pg_walfile_name(lsn), 8))::bit(32)::int AS timeline
  FROM pg_current_wal_flush_lsn() AS lsn`;

/** Compares timelines, too: a replica that was cut off before a promotion may be further ahead, in another log. */
const reached = ({ lsn, timeline }: Position) => `SELECT pg_is_in_recovery()
  AND pg_last_wal_replay_lsn() >= '${lsn}'
  AND greatest((pg_control_checkpoint()).timeline_id, (SELECT received_tli FROM pg_stat_wal_receiver)) = ${timeline}
  AS fresh`;

/** The pauses before a replica that is a little behind is asked again. */
const PAUSES_MS = [0, 2, 4];
/** How long a replica is not used: one that is further behind, and one that cannot be reached. */
const BEHIND_MS = 100;
const AWAY_MS = 5_000;

interface Replica {
  pool: PgPool;
  restsUntil: number;
}

export class Replicas {
  private readonly replicas: Replica[];
  private readonly newest: () => Promise<Position>;
  private turn = 0;

  constructor(primary: PgPool, pools: PgPool[]) {
    this.replicas = pools.map((pool) => ({ pool, restsUntil: 0 }));
    this.newest = shared(() => newestOf(primary));
  }

  /** A connection to a replica that has every write acknowledged before this call; null where none has. */
  async connect(): Promise<PgConnection | null> {
    if (this.replicas.every(isResting)) return null;
    const position = await this.newest().catch(() => null);
    if (!position) return null;
    for (const replica of inTurnFrom(this.turn++ % this.replicas.length, this.replicas)) {
      const connection = isResting(replica) ? null : await connectTo(replica, position);
      if (connection) return connection;
    }
    return null;
  }

  async end(): Promise<void> {
    await Promise.all(this.replicas.map(({ pool }) => pool.end()));
  }
}

const isResting = ({ restsUntil }: Replica): boolean => Date.now() < restsUntil;

async function newestOf(primary: PgPool): Promise<Position> {
  const connection = await primary.connect();
  try {
    const { rows } = await connection.query(NEWEST);
    connection.release();
    return rows[0] as Position;
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

async function connectTo(replica: Replica, position: Position): Promise<PgConnection | null> {
  let connection: PgConnection | null = null;
  try {
    connection = await replica.pool.connect();
    for (const pause of PAUSES_MS) {
      if (pause > 0) await sleep(pause);
      const { rows } = await connection.query(reached(position));
      if ((rows[0] as { fresh: boolean }).fresh) return connection;
    }
    replica.restsUntil = Date.now() + BEHIND_MS;
    connection.release();
  } catch (error) {
    // A replica whose connections are all in use can be reached.
    if (connection || !isPoolTimeout(error)) replica.restsUntil = Date.now() + AWAY_MS;
    connection?.release(true);
  }
  return null;
}

/**
 * Shares one call among all callers that wait for it. A caller that comes while a call is running waits for the next
 * one: the answer to the running call may be older than the question.
 */
export function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= running.then(() => {
      next = null;
      const asked = ask();
      running = asked.catch(() => undefined);
      return asked;
    });
    return next;
  };
}
