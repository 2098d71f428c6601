import { z } from 'zod';
import * as filter from '../http/request/filters.js';
import { base, Identifier, Reference, systemFields } from '../http/schemas/common.js';
import { contentOf } from '../http/schemas/content.js';
import {
  country,
  edtf,
  evidence,
  flag,
  identifiers,
  key,
  label,
  language,
  optional,
  reference,
  script,
  whenSound,
} from '../http/schemas/fields.js';
import { pairForms } from '../http/validation/check.js';
import { countryFault } from '../lib/countries.js';

export const partyKinds = [
  'person',
  'organization',
  'government',
  'intergovernmental',
  'armed_group',
  'media',
  'community',
  'other',
  'place',
  'event',
  'thing',
] as const;

const nameKinds = ['alias', 'acronym', 'former', 'transliteration'] as const;

const kind = z.enum(partyKinds).meta({ description: '`place`, `event` and `thing` serve as subjects only.' });
const count = z
  .strictObject({
    min: optional(z.int().min(0).max(1_000_000_000)),
    max: optional(z.int().min(0).max(1_000_000_000)),
  })
  .refine(({ min, max }) => min === null || max === null || min <= max, {
    error: 'min is above max; swap them',
    path: ['min'],
    when: whenSound('min', 'max'),
  })
  .meta({
    id: 'PartyCountInput',
    description: 'How many an unnamed party stands for; `{min: 2, max: null}` for "several".',
  });

const nameInput = z
  .strictObject({
    name: label(500),
    kind: z.enum(nameKinds),
    language: optional(language),
    script: optional(script),
  })
  .meta({ id: 'PartyNameInput' });

export const PartyInput = z
  .strictObject({
    key: optional(key),
    kind,
    name: label(500).meta({
      description: 'The name that is shown.',
      examples: ['Tehreek-e-Taliban Pakistan'],
    }),
    family_name: optional(label(200)).meta({ description: 'Of a person: what citations sort by.' }),
    given_name: optional(label(200)).meta({ description: 'Of a person.' }),
    names: z.array(nameInput).max(200).optional().default([]),
    description: optional(evidence(5_000)),
    identifiers,
    born: optional(edtf).meta({ description: 'Of a person: tells namesakes apart. EDTF.' }),
    part_of: optional(reference).meta({
      description: 'The body whose voice this is a part of. Membership is no part_of.',
    }),
    independent_voice: flag.meta({ description: 'Stops the collapse of origins below this party.' }),
    country: optional(country),
    unnamed: flag.meta({
      description: 'One mention of a party without a name; never shared between mentions.',
    }),
    count: optional(count),
  })
  .superRefine(
    (party, context) => {
      for (const member of ['family_name', 'given_name', 'born'] as const) {
        if (party.kind === 'person' || party[member] === null) continue;
        const message = `only a person has a ${member}; leave it out, or set kind to person`;
        context.addIssue({ code: 'custom', path: [member], message, params: { code: 'not_a_person' } });
      }
    },
    { when: whenSound('kind', 'family_name', 'given_name', 'born') },
  )
  .superRefine(
    (party, context) => {
      if (party.given_name === null || party.family_name !== null) return;
      const message = 'a given name alone sorts nowhere; add family_name, or leave both out';
      context.addIssue({ code: 'custom', path: ['given_name'], message, params: { code: 'no_family_name' } });
    },
    { when: whenSound('given_name', 'family_name') },
  )
  .superRefine(
    (party, context) => {
      if (!party.count || party.unnamed) return;
      const message = 'only an unnamed party has a count; set unnamed or leave count out';
      context.addIssue({ code: 'custom', path: ['count'], message, params: { code: 'count_of_named' } });
    },
    { when: whenSound('count', 'unnamed') },
  )
  .meta({ id: 'PartyInput', description: 'A party as clients send it.' });

export type PartyInput = z.infer<typeof PartyInput>;

export const PartyName = z
  .strictObject({
    name: z.string(),
    kind: z.enum(nameKinds),
    language: z.string().nullable(),
    script: z.string().nullable(),
  })
  .meta({ id: 'PartyName' });

export const Party = z
  .strictObject({
    ...base,
    kind: kind.meta({ description: 'Expect new values.' }),
    name: z.string(),
    family_name: z.string().nullable().meta({ description: 'Of a person: what citations sort by.' }),
    given_name: z.string().nullable().meta({ description: 'Of a person.' }),
    names: z.array(PartyName),
    description: z.string().nullable(),
    identifiers: z.array(Identifier),
    born: z.string().nullable().meta({ description: 'Of a person: tells namesakes apart. EDTF.' }),
    part_of: Reference.nullable(),
    independent_voice: z.boolean(),
    country: z.string().nullable(),
    unnamed: z.boolean(),
    count: z
      .strictObject({ min: z.int32().min(0).nullable(), max: z.int32().min(0).nullable() })
      .meta({ id: 'PartyCount' })
      .nullable(),
    ...systemFields,
  })
  .meta({ id: 'Party', description: 'Anyone who says, denies, or is spoken about.' });
pairForms(Party, PartyInput);

export const PartyContent = contentOf('Party', Party, PartyInput);

export const partyFilters = {
  key: filter.anyKey('party'),
  kind: filter.anyOf(partyKinds),
  name: filter.text('Part of any of its names, whatever the case, accents or punctuation.', 'masoud'),
  identifier: filter.anyIdentifier('wikidata:Q1'),
  part_of: filter.anyReference('party'),
  country: filter.anyCode('Country, ISO 3166-1 alpha-2.', countryFault, 'AF'),
  unnamed: filter.flag('Whether the party is unnamed.'),
  ...filter.recorded(),
};
