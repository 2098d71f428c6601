import { assessmentNoun } from '../assessments/assessment.js';
import { assessmentService } from '../assessments/assessments.service.js';
import { attributionNoun } from '../attributions/attribution.js';
import { attributionService } from '../attributions/attributions.service.js';
import { claimNoun } from '../claims/claim.js';
import { claimService } from '../claims/claims.service.js';
import { withJudgements } from '../judgements/along.service.js';
import { judgementNoun } from '../judgements/judgement.js';
import { judgementService } from '../judgements/judgements.service.js';
import type { Ids } from '../lib/ids.js';
import { partyService } from '../parties/parties.service.js';
import { partyNoun } from '../parties/party.js';
import { predicateNoun } from '../predicates/predicate.js';
import { predicateService } from '../predicates/predicates.service.js';
import { relationNoun } from '../relations/relation.js';
import { relationService } from '../relations/relations.service.js';
import { sourceNoun } from '../sources/source.js';
import { sourceService } from '../sources/sources.service.js';

export const nouns = {
  party: partyNoun,
  source: sourceNoun,
  predicate: predicateNoun,
  claim: claimNoun,
  attribution: attributionNoun,
  relation: relationNoun,
  assessment: assessmentNoun,
  judgement: judgementNoun,
};

/** The services of all nouns, for the HTTP routes and the command line alike. */
export const services = (ids: Ids) => ({
  parties: withJudgements(partyNoun, partyService(ids)),
  sources: withJudgements(sourceNoun, sourceService(ids)),
  predicates: predicateService(ids),
  claims: withJudgements(claimNoun, claimService(ids)),
  attributions: withJudgements(attributionNoun, attributionService(ids)),
  relations: relationService(ids),
  assessments: assessmentService(ids),
  judgements: judgementService(ids),
});
