import { assessmentType } from '../assessments/assessment.js';
import { assessmentsOf } from '../assessments/assessments.store.js';
import { claimType } from '../claims/claim.js';
import type { Reference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { only } from '../lib/collections.js';
import { partyType } from '../parties/party.js';
import { get } from '../resources/find.js';
import { outputTexts } from '../resources/render.js';
import type { ResourceType } from '../resources/resource-type.js';
import { findRows } from '../resources/resources.store.js';
import { sourceType } from '../sources/source.js';
import {
  type AuthorType,
  claimReviews,
  type Referred,
  type Review,
  type ReviewedClaim,
} from './claimreview.js';

/** Of one claim; more are never read by those who show reviews. */
const MOST_REVIEWS = 100;

/** The reviews of a claim as linked data. Throws 404 and 410 as a read of the claim does. */
export async function loadClaimReviews(
  tx: Tx,
  reference: string,
  authorType: AuthorType | undefined,
): Promise<object> {
  const stored = await get(tx, claimType, reference);
  const assessments = (await assessmentsOf(tx, [stored.id])).slice(0, MOST_REVIEWS);
  const claim = only(await objects<ReviewedClaim>(tx, claimType, [stored]));
  const reviews = await objects<Review>(tx, assessmentType, assessments);
  return claimReviews(claim, reviews, await referredOf(tx, claim), authorType);
}

const objects = async <T>(
  tx: Tx,
  noun: ResourceType,
  rows: Parameters<typeof outputTexts>[2],
): Promise<T[]> => (await outputTexts(tx, noun, rows)).map((text) => JSON.parse(text) as T);

async function referredOf(tx: Tx, { attributions }: ReviewedClaim): Promise<Referred> {
  const named = async <T>(noun: ResourceType, references: (Reference | null)[]) => {
    const ids = new Set(references.flatMap((each) => (each ? [each.id] : [])));
    const rows = await findRows(tx, noun, [...ids]);
    return new Map(rows.map(({ id, doc }) => [id, JSON.parse(doc) as T]));
  };
  const parties = await named<{ kind: string }>(
    partyType,
    attributions.map(({ party }) => party),
  );
  const sources = await named<{ title: string; url: string | null; published: string | null }>(
    sourceType,
    attributions.map(({ source }) => source),
  );
  return { kinds: new Map([...parties].map(([id, { kind }]) => [id, kind])), sources };
}
