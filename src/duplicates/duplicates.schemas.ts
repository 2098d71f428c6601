import { z } from 'zod';
import { claimKinds } from '../claims/claims.schemas.js';
import { asOfQuery } from '../http/request/as-of.js';
import { shownAs } from '../http/request/filters.js';
import { presentation } from '../http/request/paging.js';
import { Reference } from '../http/schemas/common.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { judgedNouns } from '../judgements/judgements.schemas.js';
import { partyKinds } from '../parties/parties.schemas.js';

const noun = z
  .enum(judgedNouns)
  .meta({ [ENUM_NAME]: 'JudgedNoun', description: 'Pairs of this noun.', examples: ['party'] });

/** What `kind` can be, by noun. */
export const kindsOf: Record<string, readonly string[]> = { party: partyKinds, claim: claimKinds };

export const duplicatesQuery = z.strictObject({
  noun: noun.optional(),
  of: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Pairs of this object alone: its id or key.', examples: ['ttp'] }),
  kind: z
    .enum([...new Set([...partyKinds, ...claimKinds])])
    .optional()
    .meta({
      [ENUM_NAME]: 'DuplicateKind',
      description: 'Pairs of which both are of this kind; of parties and claims.',
      examples: ['person'],
    }),
  min_score: z
    .string()
    .regex(/^(0(\.\d{1,3})?|1(\.0{1,3})?)$/, 'write a number from 0 to 1, such as 0.9')
    .transform(Number)
    .optional()
    .meta({
      description: 'Pairs with this score or a higher one.',
      examples: [0.9],
      ...shownAs({ type: 'number', minimum: 0, maximum: 1 }),
    }),
  ...asOfQuery,
  limit: presentation.limit,
  cursor: presentation.cursor,
});

const LikelyPair = z
  .strictObject({
    noun: noun.meta({ [ENUM_NAME]: 'JudgedNoun', description: 'What both are. Expect new values.' }),
    score: z.number().min(0).max(1).meta({ description: 'From 0 to 1; only good for ordering.' }),
    one: Reference,
    other: Reference,
    reasons: z
      .array(
        z
          .strictObject({
            code: z.string().meta({
              description: 'Stable name of what both have in common; expect new ones.',
              examples: ['same_identifier'],
            }),
            detail: z.string().meta({ description: 'What `one` has in common with `other`.' }),
          })
          .meta({ id: 'LikelyPairReason', description: 'Why two objects are likely the same.' }),
      )
      .meta({ description: 'All that speaks for it.' }),
  })
  .meta({
    id: 'LikelyPair',
    description: 'Two objects that are likely the same, and that nobody judged yet.',
  });

export const LikelyPairPage = z
  .strictObject({
    items: z.array(LikelyPair),
    next_cursor: z.string().nullable(),
    has_more: z.boolean().meta({ description: 'Whether there are objects that were not compared yet.' }),
  })
  .meta({ id: 'LikelyPairPage', description: 'Pairs that are likely the same, the surest first.' });
