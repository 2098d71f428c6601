import type { Ids } from '../lib/ids.js';
import { resourceService } from '../resources/service.js';
import { calendarWarnings } from '../resources/warnings.js';
import { assessmentType } from './assessment.js';
import type { AssessmentInput } from './assessments.schemas.js';

export const assessmentService = (ids: Ids) =>
  resourceService<AssessmentInput>({
    noun: assessmentType,
    ids,
    warnings: async (tx, _stored, { assessed_at }) =>
      calendarWarnings(tx, [{ pointer: '/assessed_at', text: assessed_at }]),
  });
