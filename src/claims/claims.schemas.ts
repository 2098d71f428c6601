import { z } from 'zod';
import { ClaimAttribution, InlineAttribution } from '../attributions/attributions.schemas.js';
import { accesses, lineages, stances } from '../attributions/stances.js';
import * as filter from '../http/request/filters.js';
import { base, dayOut, instantOut, Reference, systemFields } from '../http/schemas/common.js';
import { contentOf } from '../http/schemas/content.js';
import {
  edtf,
  evidence,
  flag,
  key,
  label,
  language,
  optional,
  reference,
  region,
  slug,
  whenSound,
} from '../http/schemas/fields.js';
import { pairForms } from '../http/validation/check.js';
import { currencyFault } from '../lib/currencies.js';
import { Value, ValueInput } from '../predicates/value.schemas.js';
import { knownByFilter } from '../provenance/graph/known-by.schemas.js';
import { supportLevels } from '../provenance/load/stored-standing.js';
import { Standing } from '../provenance/standing/standing.schemas.js';
import { sourceStatuses } from '../provenance/withdrawals/source-status.js';
import { reliabilities } from '../sources/reliabilities.js';

export const claimKinds = ['fact', 'forecast', 'demand', 'commitment', 'opinion'] as const;
const kind = z.enum(claimKinds).meta({ description: 'Only facts can conflict.' });

const participantInput = z
  .strictObject({ party: reference, role: label(100).meta({ examples: ['recipient'] }) })
  .meta({ id: 'ParticipantInput' });

const placeInput = z
  .strictObject({
    name: optional(label(500)),
    iso_3166: optional(region),
    lat: optional(z.number().min(-90).max(90)),
    lon: optional(z.number().min(-180).max(180)),
    precision: optional(label(100)),
    role: optional(label(100)),
  })
  .refine((place) => place.name !== null || place.iso_3166 !== null || place.lat !== null, {
    error: 'give a name, a code of ISO 3166, or coordinates',
    when: whenSound('name', 'iso_3166', 'lat'),
  })
  .refine((place) => (place.lat === null) === (place.lon === null), {
    error: 'lat and lon go together; give both or neither',
    when: whenSound('lat', 'lon'),
  })
  .meta({ id: 'PlaceInput' });

export const MAX_INLINE_ATTRIBUTIONS = 1_000;

export const ClaimInput = z
  .strictObject({
    key: optional(key),
    kind: kind.optional().default('fact'),
    text: evidence(10_000).meta({
      description: 'The proposition in neutral words, affirmatively; a denial is an attribution.',
      examples: ['The TTP has 10,000 fighters.'],
    }),
    language: optional(language),
    subject: optional(reference),
    predicate: optional(reference),
    value: ValueInput.optional().default({ type: 'none', as_stated: null }),
    participants: z.array(participantInput).max(200).optional().default([]),
    places: z.array(placeInput).max(200).optional().default([]),
    scope: optional(evidence(1_000)).meta({ description: 'What is counted: "including family members".' }),
    occurred: optional(edtf).meta({ description: 'When what is claimed happened or held; EDTF.' }),
    occurred_as_stated: optional(evidence(500)),
    occurred_inherited: flag.meta({ description: 'occurred is only the reporting period of the source.' }),
    topics: z.array(slug).max(50).optional().default([]),
    attributions: z.array(InlineAttribution).max(MAX_INLINE_ATTRIBUTIONS).optional().meta({
      description: 'PUT replaces the set, matched by id, then key; left out, the set stays.',
    }),
  })
  .superRefine(
    (claim, context) => {
      if (claim.occurred_inherited && claim.occurred === null) {
        context.addIssue({
          code: 'custom',
          path: ['occurred_inherited'],
          message: 'there is no occurred that could be inherited; give the reporting period as occurred',
          params: { code: 'nothing_inherited' },
        });
      }
    },
    { when: whenSound('occurred', 'occurred_inherited') },
  )
  .superRefine(
    (claim, context) => {
      const seen = new Set<string>();
      claim.topics.forEach((topic, i) => {
        if (seen.has(topic)) {
          const message = `"${topic}" stands here twice; leave one out`;
          context.addIssue({ code: 'custom', path: ['topics', i], message });
        }
        seen.add(topic);
      });
    },
    { when: whenSound('topics') },
  )
  .meta({ id: 'ClaimInput', description: 'A claim as clients send it, with its attributions.' });

export type ClaimInput = z.infer<typeof ClaimInput>;

export const Claim = z
  .strictObject({
    ...base,
    kind: kind.meta({ description: 'Expect new values.' }),
    text: z.string(),
    language: z.string().nullable(),
    subject: Reference.nullable(),
    predicate: Reference.nullable(),
    value: Value,
    participants: z.array(z.strictObject({ party: Reference, role: z.string() }).meta({ id: 'Participant' })),
    places: z.array(
      z
        .strictObject({
          name: z.string().nullable(),
          iso_3166: z.string().nullable(),
          lat: z.number().min(-90).max(90).nullable(),
          lon: z.number().min(-180).max(180).nullable(),
          precision: z.string().nullable(),
          role: z.string().nullable(),
        })
        .meta({ id: 'Place' }),
    ),
    scope: z.string().nullable(),
    occurred: z.string().nullable().meta({ description: 'EDTF.' }),
    occurred_from: dayOut,
    occurred_to: dayOut,
    occurred_as_stated: z.string().nullable(),
    occurred_inherited: z.boolean(),
    topics: z.array(z.string()),
    ...systemFields,
    standing: Standing,
    attributions: z.array(ClaimAttribution).meta({
      description:
        'The first 100, relayers before what they relay; in NDJSON all. In lists none, or with `include=attributions` the ' +
        'first 10.',
    }),
    attribution_count: z.int32().min(0).meta({ description: 'Number of all attributions.' }),
    activity_at: instantOut.meta({
      description: 'When the claim, or an attribution, relation or assessment of it, was last changed.',
    }),
  })
  .meta({ id: 'Claim', description: 'One proposition, whoever says it.' });
