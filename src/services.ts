import { assessmentNoun } from './assessments/assessment.js';
import { attributionService } from './attributions/attributions.service.js';
import { claimService } from './claims/claims.service.js';
import type { Ids } from './lib/ids.js';
import { partyService } from './parties/parties.service.js';
import { predicateService } from './predicates/predicates.service.js';
import { registerService } from './register/service.js';
import { relationService } from './relations/relations.service.js';
import { sourceService } from './sources/sources.service.js';

/** The services of all nouns, for the HTTP routes and the command line alike. */
export const services = (ids: Ids) => ({
  parties: partyService(ids),
  sources: sourceService(ids),
  predicates: predicateService(ids),
  claims: claimService(ids),
  attributions: attributionService(ids),
  relations: relationService(ids),
  assessments: registerService({ noun: assessmentNoun, ids }),
});
