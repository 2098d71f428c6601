import { crossingLinks } from '../attributions/links.store.js';
import { moveTo } from '../attributions/move.service.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { ApiError, type FieldError } from '../lib/errors.js';
import { contentOf } from '../resources/documents.js';
import { existingIds } from '../resources/resources.store.js';
import type { Touched } from './touched.service.js';

/** Moves attributions back to the claims that they were about, all before any is changed, since they are linked. */
export async function moveBack(tx: Tx, change: Change, changed: readonly Touched[]): Promise<void> {
  const byClaim = new Map<string, string[]>();
  for (const { type, id, before, now } of changed) {
    if (type !== 'attribution') continue;
    const [then, since] = [before!, now].map(({ doc }) => (contentOf(doc) as { claim: string | null }).claim);
    if (!then || then === since) continue;
    byClaim.set(decodeReference(then), [...(byClaim.get(decodeReference(then)) ?? []), id]);
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
  if (faults.length > 0)
    throw new ApiError('revert_conflict', `Nothing was reverted: ${faults[0]!.detail}.`, faults);
}

/** Links that one answer names. */
const NAMED = 20;
