import type { Reference } from '../db/query/references.js';

/**
 * Assessments of a claim as schema.org describes reviews of claims (ClaimReview), as fact-checkers publish them. What
 * the register does not know is left out.
 */

interface Attributed {
  party: Reference;
  stance: string;
  source: Reference | null;
  retracted_by: Reference | null;
}

export interface ReviewedClaim {
  id: string;
  text: string;
  language: string | null;
  attributions: Attributed[];
}

export interface Review {
  id: string;
  credibility: number | null;
  verdict: string | null;
  rationale: string | null;
  assessor: string | null;
  assessed_at: string | null;
  created_at: string;
  updated_at: string;
}

/** What the claim refers to, by id. */
export interface Referred {
  kinds: ReadonlyMap<string, string>;
  sources: ReadonlyMap<string, { title: string; url: string | null; published: string | null }>;
}

export type AuthorType = 'Organization' | 'Person';

/** Types of schema.org by kind of party. A party of another kind has none. */
const partyTypes: Record<string, string> = {
  person: 'Person',
  organization: 'Organization',
  government: 'GovernmentOrganization',
  intergovernmental: 'Organization',
  media: 'NewsMediaOrganization',
};

/** The Admiralty scale from 1, confirmed, to 5, improbable; 6 says that it cannot be judged, which is no grade. */
const BEST = 1;
const WORST = 5;

/** One ClaimReview for each assessment that says something a reader can be told: a verdict or a grade. */
export function claimReviews(
  claim: ReviewedClaim,
  reviews: readonly Review[],
  referred: Referred,
  authorType: AuthorType | undefined,
): object {
  const itemReviewed = itemOf(claim, referred);
  const graph = reviews
    .map((review) => ({ review, reviewRating: ratingOf(review) }))
    .filter(({ reviewRating }) => reviewRating !== null)
    .map(({ review, reviewRating }) =>
      present({
        '@type': 'ClaimReview',
        '@id': `/v1/assessments/${review.id}`,
        url: `/v1/assessments/${review.id}`,
        claimReviewed: claim.text,
        reviewRating,
        reviewBody: review.rationale,
        author: review.assessor && present({ '@type': authorType, name: review.assessor }),
        dateCreated: review.assessed_at,
        datePublished: review.created_at,
        dateModified: review.updated_at,
        itemReviewed,
      }),
    );
  return { '@context': 'https://schema.org', '@graph': graph };
}

function ratingOf({ verdict, credibility }: Review): object | null {
  const isGrade = credibility !== null && credibility <= WORST;
  if (verdict === null && !isGrade) return null;
  return present({
    '@type': 'Rating',
    alternateName: verdict,
    ...(isGrade ? { ratingValue: credibility, bestRating: BEST, worstRating: WORST } : {}),
  });
}

function itemOf({ id, text, language, attributions }: ReviewedClaim, { kinds, sources }: Referred): object {
  const counting = attributions.filter(({ retracted_by }) => retracted_by === null);
  const saying = counting.filter(({ stance }) => stance === 'asserts' || stance === 'confirms');
  const supporting = counting.filter(({ stance }) => stance === 'reports').concat(saying);
  const author = distinct(saying.map(({ party }) => party)).map((party) =>
    present({ '@type': partyTypes[kinds.get(party.id) ?? ''], name: party.name }),
  );
  const appearance = distinct(supporting.map(({ source }) => source)).map((source) => {
    const { url = null, published = null } = sources.get(source.id) ?? {};
    return present({
      '@type': 'CreativeWork',
      name: source.name,
      url,
      datePublished: published !== null && /^\d{4}(-\d\d){0,2}$/.test(published) ? published : null,
    });
  });
  return present({
    '@type': 'Claim',
    '@id': `/v1/claims/${id}`,
    text,
    inLanguage: language,
    author: author.length > 0 ? author : null,
    appearance: appearance.length > 0 ? appearance : null,
  });
}

const distinct = (references: readonly (Reference | null)[]): Reference[] => [
  ...new Map(references.flatMap((each) => (each ? [[each.id, each] as const] : []))).values(),
];

/** Without the members of which nothing is known. */
const present = (members: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
