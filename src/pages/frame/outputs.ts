import type { z } from 'zod';
import type { Assessment as AssessmentSchema } from '../../assessments/assessments.schemas.js';
import type {
  Attribution as AttributionSchema,
  ClaimAttribution as ClaimAttributionSchema,
} from '../../attributions/attributions.schemas.js';
import type { Claim as ClaimSchema } from '../../claims/claims.schemas.js';
import type { Reference as ReferenceSchema } from '../../http/schemas/common.js';
import type { Party as PartySchema } from '../../parties/parties.schemas.js';
import type { Predicate as PredicateSchema } from '../../predicates/predicates.schemas.js';
import type { Value as ValueSchema } from '../../predicates/value.schemas.js';
import type { Conflict as ConflictSchema } from '../../provenance/conflicts/conflicts.schemas.js';
import type { Standing as StandingSchema } from '../../provenance/standing/standing.schemas.js';
import type { Relation as RelationSchema } from '../../relations/relations.schemas.js';
import type { Source as SourceSchema } from '../../sources/sources.schemas.js';

/** What the API answers, as pages read it. */

export type Reference = z.infer<typeof ReferenceSchema>;
export type Claim = z.infer<typeof ClaimSchema>;
/** As it stands inside of its claim. */
export type Attribution = z.infer<typeof ClaimAttributionSchema>;
/** About a claim, or about a source as a whole. */
export type FullAttribution = z.infer<typeof AttributionSchema> &
  ({ claim: Reference } | { claim: null; about_source: Reference });
export type Value = z.infer<typeof ValueSchema>;
export type Standing = z.infer<typeof StandingSchema>;
export type Source = z.infer<typeof SourceSchema>;
export type Party = z.infer<typeof PartySchema>;
export type Predicate = z.infer<typeof PredicateSchema>;
export type Relation = z.infer<typeof RelationSchema>;
export type Assessment = z.infer<typeof AssessmentSchema>;
export type Conflict = z.infer<typeof ConflictSchema>;
