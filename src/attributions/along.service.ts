import { unmark } from '../db/references.js';
import type { Tx } from '../db/store.js';
import type { Change } from '../lib/change.js';
import { bodyFailure, type Fault } from '../lib/errors.js';
import { contentOf } from '../register/documents.js';
import { existingIds, removedAlong, type Version } from '../register/register.store.js';
import { dropObjects, reinstateObject } from '../register/write.js';
import { attributionNoun as noun } from './attribution.js';
import type { AttributionInput } from './attributions.schemas.js';
import { NEW_ROW } from './attributions.service.js';
import { attributionsOf } from './attributions.store.js';

/** Attributions go along when their claim is removed, and come back with it. */

/** Removes all attributions of a claim that is being removed. */
export async function dropAttributions(tx: Tx, change: Change, claimId: string): Promise<void> {
  await dropObjects(tx, change, noun, await attributionsOf(tx, claimId));
}

/** Brings back, as they were, the attributions that went along when the claim was removed. */
export async function restoreAttributionsOf(tx: Tx, change: Change, claim: Version): Promise<void> {
  const removals = await removedAlong(tx, 'attribution', claim);
  await refuseLost(tx, removals);
  for (const removal of removals) await reinstateObject(tx, change, noun, removal, NEW_ROW);
}

/** Since the removal nothing kept the parties and sources from being removed, too. */
async function refuseLost(tx: Tx, removals: Version[]): Promise<void> {
  const uses: { by: string; to: 'party' | 'source'; id: string }[] = [];
  for (const { object_id: by, doc } of removals) {
    noun.mapReferences(contentOf(doc) as AttributionInput, (marker, to) => {
      if (to === 'party' || to === 'source') uses.push({ by, to, id: unmark(marker) });
      return marker;
    });
  }
  const faults: Fault[] = [];
  for (const to of ['party', 'source'] as const) {
    const named = uses.filter((use) => use.to === to);
    const live = await existingIds(
      tx,
      to,
      named.map((use) => use.id),
    );
    for (const { by, id } of named) {
      if (live.has(id)) continue;
      const detail = `${by} names ${id}, which was removed; restore that first, or send attributions along`;
      faults.push({ pointer: '/attributions', code: 'unknown_reference', detail });
    }
  }
  if (faults.length > 0) throw bodyFailure(faults);
}
