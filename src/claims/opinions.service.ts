import { assessmentType } from '../assessments/assessment.js';
import { assessmentsOf } from '../assessments/assessments.store.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { groupBy } from '../lib/collections.js';
import { relationType } from '../relations/relation.js';
import { relationsOf } from '../relations/relations.store.js';
import { linksToBringBack } from '../resources/gone-along.store.js';
import type { Going } from '../resources/removal.js';
import { cascadedRemovals, type Version } from '../resources/resources.store.js';
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
  const relations = await linksToBringBack(tx, 'relation', [claim.object_id], claim);
  await undeleteResources(tx, change, relationType, relations);
  const assessments = await cascadedRemovals(tx, 'assessment', claim);
  await undeleteResources(tx, change, assessmentType, assessments);
}
