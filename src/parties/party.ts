import { decodeReference } from '../db/query/references.js';
import { identifierForm } from '../lib/identifiers.js';
import { fold } from '../lib/text.js';
import type { ResourceType } from '../resources/resource-type.js';
import { nameKeys } from './names/keys.js';
import { PartyInput } from './parties.schemas.js';

/** The keys of all names; of what no document names, there is nothing to find again. */
function partyKeys({ name, names, kind, unnamed }: PartyInput): string[] {
  if (unnamed) return [];
  const texts = [...new Set([name, ...names.map((other) => other.name)])];
  return [...new Set(texts.flatMap((text) => nameKeys(text, [kind === 'person'])))];
}

/** Anyone who says, denies, or is spoken about. */
export const partyType: ResourceType<PartyInput> = {
  name: 'party',
  plural: 'parties',
  table: 'parties',
  input: PartyInput,
  members: Object.keys(PartyInput.shape),
  nameMember: 'name',

  mapReferences: (party, map) => ({
    ...party,
    part_of: party.part_of === null ? null : map(party.part_of, 'party', '/part_of'),
  }),

  view: ({ key: _key, ...members }) => members,

  columns(view) {
    const party = view as PartyInput;
    return {
      kind: party.kind,
      name: party.name,
      part_of_id: party.part_of && decodeReference(party.part_of),
      independent_voice: party.independent_voice,
      country: party.country,
      unnamed: party.unnamed,
      count_min: party.count?.min ?? null,
      count_max: party.count?.max ?? null,
    };
  },

  childRows(view, id) {
    const { name, names, identifiers } = view as PartyInput;
    const folded = new Set([name, ...names.map((other) => other.name)].map(fold));
    return [
      { table: 'party_names', rows: [...folded].map((text) => ({ party_id: id, folded: text })) },
      {
        table: 'party_name_keys',
        rows: partyKeys(view as PartyInput).map((key) => ({ party_id: id, key })),
      },
      {
        table: 'identifiers',
        rows: identifiers.map(({ scheme, value }) => ({
          object_id: id,
          noun: 'party',
          scheme,
          value: identifierForm(scheme, value),
        })),
      },
    ];
  },

  referrers: [
    {
      noun: 'party',
      table: 'parties',
      column: 'part_of_id',
      from: 'id',
      member: 'part_of',
      filter: 'part_of',
    },
    {
      noun: 'source',
      table: 'sources',
      column: 'publisher_id',
      from: 'id',
      member: 'publisher',
      filter: 'publisher',
    },
    {
      noun: 'source',
      table: 'source_authors',
      column: 'party_id',
      from: 'source_id',
      member: 'authors',
      filter: 'author',
    },
    { noun: 'claim', table: 'claims', column: 'subject_id', from: 'id', member: 'subject', filter: 'about' },
    {
      noun: 'claim',
      table: 'claims',
      column: 'value_party_id',
      from: 'id',
      member: 'value',
      filter: 'about',
    },
    {
      noun: 'claim',
      table: 'claim_participants',
      column: 'party_id',
      from: 'claim_id',
      member: 'participants',
      filter: 'about',
    },
    {
      noun: 'attribution',
      table: 'attributions',
      column: 'party_id',
      from: 'id',
      member: 'party',
      filter: 'party',
    },
    {
      noun: 'attribution',
      table: 'attributions',
      column: 'speaker_id',
      from: 'id',
      member: 'speaker',
      filter: 'party',
    },
  ],
};
