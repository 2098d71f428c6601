import { decodeReference, isReferenceToken } from '../../db/query/references.js';
import type { Tx } from '../../db/store/store.js';
import { validationError } from '../../lib/errors.js';
import { sourceOf } from '../graph/graph.js';
import { entitledTo, entitlementFault } from '../graph/withdrawing.js';
import { loadEntitled, partyOfAttribution } from '../load/graph-parts.store.js';

/** What a new attribution says, of a claim or a whole source; references are reference tokens. */
interface Words {
  about_source: string | null;
  party: string;
  stance: string;
  in_reply_to: string | null;
}

/** Throws a 422 unless those who withdraw or correct a source may do that, or take back their own words of it. */
export async function refuseUnentitled(tx: Tx, words: Words): Promise<void> {
  const { about_source, stance } = words;
  if (about_source === null || (stance !== 'retracts' && stance !== 'corrects')) return;
  // References that lead nowhere are refused elsewhere.
  if (![about_source, words.party, words.in_reply_to ?? about_source].every(isReferenceToken)) return;
  const [id, party] = [decodeReference(about_source), decodeReference(words.party)];
  if (stance === 'retracts' && words.in_reply_to !== null) {
    if ((await partyOfAttribution(tx, decodeReference(words.in_reply_to))) === party) return;
  }
  const { sources, parties } = await loadEntitled(tx, id);
  const source = sourceOf(id, sources);
  const detail = entitlementFault(party, stance, source.title, entitledTo(source, sources, parties), parties);
  if (detail !== null) throw validationError([{ pointer: '/party', code: 'not_entitled', detail }]);
}
