import { decodeReference } from '../db/query/references.js';
import type { ResourceType } from '../resources/resource-type.js';
import { AssessmentInput } from './assessments.schemas.js';

/** A judgement of a claim. Several stand side by side and are never merged into one. */
export const assessmentType: ResourceType<AssessmentInput> = {
  name: 'assessment',
  plural: 'assessments',
  table: 'assessments',
  input: AssessmentInput,
  members: Object.keys(AssessmentInput.shape),
  nameMember: null,
  mapReferences: (assessment, map) => ({ ...assessment, claim: map(assessment.claim, 'claim', '/claim') }),
  view: ({ key: _key, claim, ...members }) => ({ claim, ...members }),
  columns(view) {
    const { claim, credibility, likelihood, confidence, verdict, assessor, assessed_at } =
      view as AssessmentInput;
    // Instants keep the form they were sent in; the column holds one that sorts.
    const assessed = assessed_at === null ? null : new Date(assessed_at).toISOString();
    return {
      ...{ claim_id: decodeReference(claim), credibility, likelihood, confidence, verdict, assessor },
      assessed_at: assessed,
    };
  },
  childRows: () => [],
  referrers: [],
};
