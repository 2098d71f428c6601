import { yieldIfLong } from '../../lib/event-loop.js';
import { PastReferenceCache, ReferenceCache } from '../query/references.js';
import { snapshotOf } from '../query/snapshot.js';
import type { Limits } from '../store/limits.js';
import type { ReadOptions, Tx } from '../store/store.js';
import { asOfTables, connectReader, inTurns, type Past, session, tables } from './connections.js';
import type { Meter } from './meter.js';

type Read = <T>(fn: (tx: Tx) => Promise<T>, options?: ReadOptions) => Promise<T>;

export interface Readers {
  read: Read;
  close(): void;
}

interface Reader extends ReturnType<typeof session> {
  meter: Meter;
  /** The instant at which it reads the past. */
  past: Past;
}

/** Connections that are lent out one by one. */
class Connections {
  readonly all: Reader[] = [];
  private readonly idle: Reader[] = [];
  private readonly waiting: (() => void)[] = [];

  add(reader: Reader): void {
    this.all.push(reader);
    this.idle.push(reader);
  }

  async take(): Promise<Reader> {
    for (;;) {
      const reader = this.idle.pop();
      if (reader) return reader;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  giveBack(reader: Reader): void {
    this.idle.push(reader);
    this.waiting.shift()?.();
  }
}

/** A connection the reads of which are also ended between the steps of what they compute. */
function metered({ tx, ...lent }: ReturnType<typeof session>, meter: Meter, past: Past): Reader {
  const yielding = async () => {
    await yieldIfLong();
    meter.step();
  };
  return { ...lent, tx: inTurns(tx, yielding), meter, past };
}

export interface ReaderOptions {
  /** Connections that read the register as it is, and as it was. */
  present: number;
  past: number;
  /** Runs what opens a connection; another process may hold a lock. */
  opening: <T>(fn: () => T) => Promise<T>;
  /** Turns an error of the engine into the one that a client is shown. */
  toApiError: (error: unknown) => unknown;
}

/** Snapshots of a register in SQLite for reading. */
export async function openReaders(
  path: string,
  { present: ofPresent, past: ofPast, opening, toApiError }: ReaderOptions,
): Promise<Readers> {
  const present = new Connections();
  const past = new Connections();
  const cache = new ReferenceCache();
  const pastCache = new PastReferenceCache();
  while (present.all.length < ofPresent) {
    const { client, meter } = await opening(() => connectReader(path, null));
    present.add(metered(session(client, tables, cache), meter, { asOf: '' }));
  }
  while (past.all.length < ofPast) {
    const instant: Past = { asOf: '' };
    const { client, meter } = await opening(() => connectReader(path, instant));
    past.add(metered(session(client, asOfTables, pastCache), meter, instant));
  }

  async function reading<T>(
    connections: Connections,
    limits: Limits | undefined,
    fn: (reader: Reader) => Promise<T>,
  ): Promise<T> {
    const reader = await connections.take();
    try {
      reader.meter.begin(limits);
      reader.exec('BEGIN');
      return await fn(reader);
    } catch (error) {
      throw toApiError(error);
    } finally {
      if (reader.client.inTransaction) reader.exec('COMMIT');
      connections.giveBack(reader);
    }
  }

  const read: Read = async (fn, { asOf, limits } = {}) => {
    if (!asOf) return reading(present, limits, ({ tx }) => fn({ ...tx }));
    // Nothing has changed since the newest write.
    const now = await reading(present, limits, async ({ tx }) => {
      const ofNow = { ...tx };
      const { newestWrite } = await snapshotOf(ofNow);
      return Date.parse(asOf) < (newestWrite ?? 0) ? null : { result: await fn(ofNow) };
    });
    if (now) return now.result;
    return reading(past, limits, (reader) => {
      reader.past.asOf = asOf;
      return fn({ ...reader.tx, asOf });
    });
  };

  return {
    read,
    close() {
      for (const { client } of [...present.all, ...past.all]) client.close();
    },
  };
}
