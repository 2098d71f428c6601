import { assessmentType } from '../assessments/assessment.js';
import { assessmentService } from '../assessments/assessments.service.js';
import { attributionType } from '../attributions/attribution.js';
import { attributionService } from '../attributions/attributions.service.js';
import { claimType } from '../claims/claim.js';
import { claimService } from '../claims/claims.service.js';
import { withJudgements } from '../judgements/along.service.js';
import { judgementNoun } from '../judgements/judgement.js';
import { judgementService } from '../judgements/judgements.service.js';
import type { Ids } from '../lib/ids.js';
import { partyService } from '../parties/parties.service.js';
import { partyType } from '../parties/party.js';
import { predicateType } from '../predicates/predicate.js';
import { predicateService } from '../predicates/predicates.service.js';
import { relationType } from '../relations/relation.js';
import { relationService } from '../relations/relations.service.js';
import { sourceType } from '../sources/source.js';
import { sourceService } from '../sources/sources.service.js';

export const nouns = {
  party: partyType,
  source: sourceType,
  predicate: predicateType,
  claim: claimType,
  attribution: attributionType,
  relation: relationType,
  assessment: assessmentType,
  judgement: judgementNoun,
};

/** The services of all nouns, for the HTTP routes and the command line alike. */
export const services = (ids: Ids) => ({
  parties: withJudgements(partyType, partyService(ids)),
  sources: withJudgements(sourceType, sourceService(ids)),
  predicates: predicateService(ids),
  claims: withJudgements(claimType, claimService(ids)),
  attributions: withJudgements(attributionType, attributionService(ids)),
  relations: relationService(ids),
  assessments: assessmentService(ids),
  judgements: judgementService(ids),
});
