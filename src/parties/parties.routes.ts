import type { z } from 'zod';
import type { StoredForm } from '../db/query/references.js';
import { type Column, identifierTexts, keyOf } from '../http/formats/csv.js';
import type { App } from '../http/openapi/operation.js';
import { csvForm, ndjsonForm } from '../resources/exports.js';
import { defineList, type List } from '../resources/list.js';
import { pagesOf } from '../resources/list.schemas.js';
import { type ResourceContext, registerResource } from '../resources/routes.js';
import type { ResourceService } from '../resources/service.js';
import { nearNames } from './match.service.js';
import { Party, PartyContent, partyFilters } from './parties.schemas.js';
import { partyConditions } from './parties.store.js';
import { partyType } from './party.js';

const columns: Column<StoredForm<z.infer<typeof Party>>>[] = [
  { name: 'id', value: (party) => party.id },
  { name: 'key', value: (party) => party.key },
  { name: 'kind', value: (party) => party.kind },
  { name: 'name', value: (party) => party.name },
  { name: 'names', value: (party) => party.names.map(({ name }) => name) },
  { name: 'part_of', value: (party, naming) => keyOf(naming(party.part_of)) },
  { name: 'country', value: (party) => party.country },
  { name: 'unnamed', value: (party) => party.unnamed },
  { name: 'count_min', value: (party) => party.count?.min },
  { name: 'count_max', value: (party) => party.count?.max },
  { name: 'description', value: (party) => party.description },
  { name: 'family_name', value: (party) => party.family_name },
  { name: 'given_name', value: (party) => party.given_name },
  { name: 'born', value: (party) => party.born },
  { name: 'independent_voice', value: (party) => party.independent_voice },
  { name: 'identifiers', value: (party) => identifierTexts(party.identifiers) },
  { name: 'created_at', value: (party) => party.created_at },
  { name: 'updated_at', value: (party) => party.updated_at },
];

const includes = ['part_of'];

/** Names that are told where none is found. */
const MOST_NEAR = 5;

export function partyRoutes(app: App, context: ResourceContext, service: ResourceService): List {
  const list = registerResource(
    app,
    context,
    defineList({
      noun: partyType,
      service,
      filters: partyFilters,
      conditions: partyConditions,
      async nearMisses(tx, { name }: { name?: string }) {
        if (name === undefined) return [];
        return (await nearNames(tx, name, MOST_NEAR)).map((value) => ({ parameter: 'name', value }));
      },
      sorts: { id: 'id', name: 'name', created: 'created_at', updated: 'updated_at' },
      includes,
      pages: pagesOf('Party', Party, includes),
      forms: [csvForm(columns), ndjsonForm('Party', Party, PartyContent)],
    }),
    {
      one: 'Party',
      many: 'Parties',
      output: Party,
      content: PartyContent,
      example: {
        key: 'ttp',
        kind: 'armed_group',
        name: 'Tehreek-e-Taliban Pakistan',
        names: [{ name: 'TTP', kind: 'acronym' }],
      },
      change: { country: 'PK' },
    },
  );
  return list;
}
