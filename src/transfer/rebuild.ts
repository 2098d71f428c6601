import { setImmediate as nextTurn } from 'node:timers/promises';
import { NEW_ROW as NEW_ATTRIBUTION } from '../attributions/attributions.service.js';
import { NEW_ROW as NEW_CLAIM } from '../claims/claims.service.js';
import type { Store, Tx } from '../db/store/store.js';
import { pagesOf } from '../lib/collections.js';
import { nounsOfClaims } from '../lib/ids.js';
import { refreshClaims } from '../provenance/standing/standing.service.js';
import { refreshSources } from '../provenance/withdrawals/source-status.service.js';
import { childRowsOf } from '../resources/child-rows.js';
import { contentOf, unmergedDocument } from '../resources/documents.js';
import { recordMerges } from '../resources/merged.store.js';
import { deleteObjects, insertObjects, updateObjects } from '../resources/objects.store.js';
import type { ResourceTypes } from '../resources/render.js';
import type { ResourceRow, ResourceType } from '../resources/resource-type.js';
import { findLastVersion, isGone, type Version } from '../resources/resources.store.js';
import { recordConcerned } from '../resources/subjects.store.js';
import { versionDigest } from '../resources/version-digest.js';
import { NEW_ROW as NEW_SOURCE } from '../sources/source.js';
import { atInstant, copySlug, copyVersion, historyPage, keepOpen, pageById } from './verify.store.js';

const PAGE = 200;
/** Claims whose standing is computed in one transaction, and versions between two words to the source. */
const CLAIMS_AT_ONCE = 50;

/** What a new row holds besides what follows from its document. */
export const newRows: Partial<Record<string, object>> = {
  claim: NEW_CLAIM,
  attribution: NEW_ATTRIBUTION,
  source: NEW_SOURCE,
};

/** Tells of what is wrong, a sentence each. */
export type Report = (line: string) => void;

/**
 * Makes a register in `scratch`, which is empty, from the history of another and from nothing else: every
 * version in turn, then what is computed about claims. Returns the number of versions.
 */
export async function rebuild(
  from: Tx,
  scratch: Store,
  nouns: ResourceTypes,
  report: Report,
): Promise<number> {
  let count = 0;
  let waiting: Version[] = [];
  let place = 0;
  const apply = async (versions: Version[]) => {
    const [first] = versions;
    if (!first) return;
    await scratch.write(async (tx) => {
      // A removed claim stands until what is recorded after it as going along is gone, too.
      let leaving: Version | null = null;
      let at = tx;
      for (const [i, version] of versions.entries()) {
        if (i % CLAIMS_AT_ONCE === 0) await keepOpen(from);
        const instant = Date.parse(version.recorded_at);
        if (instant !== at.at) {
          if (leaving) await removeRow(at, nouns.claim, leaving);
          leaving = null;
          at = await atInstant(tx, instant);
        }
        if (leaving && !(version.operation === 'remove' && nounsOfClaims.has(version.noun))) {
          await removeRow(at, nouns.claim, leaving);
          leaving = null;
        }
        checkPlace(version, ++place, report);
        await replay(at, nouns, version, report).catch((error: Error) => {
          throw new Error(`${titleOf(version)}: ${error.message}`, { cause: error });
        });
        if (version.noun === 'claim' && version.operation === 'remove') leaving = version;
      }
      if (leaving) await removeRow(at, nouns.claim, leaving);
    }, first.recorded_at);
    await nextTurn();
  };
  for await (const page of pagesOf<Version>(PAGE, (last) => historyPage(from, last?.seq ?? 0, PAGE))) {
    count += page.length;
    waiting.push(...page);
    // What one request wrote may refer to each other both ways: it is never torn apart.
    const last = waiting.at(-1)?.request_id;
    const cut = waiting.findLastIndex(({ request_id }) => request_id !== last) + 1;
    await apply(waiting.slice(0, cut));
    waiting = waiting.slice(cut);
  }
  await apply(waiting);
  await recompute(from, scratch, 'sources', (tx, ids) => refreshSources(tx, ids));
  await recompute(from, scratch, 'claims', async (tx, ids) => {
    for (const id of ids) {
      await keepOpen(from);
      await refreshClaims(tx, [id]);
    }
  });
  return count;
}

