import { z } from 'zod';
import * as filter from '../http/request/filters.js';
import { base, Reference, systemFields } from '../http/schemas/common.js';
import { contentOf } from '../http/schemas/content.js';
import { evidence, instant, key, label, optional, reference, whenSound } from '../http/schemas/fields.js';
import { pairForms } from '../http/validation/check.js';

/** Words of estimative probability, ICD 203 (US Intelligence Community Directive). */
export const likelihoods = [
  'almost_no_chance',
  'very_unlikely',
  'unlikely',
  'roughly_even_chance',
  'likely',
  'very_likely',
  'almost_certain',
] as const;
export const confidences = ['low', 'moderate', 'high'] as const;

const credibility = z.int().min(1).max(6).meta({
  description: 'Admiralty grade of the information: 1 confirmed … 5 improbable, 6 cannot be judged.',
});
const likelihood = z.enum(likelihoods).meta({ description: 'ICD 203.' });
const confidence = z.enum(confidences).meta({ description: 'Confidence in the judgement, ICD 203.' });

const judged = {
  key: optional(key),
  credibility: optional(credibility),
  likelihood: optional(likelihood),
  confidence: optional(confidence),
  verdict: optional(label(200)).meta({ examples: ['not proven'] }),
  rationale: optional(evidence(10_000)),
  assessor: optional(label(200)).meta({ description: 'Who judged.' }),
  assessed_at: optional(instant),
};

type Judged = { credibility: unknown; likelihood: unknown; verdict: unknown; rationale: unknown };

function checkJudged(assessment: Judged, context: z.RefinementCtx): void {
  const { credibility: grade, likelihood: chance, verdict, rationale } = assessment;
  if ([grade, chance, verdict, rationale].some((member) => member !== null)) return;
  const message = 'say something: credibility, likelihood, verdict or rationale';
  context.addIssue({ code: 'custom', path: [], message, params: { code: 'empty_assessment' } });
}

export const AssessmentInput = z
  .strictObject({ claim: reference, ...judged })
  .superRefine(checkJudged, { when: whenSound('credibility', 'likelihood', 'verdict', 'rationale') })
  .meta({ id: 'AssessmentInput', description: 'An assessment as clients send it.' });
export type AssessmentInput = z.infer<typeof AssessmentInput>;

export const ClaimAssessmentInput = z
  .strictObject(judged)
  .superRefine(checkJudged, { when: whenSound('credibility', 'likelihood', 'verdict', 'rationale') })
  .meta({ id: 'ClaimAssessmentInput', description: 'An assessment of the claim in the address.' });

const text = z.string().nullable();

export const Assessment = z
  .strictObject({
    ...base,
    claim: Reference,
    credibility: credibility.nullable(),
    likelihood: likelihood.nullable(),
    confidence: confidence.nullable(),
    verdict: text,
    rationale: text,
    assessor: text,
    assessed_at: text,
    ...systemFields,
  })
  .meta({
    id: 'Assessment',
    description: "An analyst's judgement, apart from the claim; several stand side by side.",
  });
pairForms(Assessment, AssessmentInput, ClaimAssessmentInput);

export const AssessmentContent = contentOf('Assessment', Assessment, AssessmentInput);

export const assessmentFilters = {
  key: filter.anyKey('assessment'),
  claim: filter.anyReference('claim'),
  credibility: filter.anyOf(['1', '2', '3', '4', '5', '6']),
  likelihood: filter.anyOf(likelihoods),
  confidence: filter.anyOf(confidences),
  verdict: filter.anyLabel('Verdict.', 200, 'exaggerated'),
  assessor: filter.anyLabel('Who judged.', 200, 'A. Analyst'),
  ...filter.recorded(),
};