pairForms(Claim, ClaimInput);

const heldAttribution = contentOf('ClaimAttribution', ClaimAttribution, InlineAttribution, {
  id: z.string().optional().meta({ description: 'Of an attribution without a key.' }),
});
export const ClaimContent = contentOf('Claim', Claim.omit({ attributions: true }), ClaimInput, {
  attributions: z
    .array(heldAttribution)
    .optional()
    .meta({ description: 'All of them; left out in the feed.' }),
});

const one = 'Together with the other filters on attributions it speaks of one attribution.';

export const claimFilters = {
  key: filter.anyKey('claim'),
  kind: filter.anyOf(claimKinds),
  subject: filter.anyReference('party'),
  predicate: filter.anyReference('predicate'),
  about: filter.anyReference('party').meta({
    description: 'Party that is subject, value or participant, or what is part_of it.',
  }),
  about_exact: filter.flag('about does not include what is part_of it.'),
  party: filter.anyReference('party').meta({
    description: `Party or speaker of an attribution, or what is part_of it. ${one}`,
  }),
  party_exact: filter.flag('party does not include what is part_of it.'),
  party_all: filter
    .anyReference('party')
    .meta({ description: 'Parties each of which must have an attribution.' }),
  not_party: filter.anyReference('party').meta({
    description: 'No attribution is by such a party or speaker, or by what is part_of it.',
  }),
  stance: filter.anyOf(stances).meta({ description: `Stance of an attribution. ${one}` }),
  speaker: filter.anyReference('party').meta({ description: `Speaker of an attribution. ${one}` }),
  speaker_exact: filter.flag('speaker does not include what is part_of it.'),
  lineage: filter.anyOf(lineages).meta({ description: `Lineage of an attribution. ${one}` }),
  reliability: filter
    .anyOf(reliabilities)
    .meta({ description: `Admiralty grade of an attribution's source. ${one}` }),
  source_access: filter
    .anyOf(accesses)
    .meta({ description: `How the source of an attribution is known. ${one}` }),
  no_source: filter.flag('Whether no attribution names a source.'),
  unassessed: filter.flag('Whether nobody has assessed it.'),
  verdict: filter.anyLabel('Verdict of an assessment of it.', 200, 'exaggerated'),
  source: filter.anyReference('source').meta({ description: `Source of an attribution. ${one}` }),
  source_depth: filter.sourceDepth,
  publisher: filter
    .anyReference('party')
    .meta({ description: `Publisher of an attribution's source, or what is part_of it. ${one}` }),
  publisher_exact: filter.flag('publisher does not include what is part_of it.'),
  place: filter.anyPlace('Code of ISO 3166 (AF includes AF-KNR), or the name of a place.'),
  topic: filter.anyTopic(),
  language: filter.anyLanguage('Language tag of the text.'),
  occurred_from: filter.dayFrom('Happened or held on or after'),
  occurred_to: filter.dayTo('Happened or held on or before'),
  said_from: filter.dayFrom(`An attribution was said on or after. ${one}`),
  said_to: filter.dayTo(`An attribution was said on or before. ${one}`),
  published_from: filter.dayFrom(`An attribution's source was published on or after. ${one}`),
  published_to: filter.dayTo(`An attribution's source was published on or before. ${one}`),
  ...filter.recorded(),
  activity_from: filter.instantFrom('The claim, or what is recorded of it, last changed at or after'),
  activity_to: filter.instantTo('The claim, and what is recorded of it, last changed at or before'),
  source_status: filter
    .anyOf(sourceStatuses)
    .meta({ description: `Status of an attribution's source. ${one}` }),
  known_by: knownByFilter,
  value_min: filter.decimalKey('The value can be this or more; needs predicate, unit or currency.'),
  value_max: filter.decimalKey('The value can be this or less; needs predicate, unit or currency.'),
  unit: filter.anyLabel(
    'Unit of the value, or of its predicate; case and plural make no difference.',
    64,
    'fighters',
  ),
  currency: filter.anyCode('Currency of the value, ISO 4217.', currencyFault, 'AFN'),
  support: filter.anyOf(supportLevels),
  contested: filter.flag('Whether anyone denies or disputes it.'),
  self_denied: filter.flag('Whether whoever denies it is its subject, or part of that.'),
  retracted: filter.flag('Whether all who asserted it took it back.'),
  superseded: filter.flag('Whether another claim updates it.'),
  min_origins: filter.atLeast('At least so many independent origins.'),
  unnamed_only: filter.flag(
    'Whether it originates with unnamed parties alone, who stand under no named one.',
  ),
};
