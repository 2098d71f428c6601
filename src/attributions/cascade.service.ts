import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import { type FieldError, validationError } from '../lib/errors.js';
import { contentOf } from '../resources/documents.js';
import { cascadedRemovals, removedAlong } from '../resources/removed-along.store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { existingIds, lastVersion, type Version } from '../resources/resources.store.js';
import type { Extent } from '../resources/service.js';
import { returnsOf } from '../resources/write.js';
import type { Write } from '../resources/write-objects.js';
import { attributionType as noun } from './attribution.js';
import type { AttributionInput } from './attributions.schemas.js';
import { NEW_ROW } from './attributions.service.js';

/** Attributions that went along when their claim was removed come back with it. */

/** What is to be written to bring back, as they were, the attributions that went along when claims were removed; by claim. */
export async function attributionsBack(tx: Tx, claims: readonly Version[]): Promise<Map<string, Write[]>> {
  const removals = await cascadedRemovals(tx, 'attribution', claims);
  await refuseLost(tx, [...removals.values()].flat());
  const writes = new Map<string, Write[]>();
  for (const [claim, some] of removals) writes.set(claim, await returnsOf(tx, noun, some, NEW_ROW));
  return writes;
}

/** The attributions that went along when a claim was removed, those that changed since among them. */
export async function extentOfBack(tx: Tx, claim: Version): Promise<Extent> {
  const extent = { attributions: 0, relays: 0 };
  for (const { noun: name, doc } of lookUp(await removedAlong(tx, [claim]), claim)) {
    await tx.yield();
    if (name !== noun.name) continue;
    extent.attributions += 1;
    extent.relays += (contentOf(doc) as AttributionInput).relays.length;
  }
  return extent;
}

/** Since the removal nothing kept the parties and sources from being removed, too. */
async function refuseLost(tx: Tx, removals: Version[]): Promise<void> {
  /** By what they name. */
  const uses = { party: new Map<string, Set<string>>(), source: new Map<string, Set<string>>() };
  for (const { object_id, doc } of removals) {
    noun.mapReferences(contentOf(doc) as AttributionInput, (marker, to) => {
      if (to !== 'party' && to !== 'source') return marker;
      const id = decodeReference(marker);
      uses[to].set(
        id,
        (uses[to].get(id) ?? new Set()).add((JSON.parse(doc) as ResourceRow).key ?? object_id),
      );
      return marker;
    });
  }
  const faults: FieldError[] = [];
  for (const to of ['party', 'source'] as const) {
    const live = await existingIds(tx, to, [...uses[to].keys()]);
    for (const [id, by] of uses[to]) {
      if (live.has(id)) continue;
      const { key } = JSON.parse((await lastVersion(tx, to, id)).doc) as ResourceRow;
      const [first] = by;
      const many =
        by.size === 1 ? `attribution \`${first}\`` : `${by.size} attributions, \`${first}\` first,`;
      const detail =
        `${many} ${by.size === 1 ? 'names' : 'name'} the ${to} \`${key ?? id}\`, which was removed; ` +
        `restore the ${to} first, or send the claim with the \`attributions\` that it is to have`;
      faults.push({ pointer: '/attributions', code: 'unknown_reference', detail });
    }
  }
  if (faults.length > 0) throw validationError(faults);
}
