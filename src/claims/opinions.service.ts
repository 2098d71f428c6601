import { assessmentType } from '../assessments/assessment.js';
import { assessmentsOf } from '../assessments/assessments.store.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { groupBy } from '../lib/collections.js';
import { relationType } from '../relations/relation.js';
import { relationsOf } from '../relations/relations.store.js';
import { contentOf } from '../resources/documents.js';
import type { Going } from '../resources/removal.js';
import { cascadedRemovals, existingIds, type Version } from '../resources/resources.store.js';
import { undeleteResources } from '../resources/write.js';

/** What people think of claims, which goes along with them, by claim; a relation between two of them goes with the first. */
export async function opinionsOf(
  tx: Tx,
  claims: readonly string[],
): Promise<(claim: string) => [relations: Going, assessments: Going]> {
  const first = ({ from_id, to_id }: { from_id: string; to_id: string }) =>
    claims.find((claim) => claim === from_id || claim === to_id);
  const relations = groupBy(await relationsOf(tx, claims), first);
  const assessments = groupBy(await assessmentsOf(tx, claims), ({ claim_id }) => claim_id);
  return (claim) => [
    { noun: relationType, objects: relations.get(claim) ?? [] },
    { noun: assessmentType, objects: assessments.get(claim) ?? [] },
  ];
}

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
