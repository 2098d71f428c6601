import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../db/open.js';
import type { Store, Tx } from '../db/store/store.js';
import type { Clock } from '../lib/clock.js';
import { drainStep } from '../provenance/standing/standing.service.js';
import type { ResourceTypes } from '../resources/render.js';
import type { ResourceType } from '../resources/resource-type.js';
import { comparePast, type PastOf } from './past.js';
import { compareComputed } from './past-computed.js';
import { newRows, type Report, rebuild } from './rebuild.js';
import {
  newestInstants,
  newestSeq,
  pageById,
  type Row,
  rowCount,
  rowsBetween,
  rowsOf,
  type TableName,
} from './verify.store.js';
import { verifyAnswers } from './verify-answers.js';
import { verifyEntries } from './verify-entries.js';
import { verifyKeys } from './verify-keys.js';
import { verifyStorage } from './verify-storage.js';

const PAGE = 200;
const SEQS = 1_000;
const DAY = 86_400_000;

/** Tables whose rows belong to one object, with the column that holds its id. */
const sides: Partial<Record<TableName, [noun: string, owner: string]>> = {
  party_names: ['party', 'party_id'],
  party_name_keys: ['party', 'party_id'],
  source_urls: ['source', 'source_id'],
  source_authors: ['source', 'source_id'],
  source_derivations: ['source', 'source_id'],
  source_supersessions: ['source', 'source_id'],
  claim_participants: ['claim', 'claim_id'],
  claim_places: ['claim', 'claim_id'],
  claim_topics: ['claim', 'claim_id'],
  attribution_relays: ['attribution', 'attribution_id'],
};
/** Tables whose rows say themselves which noun they belong to. */
const shared: Partial<Record<TableName, string>> = {
  identifiers: 'object_id',
  reserved_keys: 'id',
  merges: 'into_id',
};

/** What the history does not tell: what is only work to be done or shared. */
export const notCompared: readonly TableName[] = [
  ...(['reference_epoch', 'settings', 'standing_queue'] as const),
];
export const compared = (nouns: ResourceTypes): TableName[] => [
  ...Object.values(nouns).map(({ table }) => table),
  ...(Object.keys({ ...sides, ...shared }) as TableName[]),
  'history_subjects',
];
/** Tables with checks of their own. */
export const checkedApart: readonly TableName[] = [
  ...(['history', 'commit_clock', 'api_keys', 'idempotency', 'search', 'search_words'] as const),
];

/** The tables whose rows reads of the past show. */
const pasts = (nouns: ResourceTypes): PastOf[] => [
  ...Object.values(nouns).map(({ name, table }) => ({
    table,
    owner: 'id',
    computed: ['entry', ...Object.keys(newRows[name] ?? {})],
  })),
  ...Object.entries(sides).map(([table, [, owner]]) => ({
    table: table as TableName,
    owner,
    computed: [],
  })),
  { table: 'identifiers', owner: 'object_id', computed: [] },
  { table: 'reserved_keys', owner: 'id', computed: [] },
  { table: 'merges', owner: 'id', computed: [] },
];

export interface Verified {
  versions: number;
  objects: number;
  differences: number;
}

/**
 * Checks the storage, then rebuilds the register from its history in a temporary file and compares every row of every
 * table, with all that is derived and computed, and since when and until when it held. Each difference is reported in
 * a sentence. Both see one snapshot. The register may be damaged in any way in which it can still be opened.
 */
