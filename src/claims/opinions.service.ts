import { assessmentNoun } from '../assessments/assessment.js';
import { assessmentsOf } from '../assessments/assessments.store.js';
import { unmark } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { contentOf } from '../register/documents.js';
import { existingIds, removedAlong, type Version } from '../register/register.store.js';
import { dropObjects } from '../register/removal.js';
import { reinstateObject } from '../register/write.js';
import { relationNoun } from '../relations/relation.js';
import { relationsOf } from '../relations/relations.store.js';

/** Removes what people think of a claim that is being removed. */
export async function dropOpinions(tx: Tx, change: Change, claimId: string): Promise<void> {
  await dropObjects(tx, change, relationNoun, await relationsOf(tx, claimId));
  await dropObjects(tx, change, assessmentNoun, await assessmentsOf(tx, claimId));
}

/** Brings back what went along with the claim, as far as the other claims concerned still stand apart. */
export async function restoreOpinionsOf(tx: Tx, change: Change, claim: Version): Promise<void> {
  for (const noun of [relationNoun, assessmentNoun]) {
    for (const removal of await removedAlong(tx, noun.name, claim)) {
      const content = contentOf(removal.doc) as Record<string, string | null>;
      const claims = [content.claim, content.from, content.to].flatMap((marker) =>
        marker ? [unmark(marker)] : [],
      );
      // Both ends may have been merged into one.
      if (content.from && content.from === content.to) continue;
      if ((await existingIds(tx, 'claim', claims)).size < new Set(claims).size) continue;
      await reinstateObject(tx, change, noun, removal);
    }
  }
}
