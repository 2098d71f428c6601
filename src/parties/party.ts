import { LRUCache } from 'lru-cache';
import { decodeReference } from '../db/query/references.js';
import { identifierForm } from '../lib/identifiers.js';
import { fold } from '../lib/text.js';
import type { ResourceType } from '../resources/resource-type.js';
import { nameKeys } from './names/keys.js';
import { PartyInput } from './parties.schemas.js';

/** A name as it is found: by its letters, and by how it sounds. */
interface Indexed {
  folded: string;
  keys: readonly string[];
}

/** Names that were written of late: another change of a party has nearly all of them again. */
const indexed = new LRUCache<string, Indexed>({
  maxSize: 4_000_000,
  sizeCalculation: ({ folded, keys }) => keys.reduce((sum, key) => sum + key.length, 100 + folded.length),
});

function indexedName(name: string, person: boolean): Indexed {
  const of = `${person ? 'person' : 'other'} ${name}`;
  const known = indexed.get(of) ?? { folded: fold(name), keys: nameKeys(name, [person]) };
  indexed.set(of, known);
  return known;
}

/** What is made of each name of a party, each once. */
function* ofNames({ name, names, kind }: PartyInput, made: (one: Indexed) => readonly string[]) {
  const all = new Set<string>();
  for (const text of new Set([name, ...names.map((other) => other.name)])) {
    for (const one of made(indexedName(text, kind === 'person'))) {
      if (!all.has(one)) yield one;
      all.add(one);
    }
  }
}

function* rowsOf<Row>(texts: Iterable<string>, row: (text: string) => Row) {
  for (const text of texts) yield row(text);
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
    const party = view as PartyInput;
    const { identifiers, unnamed } = party;
    const folded = ofNames(party, (one) => [one.folded]);
    // Of what no document names, there is nothing to find again.
    const keys = unnamed ? [] : ofNames(party, (one) => one.keys);
    return [
      { table: 'party_names', rows: rowsOf(folded, (text) => ({ party_id: id, folded: text })) },
      { table: 'party_name_keys', rows: rowsOf(keys, (key) => ({ party_id: id, key })) },
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
