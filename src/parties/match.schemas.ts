import { z } from 'zod';
import { Reference } from '../http/schemas/common.js';
import { country, edtf } from '../http/schemas/fields.js';
import { reasonCodes } from './names/judge.js';
import { partyKinds } from './parties.schemas.js';

const wanted = {
  name: z
    .string()
    .min(1)
    .max(500)
    .meta({ description: 'A name in any spelling or script, or an acronym.', examples: ['Nur Wali Masood'] }),
  kind: z
    .enum(partyKinds)
    .optional()
    .meta({ description: 'Kind of the party.', examples: ['person'] }),
  country: country.optional(),
  identifier: z
    .string()
    .max(300)
    .regex(/^[^:]+:.+$/, 'write an identifier as scheme:value, such as wikidata:Q1')
    .optional()
    .meta({ description: 'Identifier as `scheme:value`.', examples: ['wikidata:Q1'] }),
  born: edtf.optional().meta({ description: 'When the person was born, EDTF.', examples: ['1978'] }),
};

/** What is known of a party that is looked for, as query parameters. */
export const matchQuery = wanted;

export const MatchInput = z
  .strictObject({
    queries: z
      .array(
        z
          .strictObject(wanted)
          .meta({ id: 'PartyMatchQuery', description: 'What is known of one party that is looked for.' }),
      )
      .min(1)
      .max(50)
      .meta({ description: 'The parties to look for; answers come in the same order.' }),
  })
  .meta({ id: 'PartyMatchInput', description: 'Up to 50 parties to look for.' });
export type MatchInput = z.infer<typeof MatchInput>;

const MatchReason = z
  .strictObject({
    code: z.enum(reasonCodes).meta({ description: 'Expect new values.' }),
    speaks: z.enum(['for', 'against']),
    detail: z.string(),
  })
  .meta({
    id: 'PartyMatchReason',
    description: 'One reason for or against a match, in a code and in words.',
  });

const PartyMatch = z
  .strictObject({
    party: Reference,
    score: z.number().min(0).max(1).meta({ description: 'From 0 to 1; only good for ordering.' }),
    match: z.boolean().meta({
      description:
        'Whether this is the party, as far as names and facts tell. Judge for yourself before merging.',
    }),
    reasons: z.array(MatchReason).meta({ description: 'What speaks for and against it.' }),
  })
  .meta({ id: 'PartyMatch', description: 'A party that may be meant.' });

export const PartyMatches = z
  .strictObject({ items: z.array(PartyMatch).meta({ description: 'The likeliest first.' }) })
  .meta({ id: 'PartyMatches', description: 'At most ten parties, the likeliest first.' });

export const PartyMatchResults = z
  .strictObject({ results: z.array(PartyMatches).meta({ description: 'In the order of the queries.' }) })
  .meta({ id: 'PartyMatchResults', description: 'Answers to the queries of one request.' });
