import { loading } from '../db/migrations/loading.js';
import type { MigrationTarget } from '../db/migrations/migrate.js';
import { setting, UNFINISHED_COPY } from '../db/store/settings.js';
import type { Store, Tx } from '../db/store/store.js';
import { resourceNames } from '../lib/ids.js';
import {
  batches,
  countRows,
  emptyTable,
  identityOf,
  insertRows,
  keyOf,
  lastRow,
  type TableName,
  tableNames,
} from './copy.store.js';
import { RowsDigest } from './digest.js';
import { entriesOf } from './entries.service.js';
import { type OwnEntry, putOwnEntries } from './entries.store.js';

/**
 * Moves a whole register into an empty one, also of the other engine: every table, row by row, and then compares
 * both. A copy that was cut off is taken up where it ended. Until it is complete the target holds a note that
 * keeps it from being served, with what to put back: its triggers, and on PostgreSQL its foreign keys and indexes.
 */
export interface CopyOptions {
  from: Store;
  /** Opened with `copying`. */
  to: Store;
  /** Told a line about what is being done. */
  progress(line: string): void;
}

/** Words that one transaction puts into the index. */
const WORDS_AT_ONCE = 100_000;
/** Rows of a table between two lines of progress. */
const STEP = 10_000;

interface Note {
  /** The register that is being copied, as it was when the copy began. */
  source: string;
  /** What makes the indexes again that the copy began without; left out by earlier releases, which dropped none. */
  indexes?: string[];
  restore: string[];
}

type Progress = CopyOptions['progress'];

export async function copyRegister({ from, to, progress }: CopyOptions): Promise<void> {
  const { note, identity } = await from.read(async (source) => {
    if ((await setting(source, UNFINISHED_COPY)) !== null) {
      throw new Error('the source is an unfinished copy itself; complete that one first');
    }
    const identity = await identityOf(source);
    const note = await begin(source, to, identity, progress);
    for (const name of tableNames(source)) await copyTable(source, to, name, progress);
    for (const name of tableNames(source)) await compareTable(source, to, name, progress);
    return { note, identity };
  });
  const { indexes = [] } = note;
  if (indexes.length > 0) {
    progress('making indexes');
    await to.maintain((target) => atOnce(target, indexes));
  }
  await indexWords(to, progress);
  await to.maintain(async (target) =>
    atOnce(target, [
      ...note.restore,
      ...(await loading[target.engine].finish(target)),
      `DELETE FROM settings WHERE name = '${UNFINISHED_COPY}'`,
    ]),
  );
  if ((await from.read(identityOf)) !== identity) {
    throw new Error(
      'the copy is complete, but the source was written to meanwhile, which the copy does not have; ' +
        'stop the instances and copy again into an empty register',
    );
  }
  progress('complete');
}

/** Makes an empty target ready, or takes up a copy of the same source; refuses anything else. */
async function begin(source: Tx, to: Store, identity: string, progress: Progress): Promise<Note> {
  const found = await to.read((tx) => setting(tx, UNFINISHED_COPY));
  const used = await to.read((tx) => countRows(tx, 'history'));
  if (found === null && used > 0) throw new Error('the target is not empty; nothing was changed');
  const note = found === null ? null : (JSON.parse(found) as Note);
  if (note && note.source !== identity) {
    throw new Error(
      'the target holds an unfinished copy of another register, or of this one before it was changed; ' +
        'begin with an empty one',
    );
  }
  if (note) progress('taking up an unfinished copy');
  return to.maintain(async (target) => {
    const begun = note ?? (await clear(target, identity, tableNames(source)));
    const { prepare } = loading[target.engine];
    if (prepare) await target.exec(prepare);
    return begun;
  });
}

/** Leaves the note, and nothing but the tables. */
async function clear(target: MigrationTarget, source: string, names: TableName[]): Promise<Note> {
  const constraints = await loading[target.engine].constraints(target);
  const indexes = await loading[target.engine].indexes(target);
  const note: Note = { source, indexes: indexes.restore, restore: constraints.restore };
  const text = JSON.stringify(note).replaceAll("'", "''");
  await atOnce(target, [
    ...constraints.remove,
    ...indexes.remove,
    // What a new register has of its own.
    ...names.map((name) => `DELETE FROM ${name}`),
    `INSERT INTO settings (name, value) VALUES ('${UNFINISHED_COPY}', '${text}')`,
  ]);
  return note;
}

/** Runs statements in one transaction. */
const atOnce = (target: MigrationTarget, statements: string[]): Promise<void> =>
  target.exclusively(async () => {
    for (const statement of statements) await target.exec(statement);
    return true;
  });

async function copyTable(source: Tx, to: Store, name: TableName, progress: Progress): Promise<void> {
  const key = await keyOf(source, name);
  const total = await countRows(source, name);
  let done = await to.read((tx) => countRows(tx, name));
  // Without a key nobody can say which rows are there.
  if (key.length === 0 && done > 0 && done < total) {
    await to.write((tx) => emptyTable(tx, name));
    done = 0;
  }
  if (done < total) {
    const behind = await to.read(async (tx) => (key.length > 0 ? lastRow(tx, name, key) : null));
    for await (const rows of batches(source, name, key, behind)) {
      await to.write((tx) => insertRows(tx, name, rows));
      done += rows.length;
      if (done % STEP < rows.length) progress(`${name}: ${done} of ${total}`);
    }
  }
  progress(`${name}: ${done} of ${total}`);
}

/** Makes the index of words anew from the rows, all of it: nobody can say how far one that was cut off came. */
export async function indexWords(to: Store, progress: Progress): Promise<void> {
  await to.maintain((target) => target.exec(loading[target.engine].emptyIndex));
  let done = 0;
  let waiting: OwnEntry[] = [];
  let words = 0;
  const put = async () => {
    await to.write((tx) => putOwnEntries(tx, waiting));
    done += waiting.length;
    if (done % STEP < waiting.length) progress(`search: ${done} entries`);
    waiting = [];
    words = 0;
  };
  for (const noun of resourceNames) {
    for await (const entries of entriesOf(to, noun)) {
      waiting.push(...entries);
      words += entries.reduce((sum, entry) => sum + entry.words.length, 0);
      if (words > WORDS_AT_ONCE) await put();
    }
  }
  await put();
  progress(`search: ${done} entries`);
}

/** In turns, so that neither side is left waiting in its transaction for long. */
async function compareTable(source: Tx, to: Store, name: TableName, progress: Progress): Promise<void> {
  const [original, copy] = await to.read(async (target) => {
    const sides = [];
    for (const tx of [source, target]) {
      sides.push({ rows: batches(tx, name, await keyOf(tx, name)), digest: new RowsDigest(), over: false });
    }
    while (sides.some(({ over }) => !over)) {
      for (const side of sides) {
        const { value, done } = await side.rows.next();
        side.over = done === true;
        for (const row of value ?? []) side.digest.add(row);
      }
    }
    return sides.map(({ digest }) => `${digest}`);
  });
  if (original !== copy) {
    throw new Error(
      `${name} differs: ${original} in the source, ${copy} in the copy; begin with an empty one`,
    );
  }
  progress(`${name}: verified, ${copy}`);
}
