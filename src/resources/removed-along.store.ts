import { gt, sql } from 'drizzle-orm';
import { atMost } from '../db/query/conditions.js';
import { prepared } from '../db/query/prepared.js';
import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { groupBy, lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { OneByOne } from './attempted.js';
import { contentOf } from './documents.js';
import { documentsNow } from './originals.store.js';
import { lastVersions, type Version } from './resources.store.js';

/** What was removed because something else was, as the history tells. */

/** What belongs to a claim, and is recorded after it when it goes along. */
const BELONGING: ReadonlySet<string> = new Set<ResourceName>(['attribution', 'relation', 'assessment']);
/** Most objects take only few along. */
const FEW = 50;
/** Of several objects no more is read at once: each of them may have taken 1,000 attributions along. */
const MOST = 2_000;

/** By removal: what is recorded stays as it is. */
const known = new WeakMap<Version, readonly Version[]>();

/**
 * Removals that were recorded right after that of an object, by the removal of the object: of judgements of it and, if it is a
 * claim, of what belongs to it. Throws {@link OneByOne} where several took much along.
 */
export async function removedAlong(
  tx: Tx,
  removals: readonly Version[],
): Promise<Map<Version, readonly Version[]>> {
  const read = reader(tx);
  const found = new Map<Version, readonly Version[]>();
  let count = 0;
  for (const removal of [...removals].sort((one, other) => one.seq - other.seq)) {
    const behind = known.get(removal) ?? (await read(removal));
    known.set(removal, behind);
    found.set(removal, behind);
    count += behind.length;
    if (removals.length > 1 && count > MOST) throw new OneByOne();
  }
  return found;
}

/** Reads what went along with removals, which follow each other: those of one request stand side by side. */
function reader(tx: Tx): (removal: Version) => Promise<Version[]> {
  /** The versions from behind one number up to another. */
  let page: Version[] = [];
  let [from, to] = [0, 0];
  return async (removal) => {
    const found: Version[] = [];
    for (let last = removal.seq; ; last = to) {
      if (last < from || last >= to) {
        page = await versionsBehind(tx, null, { seq: last });
        [from, to] = [last, page.at(-1)?.seq ?? last];
      }
      for (const row of page) {
        if (row.seq <= last) continue;
        if (!wentAlong(row, removal)) return found;
        found.push(row);
      }
      if (page.length < FEW) return found;
    }
  };
}

function wentAlong(row: Version, removal: Version): boolean {
  const isOfWrite = row.request_id === removal.request_id && row.recorded_at === removal.recorded_at;
  const belongs = row.noun === 'judgement' || (removal.noun === 'claim' && BELONGING.has(row.noun));
  return isOfWrite && belongs && row.operation === 'remove';
}

const versionsBehind = prepared(({ db, tables: { history: t } }) =>
  db
    .select()
    .from(t)
    .where(gt(t.seq, sql.placeholder('seq')))
    .orderBy(t.seq)
    .limit(atMost(FEW)),
);

/**
 * What of a noun went along when claims were removed, and was not touched since, as it would come back, by claim. It is recorded
 * after the claim: what was removed for itself in the same batch comes before, since nothing refers to a claim that is gone.
 */
export async function cascadedRemovals(
  tx: Tx,
  noun: 'attribution' | 'assessment',
  claims: readonly Version[],
): Promise<Map<string, Version[]>> {
  const own: { claim: string; removal: Version }[] = [];
  for (const [{ object_id: claim }, removals] of await removedAlong(tx, claims)) {
    const about = encodeReference('claim', claim);
    for (const removal of removals) {
      await tx.yield();
      if (removal.noun === noun && contentOf(removal.doc).claim === about) own.push({ claim, removal });
    }
  }
  const last = await lastVersions(
    tx,
    own.map(({ removal }) => removal.object_id),
  );
  const untouched = own.filter(({ removal }) => last.get(removal.object_id) === removal.version);
  const documents = await documentsNow(
    tx,
    noun,
    untouched.map(({ removal }) => removal),
  );
  const ofClaims = groupBy(untouched, ({ claim }) => claim);
  return new Map(
    claims.map(({ object_id: claim }) => [
      claim,
      (ofClaims.get(claim) ?? []).map(({ removal }) => ({
        ...removal,
        doc: lookUp(documents, removal.object_id),
      })),
    ]),
  );
}