/** Computes what does not follow from one version alone, for all objects of a table. */
async function recompute(
  from: Tx,
  scratch: Store,
  table: 'sources' | 'claims',
  refresh: (tx: Tx, ids: string[]) => Promise<void>,
): Promise<void> {
  const idsAfter = (after = '') =>
    scratch.read(async (tx) =>
      (await pageById(tx, table, after, CLAIMS_AT_ONCE)).map(({ id }) => String(id)),
    );
  for await (const ids of pagesOf(CLAIMS_AT_ONCE, idsAfter)) {
    await scratch.write(async (tx) => {
      await keepOpen(from);
      await refresh(tx, ids);
    });
    await nextTurn();
  }
}

const titleOf = ({ seq, noun, object_id, version }: Version) =>
  `history ${seq} (${noun} ${object_id}, version ${version})`;

/** Versions are numbered without holes, and each has a digest of all that it holds. */
function checkPlace(version: Version, place: number, report: Report): void {
  if (version.seq !== place) report(`${titleOf(version)}: stands where ${place} should`);
  if (version.digest !== versionDigest(version)) report(`${titleOf(version)}: differs from its digest`);
}

const follows: Record<string, readonly (string | undefined)[]> = {
  create: [undefined],
  update: ['create', 'update', 'restore'],
  remove: ['create', 'update', 'restore'],
  merge: ['create', 'update', 'restore'],
  restore: ['remove', 'merge'],
};

async function replay(tx: Tx, nouns: ResourceTypes, version: Version, report: Report): Promise<void> {
  const noun = (nouns as Partial<Record<string, ResourceType>>)[version.noun];
  if (!noun) return;
  const where = titleOf(version);
  const before = await findLastVersion(tx, noun.name, version.object_id);
  if (version.version !== (before?.version ?? 0) + 1) {
    report(`${where}: follows version ${before?.version ?? 'none'}`);
  }
  if (!follows[version.operation]?.includes(before?.operation)) {
    report(`${where}: ${version.operation} after ${before?.operation ?? 'nothing'}`);
  }
  await copyVersion(tx, version);
  const stored = storedOf(version);
  if (isGone(version.operation)) {
    const doc = version.operation === 'merge' ? unmergedDocument(version.doc) : version.doc;
    if (before && before.doc !== doc) report(`${where}: ${version.operation}d in another form than it had`);
    // Of a claim that was removed, see above; of one that was merged, all moved before.
    if (version.operation === 'merge' || noun.name !== 'claim') await removeRow(tx, noun, version);
  } else {
    if (stored.version !== version.version || stored.updated_at !== version.recorded_at) {
      report(`${where}: the document tells of version ${stored.version}, ${stored.updated_at}`);
    }
    const view = contentOf(stored.doc);
    const { doc: _doc, ...stamps } = stored;
    const row = { ...noun.columns(view), ...stamps, seq: version.seq };
    const side = await childRowsOf(tx, noun, view, stored.id);
    // A history that leaves steps out is told of above; what can be made of it is still compared.
    const known = before !== null && !isGone(before.operation);
    if (known) {
      const was = await childRowsOf(tx, noun, contentOf(before.doc), stored.id);
      await updateObjects(tx, noun, [{ row, before: was, after: side }]);
    } else await insertObjects(tx, noun, [{ row: { ...row, ...newRows[noun.name] }, side }]);
    if (stored.key !== null) await copySlug(tx, noun.name, stored.key, stored.id);
  }
  await recordConcerned(tx, [version]);
  await recordMerges(tx, [version]);
}

const removeRow = (tx: Tx, noun: ResourceType, { object_id }: Version) =>
  deleteObjects(tx, noun, [object_id]);

function storedOf({ doc, object_id }: Version): ResourceRow {
  const { key, version, created_at, updated_at } = JSON.parse(doc) as ResourceRow;
  return { id: object_id, key, version, created_at, updated_at, doc };
}
