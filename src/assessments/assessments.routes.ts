import type { z } from 'zod';
import type { StoredForm } from '../db/query/references.js';
import { type Column, keyOf } from '../http/formats/csv.js';
import type { App } from '../http/openapi/operation.js';
import { registerClaimSublist } from '../resources/claim-sublist.routes.js';
import { csvForm, ndjsonForm } from '../resources/exports.js';
import { defineList, type List, type ListSpec } from '../resources/list.js';
import { pagesOf } from '../resources/list.schemas.js';
import { type ResourceContext, registerResource } from '../resources/routes.js';
import type { ResourceService } from '../resources/service.js';
import { assessmentType } from './assessment.js';
import {
  Assessment,
  AssessmentContent,
  assessmentFilters,
  ClaimAssessmentInput,
} from './assessments.schemas.js';
import { assessmentConditions } from './assessments.store.js';

type View = StoredForm<z.infer<typeof Assessment>>;

const plain = [
  'credibility',
  'likelihood',
  'confidence',
  'verdict',
  'rationale',
  'assessor',
  'assessed_at',
] as const;
const columns: Column<View>[] = [
  { name: 'id', value: (assessment) => assessment.id },
  { name: 'key', value: (assessment) => assessment.key },
  { name: 'claim', value: (assessment, naming) => keyOf(naming(assessment.claim)) },
  { name: 'claim_text', value: (assessment, naming) => naming(assessment.claim)?.name },
  ...([...plain, 'created_at', 'updated_at'] as const).map(
    (name): Column<View> => ({ name, value: (a) => a[name] }),
  ),
];

const includes = ['claim'];
const pages = pagesOf('Assessment', Assessment, includes);

export function assessmentRoutes(app: App, context: ResourceContext, service: ResourceService): List {
  const spec: ListSpec = {
    noun: assessmentType,
    service,
    filters: assessmentFilters,
    conditions: assessmentConditions,
    sorts: { id: 'id', assessed: 'assessed_at', created: 'created_at', updated: 'updated_at' },
    includes,
    pages,
    forms: [csvForm(columns), ndjsonForm('Assessment', Assessment, AssessmentContent)],
  };
  const example = { claim: 'ttp-strength-10000', credibility: 3, likelihood: 'likely', confidence: 'low' };
  const { claim: _claim, ...below } = example;
  const writeScope = 'review';
  const list = registerResource(app, context, defineList(spec), {
    one: 'Assessment',
    many: 'Assessments',
    content: AssessmentContent,
    example,
    change: { confidence: 'moderate' },
    output: Assessment,
    writeScope,
  });
  registerClaimSublist(app, context, {
    spec,
    claimFilter: 'claim',
    leaveOut: ['claim'],
    input: ClaimAssessmentInput,
    complete: (body, claim) => ({ ...body, claim }),
    one: 'ClaimAssessment',
    tag: 'Assessments',
    example: below,
    writeScope,
  });
  return list;
}
