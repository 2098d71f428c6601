import { z } from 'zod';
import { Assessment } from '../assessments/assessments.schemas.js';
import { Attribution } from '../attributions/attributions.schemas.js';
import { Claim } from '../claims/claims.schemas.js';
import { instantOut } from '../http/schemas/common.js';
import { Judgement } from '../judgements/judgements.schemas.js';
import type { ResourceName } from '../lib/ids.js';
import { Party } from '../parties/parties.schemas.js';
import { Predicate } from '../predicates/predicates.schemas.js';
import { Relation } from '../relations/relations.schemas.js';
import { Source } from '../sources/sources.schemas.js';
import { operation } from './changes.schemas.js';

const PatchOperation = z
  .strictObject({
    op: z.enum(['add', 'replace', 'remove']),
    path: z.string().meta({ description: 'JSON Pointer (RFC 6901) into the object.' }),
    value: z.unknown().optional().meta({ description: 'What is put there; absent for `remove`.' }),
  })
  .meta({ id: 'PatchOperation', description: 'One step of a JSON Patch (RFC 6902).' });

const Actor = z
  .strictObject({
    id: z.string().meta({ description: 'Id of the API key, or `cli` for the command line.' }),
    name: z.string().nullable().meta({ description: 'Name of the key.' }),
  })
  .meta({ id: 'Actor', description: 'Who changed something.' });

const version = {
  version: z.int32().min(0),
  operation,
  recorded_at: instantOut,
  actor: Actor,
  on_behalf_of: z.string().nullable(),
  reason: z.string().nullable().meta({ description: '`Change-Reason` of the request.' }),
  request_id: z.string().meta({ description: '`X-Request-Id` of the request; its changes share it.' }),
};
const patch = z
  .array(PatchOperation)
  .nullable()
  .meta({
    description:
      'JSON Patch from the version before to this one, on the output form without `version` and `updated_at`. ' +
      'After a restore: from what was removed. Null for a creation and a removal.',
  });

export const VersionPage = z
  .strictObject({
    items: z.array(
      z
        .strictObject({ ...version, patch })
        .meta({ id: 'Version', description: 'Who changed what, when and why.' }),
    ),
    next_cursor: z.string().nullable(),
    prev_cursor: z.string().nullable(),
    has_more: z.boolean().meta({ description: 'Whether a next page exists.' }),
  })
  .meta({ id: 'VersionPage' });

/** Attributions have a history of their own, and standing follows from them. */
const RecordedClaim = Claim.omit({
  standing: true,
  attributions: true,
  attribution_count: true,
  activity_at: true,
}).meta({
  id: 'RecordedClaim',
  description: 'A claim without what others add to it: standing and attributions.',
});

/** Whether it is taken back, and what has become of a source, is computed from what others say. */
const RecordedAttribution = Attribution.omit({ retracted: true, retracted_by: true }).meta({
  id: 'RecordedAttribution',
  description: 'An attribution without what others add to it: whether it is taken back.',
});
const RecordedSource = Source.omit({
  status: true,
  status_date: true,
  status_by: true,
  superseded_by: true,
}).meta({ id: 'RecordedSource', description: 'A source without what others add to it: its status.' });

const objects: Record<ResourceName, { one: string; object: z.ZodType }> = {
  party: { one: 'Party', object: Party },
  source: { one: 'Source', object: RecordedSource },
  predicate: { one: 'Predicate', object: Predicate },
  claim: { one: 'Claim', object: RecordedClaim },
  attribution: { one: 'Attribution', object: RecordedAttribution },
  relation: { one: 'Relation', object: Relation },
  assessment: { one: 'Assessment', object: Assessment },
  judgement: { one: 'Judgement', object: Judgement },
};

/** For each noun, its name in operation ids, and the schema of one version with its object. */
export const histories = Object.entries(objects).map(([noun, { one, object }]) => ({
  noun: noun as ResourceName,
  one,
  version: z
    .strictObject({
      ...version,
      object: object
        .nullable()
        .meta({ description: 'The object as this version has it; null once removed.' }),
      patch,
    })
    .meta({ id: `${one}Version` }),
}));
