import { z } from 'zod';
import { AssessmentContent } from '../assessments/assessments.schemas.js';
import { AttributionContent } from '../attributions/attributions.schemas.js';
import { ClaimContent } from '../claims/claims.schemas.js';
import * as filter from '../http/request/filters.js';
import { presentation, SOME_CURSOR } from '../http/request/paging.js';
import { instantOut } from '../http/schemas/common.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { JudgementContent } from '../judgements/judgements.schemas.js';
import { isId, type ResourceName, requestIdPattern, resourceNames } from '../lib/ids.js';
import { PartyContent } from '../parties/parties.schemas.js';
import { PredicateContent } from '../predicates/predicates.schemas.js';
import { RelationContent } from '../relations/relations.schemas.js';
import { SourceContent } from '../sources/sources.schemas.js';

const operations = ['create', 'update', 'remove', 'restore', 'merge'] as const;
export const operation = z
  .enum(operations)
  .meta({ [ENUM_NAME]: 'ChangeOperation', description: 'Expect new values.' });

const changeOf = <Name extends ResourceName>(one: string, type: Name, content: z.ZodType) =>
  z
    .strictObject({
      cursor: z.string().meta({ description: 'Send it as `after` to continue after this change.' }),
      type: z.literal(type),
      id: z.string(),
      key: z.string().nullable(),
      version: z.int32().min(0),
      operation,
      recorded_at: instantOut,
      actor: z.string().meta({ description: 'Id of the API key; `cli` for the command line.' }),
      on_behalf_of: z.string().nullable(),
      reason: z.string().nullable(),
      request_id: z.string().meta({ description: 'The same for all that one request changed.' }),
      object: content.nullable().meta({
        description:
          'The whole object in its input form, references as ids; null when it was removed, or merged into another.',
      }),
      merged_into: z
        .string()
        .nullable()
        .meta({
          description: 'Id of the object into which it was merged with this change; else null.',
          examples: ['party_01kahw2v9wfyy9k9vz3n2xq5ra'],
        }),
    })
    .meta({ id: `${one}Change` });

export const RecordedChange = z
  .discriminatedUnion('type', [
    changeOf('Party', 'party', PartyContent),
    changeOf('Source', 'source', SourceContent),
    changeOf('Predicate', 'predicate', PredicateContent),
    changeOf('Claim', 'claim', ClaimContent),
    changeOf('Attribution', 'attribution', AttributionContent),
    changeOf('Relation', 'relation', RelationContent),
    changeOf('Assessment', 'assessment', AssessmentContent),
    changeOf('Judgement', 'judgement', JudgementContent),
  ])
  .meta({
    id: 'RecordedChange',
    description: 'One version of one object: what was recorded, by whom and why.',
  });

export const ChangePage = z
  .strictObject({
    items: z.array(RecordedChange).meta({ description: 'In the order in which they were committed.' }),
    next_cursor: z.string().meta({
      description:
        'Send it as `after` to get what comes next. It is always present, also after the last change.',
    }),
    has_more: z.boolean().meta({
      description:
        'Whether to ask again at once. With `subject` or `actor` beside other filters, a page can be short or empty although ' +
        'there is more: one request examines a limited number of changes.',
    }),
  })
  .meta({ id: 'ChangePage' });

const after = z
  .string()
  .max(1_000)
  .optional()
  .meta({
    description:
      'A cursor of the feed: the answer begins after it. Without a cursor, the feed begins at its start. A cursor ' +
      'holds only a position, so send the filters with each request.',
    examples: [SOME_CURSOR],
  });

const actorFault = (text: string): string | null =>
  text === 'cli' || isId('apikey', text) ? null : 'give the id of an API key, as in apikey_…, or cli';
const requestFault = (text: string): string | null =>
  requestIdPattern.test(text) ? null : 'give the X-Request-Id of an answer: 8–64 of A–Z, a–z, 0–9, - and _';

const filters = {
  type: filter.anyOf(resourceNames),
  subject: filter.anyReference('party').meta({
    description:
      'Changes that concern this party: those of the party itself, of claims whose subject it is or was until then, ' +
      'of attributions, relations and assessments of such claims, and of judgements of it and another party.',
  }),
  actor: filter.anyCode(
    'Id of the API key that made the change; `cli` for the command line.',
    actorFault,
    'cli',
  ),
  request_id: filter.anyCode(
    'The `X-Request-Id` of the request that made it.',
    requestFault,
    'request_01kahw2v9w',
  ),
  since: filter.instantFrom('Recorded at or after. Beside a cursor, the later of the two counts'),
};

export const changesQuery = z.strictObject({
  after,
  ...filters,
  until: filter.instantTo('Recorded at or before'),
  limit: presentation.limit,
});

const from = z
  .enum(['now'])
  .optional()
  .meta({
    [ENUM_NAME]: 'StreamStart',
    examples: ['now'],
    description:
      '`now`: begins after the newest change, in place of `after` or `since`. `Last-Event-ID` takes precedence.',
  });

export const streamQuery = z.strictObject({ after, from, ...filters });
