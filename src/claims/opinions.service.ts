import { assessmentType } from '../assessments/assessment.js';
import { assessmentsOf } from '../assessments/assessments.store.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { relationType } from '../relations/relation.js';
import { relationsOf } from '../relations/relations.store.js';
import { contentOf } from '../resources/documents.js';
import type { Going } from '../resources/removal.js';
import { cascadedRemovals, existingIds, type Version } from '../resources/resources.store.js';
import { undeleteResources } from '../resources/write.js';

/** What people think of a claim, which goes along with it. */
export const opinionsOf = async (tx: Tx, claimId: string): Promise<Going[]> => [
  { noun: relationType, objects: await relationsOf(tx, claimId) },
  { noun: assessmentType, objects: await assessmentsOf(tx, claimId) },
];

/** Brings back what went along with the claim, as far as the other claims concerned still stand apart. */
export async function restoreOpinionsOf(tx: Tx, change: Change, claim: Version): Promise<void> {
  for (const noun of [relationType, assessmentType]) {
    const removals: Version[] = [];
    for (const removal of await cascadedRemovals(tx, noun.name, claim)) {
      const content = contentOf(removal.doc) as Record<string, string | null>;
      const claims = [content.claim, content.from, content.to].flatMap((marker) =>
        marker ? [decodeReference(marker)] : [],
      );
      // Both ends may have been merged into one.
      if (content.from && content.from === content.to) continue;
      if ((await existingIds(tx, 'claim', claims)).size < new Set(claims).size) continue;
      removals.push(removal);
    }
    await undeleteResources(tx, change, noun, removals);
  }
}
