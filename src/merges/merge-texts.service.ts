import { encodeReference, fillReferences } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { deletedReferences } from '../history/deleted-references.service.js';
import { lookUp, only } from '../lib/collections.js';
import type { Mergeable, ResourceName } from '../lib/ids.js';
import { mergeIn } from '../resources/merged.store.js';
import type { Version } from '../resources/resources.store.js';
import { type Brought, shownBrought } from './brought.js';
import { type MergeRow, versionsBySeq } from './merges.store.js';

/** Merges as JSON text. */
export async function mergeTexts(tx: Tx, rows: readonly MergeRow[]): Promise<string[]> {
  const seqs = rows.flatMap(({ seq, undone_seq }) => (undone_seq === null ? [seq] : [seq, undone_seq]));
  const versions = await versionsBySeq(tx, seqs);
  const texts = rows.map(({ id, noun, object_id, into_id, seq, undone_seq }) => {
    const version = lookUp(versions, seq);
    const { moved, brought } = mergeIn(version.doc);
    return JSON.stringify({
      id,
      noun,
      merged: encodeReference(noun as ResourceName, object_id),
      into: encodeReference(noun as ResourceName, into_id),
      ...recorded(version),
      moved,
      brought: shownBrought(noun as Mergeable, brought as Brought),
      undone: undone_seq === null ? null : recorded(lookUp(versions, undone_seq)),
    });
  });
  return fillReferences(tx, texts, deletedReferences);
}

export const mergeText = async (tx: Tx, row: MergeRow): Promise<string> => only(await mergeTexts(tx, [row]));

const recorded = ({ recorded_at, actor, on_behalf_of, reason, request_id }: Version) => ({
  recorded_at,
  actor,
  on_behalf_of,
  reason,
  request_id,
});
