import { withParts } from '../db/query/closures.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Mergeable } from '../lib/ids.js';
import { refreshAfter, refreshClaim } from '../provenance/standing/standing.service.js';
import {
  refreshEntitled,
  refreshPublished,
  refreshSources,
  refreshSpokenOf,
} from '../provenance/withdrawals/source-status.service.js';
import { contentOf } from '../resources/documents.js';
import { sourcesSpokenOfBy } from './merges.store.js';

/** What follows from a merge or its undoing for all that is computed, by noun; `ids` are in the register after it, and `merged` is the document of the one that was merged. */
const refresh: Record<Mergeable, (tx: Tx, ids: string[], merged: string) => Promise<void>> = {
  async party(tx, ids) {
    for (const id of ids) await refreshAfter(tx, 'party', id);
    await refreshPublished(tx, await withParts(tx, ids));
    await refreshSpokenOf(tx, await sourcesSpokenOfBy(tx, ids));
  },
  async source(tx, ids, merged) {
    for (const id of ids) {
      await refreshSpokenOf(tx, [id]);
      await refreshEntitled(tx, [id]);
    }
    // Those that the merged one superseded.
    const { supersedes } = contentOf(merged) as { supersedes: string[] };
    await refreshSources(tx, supersedes.map(decodeReference));
  },
  async claim(tx, ids) {
    for (const id of ids) await refreshClaim(tx, id);
  },
};

export const refreshMerged = (tx: Tx, noun: Mergeable, ids: string[], merged: string): Promise<void> =>
  refresh[noun](tx, ids, merged);
