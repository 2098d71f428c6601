import type { Ids } from '../lib/ids.js';
import { registerService } from '../register/service.js';
import { calendarWarnings } from '../register/warnings.js';
import { assessmentNoun } from './assessment.js';
import type { AssessmentInput } from './assessments.schemas.js';

export const assessmentService = (ids: Ids) =>
  registerService({
    noun: assessmentNoun,
    ids,
    warnings: async (tx, _stored, { assessed_at }: AssessmentInput) =>
      calendarWarnings(tx, [{ pointer: '/assessed_at', text: assessed_at }]),
  });
