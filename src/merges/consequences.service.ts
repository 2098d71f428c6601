import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Mergeable } from '../lib/ids.js';
import { drawConsequences } from '../provenance/consequences/consequences.service.js';
import { contentOf } from '../resources/documents.js';
import { sourcesSpokenOfBy } from './merges.store.js';

/** What follows from a merge or its undoing for all that is computed, by noun; `ids` are in the register after it, and `merged` is the document of the one that was merged. */
const refresh: Record<Mergeable, (tx: Tx, ids: string[], merged: string) => Promise<void>> = {
  async party(tx, ids) {
    const sources = await sourcesSpokenOfBy(tx, ids);
    await drawConsequences(tx, { parties: ids, moved: ids, sources, statuses: sources });
  },
  async source(tx, ids, merged) {
    // Those that the merged one superseded.
    const { supersedes } = contentOf(merged) as { supersedes: string[] };
    const statuses = [...ids, ...supersedes.map(decodeReference)];
    await drawConsequences(tx, { sources: ids, published: ids, statuses });
  },
  async claim(tx, ids) {
    await drawConsequences(tx, { claims: ids });
  },
};

export const refreshMerged = (tx: Tx, noun: Mergeable, ids: string[], merged: string): Promise<void> =>
  refresh[noun](tx, ids, merged);
