import { crossingLinks } from '../attributions/links.store.js';
import { moveTo } from '../attributions/move.service.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { append } from '../lib/collections.js';
import { ApiError, type FieldError } from '../lib/errors.js';
import { contentOf } from '../resources/documents.js';
import { existingIds, type Version } from '../resources/resources.store.js';
import type { Touched } from './touched.service.js';

/** Moves attributions back to the claims that they were about, all before any is changed, since they are linked. */
export async function moveBack(tx: Tx, change: Change, changed: readonly Touched[]): Promise<void> {
  const byClaim = new Map<string, string[]>();
  for (const { type, id, before, now } of changed) {
    if (type !== 'attribution') continue;
    await tx.yield();
    const then = before && claimIn(before);
    if (then && then !== claimIn(now)) append(byClaim, decodeReference(then), id);
  }
  const claims = [...byClaim.keys()];
  const live = await existingIds(tx, 'claim', claims);
  const faults: FieldError[] = claims
    .filter((id) => !live.has(id))
    .map((id) => ({
      code: 'unknown_reference',
      detail: `claim ${id} is gone, to which attributions would go back`,
    }));
  if (faults.length === 0) {
    for (const [claim, ids] of byClaim) await moveTo(tx, change, ids, claim);
    for (const { from, to } of claims.length > 0 ? await crossingLinks(tx, 'claim_id', claims, NAMED) : []) {
      const detail = `attribution ${from} relays or answers ${to}, and one of both would be about another claim`;
      faults.push({ code: 'other_claim', detail });
    }
  }
  const [fault] = faults;
  if (fault) throw new ApiError('revert_conflict', `Nothing was reverted: ${fault.detail}.`, faults);
}

const claimIn = ({ doc }: Version): string | null => (contentOf(doc) as { claim: string | null }).claim;

/** Links that one answer names. */
const NAMED = 20;
