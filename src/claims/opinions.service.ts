import { assessmentType } from '../assessments/assessment.js';
import { assessmentsOf } from '../assessments/assessments.store.js';
import type { Tx } from '../db/store/store.js';
import { groupBy, lookUp } from '../lib/collections.js';
import { zip } from '../lib/zip.js';
import { relationType } from '../relations/relation.js';
import { relationsOf } from '../relations/relations.store.js';
import { linksToBringBack } from '../resources/gone-along.store.js';
import { cascadedRemovals } from '../resources/removed-along.store.js';
import type { Version } from '../resources/resources.store.js';
import { removalOf, returnsOf } from '../resources/write.js';
import type { Write } from '../resources/write-objects.js';

/** The removals of what people think of claims, which goes along with them; a relation between two of them goes with the first. */
export async function opinionsGoing(tx: Tx, claims: readonly string[]): Promise<(claim: string) => Write[]> {
  const first = ({ from_id, to_id }: { from_id: string; to_id: string }) =>
    claims.find((claim) => claim === from_id || claim === to_id);
  const relations = groupBy(await relationsOf(tx, claims), first);
  const assessments = groupBy(await assessmentsOf(tx, claims), ({ claim_id }) => claim_id);
  return (claim) => [
    ...(relations.get(claim) ?? []).map((stored) => removalOf(relationType, stored)),
    ...(assessments.get(claim) ?? []).map((stored) => removalOf(assessmentType, stored)),
  ];
}

/** What is to be written to bring back what went along with claims, as far as the other claims concerned stand apart; for each. */
export async function opinionsBack(tx: Tx, claims: readonly Version[]): Promise<Write[][]> {
  const coming = claims.map((removal) => ({ ids: [removal.object_id], removal }));
  const relations = await linksToBringBack(tx, 'relation', coming);
  const assessments = await cascadedRemovals(tx, 'assessment', claims);
  const writes: Write[][] = [];
  for (const [{ object_id }, ofClaim] of zip(claims, relations)) {
    writes.push([
      ...(await returnsOf(tx, relationType, ofClaim)),
      ...(await returnsOf(tx, assessmentType, lookUp(assessments, object_id))),
    ]);
  }
  return writes;
}