export async function verifyRegister(
  store: Store,
  nouns: ResourceTypes,
  clock: Clock,
  report: Report,
): Promise<Verified> {
  const result: Verified = { versions: 0, objects: 0, differences: 0 };
  const tell: Report = (line) => {
    result.differences += 1;
    report(line);
  };
  await verifyStorage(store, tell);
  // What is still to be computed would look like a difference. Nothing is written into a damaged register.
  if (result.differences === 0) while (await drainStep(store, clock));
  const folder = await mkdtemp(join(tmpdir(), 'attested-verify-'));
  const scratch = await openStore({
    url: `file:${join(folder, 'rebuilt.db')}`,
    onFatal(error) {
      throw error;
    },
  });
  try {
    await store.read(async (kept) => {
      await verifyInstant(kept, clock, tell);
      await verifyKeys(kept, tell);
      await verifyAnswers(kept, tell);
      result.versions = await rebuild(kept, scratch, nouns, tell);
      await scratch.read(async (rebuilt) => {
        for (const noun of Object.values(nouns))
          result.objects += await compareNoun(kept, rebuilt, noun, tell);
        await compareSubjects(kept, rebuilt, tell);
        for (const of of pasts(nouns)) await comparePast(kept, rebuilt, of, tell);
        await verifyEntries(kept, tell);
        for (const table of compared(nouns)) {
          const [n, m] = [await rowCount(kept, table), await rowCount(rebuilt, table)];
          if (n !== m) tell(`${table}: has ${n} rows, the history makes ${m}`);
        }
      });
      await compareComputed(kept, scratch, tell);
    });
    return result;
  } catch (error) {
    tell(`what comes after this could not be compared: ${(error as Error).message}`);
    return result;
  } finally {
    await scratch.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Later writes are recorded at this instant or after it. Clocks of instances may differ a little. */
async function verifyInstant(kept: Tx, clock: Clock, tell: Report): Promise<void> {
  const { write, version } = await newestInstants(kept);
  if (write < version) tell(`commit_clock: is ${write}, before that of the newest version, ${version}`);
  if (write > Date.parse(clock()) + DAY) tell(`commit_clock: is ${write}, more than a day in the future`);
}

/** Goes through both tables in the order of ids. Returns how many objects the register has. */
async function compareNoun(kept: Tx, rebuilt: Tx, noun: ResourceType, tell: Report): Promise<number> {
  let count = 0;
  for (let after = ''; ; ) {
    const mine = await pageById(kept, noun.table, after, PAGE);
    const theirs = await pageById(rebuilt, noun.table, after, PAGE);
    // Of two pages only what lies before the end of both has been seen whole.
    const ends = [mine, theirs].flatMap((page) => page.slice(PAGE - 1));
    const [end] = ends.map(({ id }) => String(id)).sort();
    const within = (rows: Row[]) =>
      new Map(
        rows.filter(({ id }) => end === undefined || String(id) <= end).map((row) => [String(row.id), row]),
      );
    const [left, right] = [within(mine), within(theirs)];
    const ids = [...new Set([...left.keys(), ...right.keys()])].sort();
    for (const id of ids) compareRows(noun.table, id, left.get(id), right.get(id), tell);
    await compareSides(kept, rebuilt, noun, ids, tell);
    count += left.size;
    if (end === undefined) return count;
    after = end;
  }
}

function compareRows(
  table: string,
  id: string,
  kept: Row | undefined,
  rebuilt: Row | undefined,
  tell: Report,
): void {
  if (!kept || !rebuilt) {
    const what = kept ? 'is there; the history does not have it' : 'is missing; the history has it';
    tell(`${table} ${id}: ${what}`);
    return;
  }
  // Since when it holds as it is may be due to what was computed; `comparePast` sees to that. Entries of the index of
  // words are numbered in the order of writes; `verifyEntries` sees to these.
  for (const column of Object.keys(kept).filter((name) => name !== 'valid_from' && name !== 'entry')) {
    const [is, should] = [JSON.stringify(kept[column]), JSON.stringify(rebuilt[column])];
    if (is !== should) tell(`${table} ${id}: ${column} is ${clip(is)}, the history makes ${clip(should)}`);
  }
}

async function compareSides(
  kept: Tx,
  rebuilt: Tx,
  noun: ResourceType,
  ids: string[],
  tell: Report,
): Promise<void> {
  if (ids.length === 0) return;
  const tables: [TableName, string, string?][] = [];
  for (const [table, [of, owner]] of Object.entries(sides) as [TableName, [string, string]][]) {
    if (of === noun.name) tables.push([table, owner]);
  }
  for (const [table, owner] of Object.entries(shared) as [TableName, string][]) {
    tables.push([table, owner, noun.name]);
  }
  for (const [table, owner, of] of tables) {
    const grouped = async (tx: Tx) => groups(await rowsOf(tx, table, owner, ids, of), owner);
    const [mine, theirs] = [await grouped(kept), await grouped(rebuilt)];
    for (const id of ids) {
      const [is, should] = [mine.get(id) ?? '', theirs.get(id) ?? ''];
      if (is !== should) tell(`${table} of ${id}: is [${clip(is)}], the history makes [${clip(should)}]`);
    }
  }
}

async function compareSubjects(kept: Tx, rebuilt: Tx, tell: Report): Promise<void> {
  const table = 'history_subjects';
  const last = Math.max(await newestSeq(kept, table), await newestSeq(rebuilt, table));
  for (let from = 1; from <= last; from += SEQS) {
    const grouped = async (tx: Tx) => groups(await rowsBetween(tx, table, from, from + SEQS - 1), 'seq');
    const [mine, theirs] = [await grouped(kept), await grouped(rebuilt)];
    for (const seq of new Set([...mine.keys(), ...theirs.keys()])) {
      const [is, should] = [mine.get(seq) ?? '', theirs.get(seq) ?? ''];
      if (is !== should) tell(`${table} ${seq}: is [${clip(is)}], the history makes [${clip(should)}]`);
    }
  }
}

/** The rows of each owner as one text, whatever their order. */
function groups(rows: Row[], owner: string): Map<string, string> {
  const lists = new Map<string, string[]>();
  for (const row of rows) {
    const id = String(row[owner]);
    const known = lists.get(id) ?? [];
    const { valid_from: _since, ...content } = row;
    known.push(JSON.stringify(content));
    lists.set(id, known);
  }
  return new Map([...lists].map(([id, list]) => [id, list.sort().join(', ')]));
}

const clip = (text: string | undefined): string =>
  text === undefined || text.length <= 200 ? String(text) : `${text.slice(0, 200)}…`;
