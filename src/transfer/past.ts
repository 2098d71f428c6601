import type { Tables } from '../db/schema/tables.js';
import type { Tx } from '../db/store/store.js';
import { pagesOf } from '../lib/collections.js';
import { type Held, heldRows, ownersAfter } from './past.store.js';
import type { Report } from './rebuild.js';

const PAGE = 200;

/** A table, the column that tells whom a row belongs to, and columns that do not follow from one version alone. */
export interface PastOf {
  table: keyof Tables;
  owner: string;
  computed: readonly string[];
}

/** Compares since when and until when each row held, so that what reads of the past show follows from the history. */
export async function comparePast(
  kept: Tx,
  rebuilt: Tx,
  { table, owner, computed }: PastOf,
  tell: Report,
): Promise<void> {
  const ignored = new Set(['valid_from', 'valid_to', ...computed]);
  const owners = async (after = '') => {
    const pages = [
      await ownersAfter(kept, table, owner, after, PAGE),
      await ownersAfter(rebuilt, table, owner, after, PAGE),
    ];
    return [...new Set(pages.flat())].sort().slice(0, PAGE);
  };
  for await (const ids of pagesOf(PAGE, owners)) {
    const of = async (tx: Tx) => spansByOwner(await heldRows(tx, table, owner, ids), owner, ignored);
    const [is, should] = [await of(kept), await of(rebuilt)];
    for (const id of ids) {
      if (is.get(id) === should.get(id)) continue;
      tell(`${table} of ${id}: held ${is.get(id) ?? 'never'}; by the history ${should.get(id) ?? 'never'}`);
    }
  }
}

function spansByOwner(rows: Held[], owner: string, ignored: ReadonlySet<string>): Map<string, string> {
  const contents = new Map<string, Map<string, Held[]>>();
  for (const row of rows) {
    const id = String(row[owner]);
    const content = JSON.stringify(Object.entries(row).filter(([column]) => !ignored.has(column)));
    const ofOwner = contents.get(id) ?? new Map<string, Held[]>();
    contents.set(id, ofOwner);
    ofOwner.set(content, [...(ofOwner.get(content) ?? []), row]);
  }
  const told = (all: Map<string, Held[]>) =>
    [...all].map(([content, alike]) => `${content} ${spansOf(alike)}`).sort();
  return new Map([...contents].map(([id, all]) => [id, told(all).join(', ')]));
}

/** Spans that meet are one: only what was computed changed between them. */
function spansOf(rows: Held[]): string {
  const spans: [from: number, to: number | null][] = [];
  for (const { valid_from, valid_to } of rows.sort((a, b) => a.valid_from - b.valid_from)) {
    const last = spans.at(-1);
    if (last && last[1] === valid_from) last[1] = valid_to;
    else spans.push([valid_from, valid_to]);
  }
  return spans.map(([from, to]) => `${from}–${to ?? 'now'}`).join(', ');
}
