import { NEW_ROW as NEW_ATTRIBUTION } from '../attributions/attributions.service.js';
import { NEW_ROW as NEW_CLAIM } from '../claims/claims.service.js';
import type { Tables } from '../db/schema/tables.js';
import type { Store, Tx } from '../db/store/store.js';
import { groupBy, pagesOf } from '../lib/collections.js';
import { computeClaims } from '../provenance/standing/standing.service.js';
import { computeSources } from '../provenance/withdrawals/source-status.service.js';
import { NEW_ROW as NEW_SOURCE } from '../sources/source.js';
import { type Held, heldRows, pastOwnersAfter, queuedSpans, type Span } from './past.store.js';
import type { Report } from './rebuild.js';
import { keepOpen, type Row } from './verify.store.js';

/** Objects whose rows are looked at together. */
const PAGE = 50;

/** Columns that are computed, and how, for the rows of some owners, by the id of the row. */
interface ComputedOf {
  table: keyof Tables;
  owner: string;
  columns: readonly string[];
  /** Whether changes to parties and sources may be worked off later. */
  lags: boolean;
  compute(tx: Tx, owners: string[]): Promise<ReadonlyMap<string, Row>>;
}

const ofAttributions = { table: 'attributions', columns: Object.keys(NEW_ATTRIBUTION) } as const;

export const computedOf: readonly ComputedOf[] = [
  {
    table: 'claims',
    owner: 'id',
    columns: Object.keys(NEW_CLAIM),
    lags: true,
    async compute(tx, ids) {
      const claims = await computeClaims(tx, ids);
      return new Map([...claims].map(([id, { computed }]) => [id, { ...computed }]));
    },
  },
  {
    ...ofAttributions,
    owner: 'claim_id',
    lags: true,
    async compute(tx, ids) {
      const claims = await computeClaims(tx, ids);
      return new Map([...claims.values()].flatMap(({ attributions }) => [...attributions]));
    },
  },
  {
    ...ofAttributions,
    owner: 'about_source_id',
    lags: false,
    async compute(tx, ids) {
      const { takenBackBy } = await computeSources(tx, ids);
      return new Map(
        [...takenBackBy].map(([id, taker]) => [id, { ...NEW_ATTRIBUTION, retracted_by_id: taker }]),
      );
    },
  },
  {
    table: 'sources',
    owner: 'id',
    columns: Object.keys(NEW_SOURCE),
    lags: false,
    async compute(tx, ids) {
      const { statuses } = await computeSources(tx, ids);
      return new Map([...statuses].map(([id, status]) => [id, { ...status }]));
    },
  },
];

/**
 * Computes anew what rows of the past held besides their content, each from the register as it was when the row
 * began to hold. While a change to a party or source was being worked off, a row may have kept what the one before
 * it held. What was computed before the rules themselves changed is left alone: nobody has those rules any more.
 */
export async function compareComputed(kept: Tx, rebuilt: Store, tell: Report): Promise<void> {
  const queue = await queuedSpans(kept);
  const sameRulesSince = Math.max(...queue.filter(({ kind }) => kind === 'all').map(({ to }) => to), 0);
  for (const of of computedOf) {
    const pastOwners = (after = '') => pastOwnersAfter(kept, of.table, of.owner, after, PAGE);
    for await (const owners of pagesOf(PAGE, pastOwners)) {
      const rows = await heldRows(kept, of.table, of.owner, owners);
      const before = new Map(rows.map((row) => [`${row.id} ${row.valid_to}`, row]));
      const past = rows.filter((row) => row.valid_to !== null && row.valid_from >= sameRulesSince);
      for (const [at, held] of groupBy(past, (row) => row.valid_from)) {
        await keepOpen(kept);
        const concerned = [...new Set(held.map((row) => String(row[of.owner])))];
        const asOf = new Date(at).toISOString();
        const computed = await rebuilt.read((tx) => of.compute(tx, concerned), { asOf });
        const queued = of.lags ? queue.filter(({ from, to }) => from <= at && at < to) : [];
        for (const row of held) {
          const should = computed.get(String(row.id));
          // A row that the history does not make is told of where rows are compared.
          if (!should || mayLag(row, before.get(`${row.id} ${at}`), of.columns, queued)) continue;
          for (const column of of.columns) {
            if (isAlike(row, should, column)) continue;
            const [is, made] = [row, should].map((one) => JSON.stringify(one[column]));
            tell(`${of.table} ${row.id}: ${column} was ${is} from ${asOf}, the history makes ${made}`);
          }
        }
      }
    }
  }
}

/** Of what was computed in the very millisecond of a change, nothing tells on which side of it. */
const mayLag = (row: Held, last: Held | undefined, columns: readonly string[], queued: readonly Span[]) =>
  queued.some(({ from }) => from === row.valid_from) ||
  (queued.length > 0 && last !== undefined && columns.every((column) => isAlike(row, last, column)));

const isAlike = (a: Row, b: Row, column: string): boolean =>
  JSON.stringify(a[column]) === JSON.stringify(b[column]);
