import type { z } from 'zod';
import type { StoredForm } from '../db/query/references.js';
import { type Column, keyOf, keysOf } from '../http/formats/csv.js';
import type { App } from '../http/openapi/operation.js';
import { refuseBesideKnownBy } from '../provenance/graph/known-by.schemas.js';
import { knownAttributions } from '../provenance/load/known-attributions.service.js';
import { csvForm, ndjsonForm } from '../resources/exports.js';
import { defineList, type List, type ListSpec } from '../resources/list.js';
import { pagesOf } from '../resources/list.schemas.js';
import { type ResourceContext, registerResource } from '../resources/routes.js';
import type { ResourceService } from '../resources/service.js';
import { attributionType } from './attribution.js';
import { Attribution, AttributionContent, attributionFilters } from './attributions.schemas.js';
import { attributionConditions, type AttributionFilters as Filters } from './attributions.store.js';

const includes = ['claim', 'about_source', 'party', 'speaker', 'source'];
const pages = pagesOf('Attribution', Attribution, includes);

const columns: Column<StoredForm<z.infer<typeof Attribution>>>[] = [
  { name: 'id', value: (a) => a.id },
  { name: 'key', value: (a) => a.key },
  { name: 'claim', value: (a, naming) => keyOf(naming(a.claim)) },
  { name: 'claim_text', value: (a, naming) => naming(a.claim)?.name },
  { name: 'about_source', value: (a, naming) => keyOf(naming(a.about_source)) },
  { name: 'party', value: (a, naming) => naming(a.party)?.name },
  { name: 'party_as_stated', value: (a) => a.party_as_stated },
  { name: 'speaker', value: (a, naming) => naming(a.speaker)?.name },
  { name: 'stance', value: (a) => a.stance },
  { name: 'manner', value: (a) => a.manner },
  { name: 'basis', value: (a) => a.basis },
  { name: 'said', value: (a) => a.said },
  { name: 'source', value: (a, naming) => keyOf(naming(a.source)) },
  { name: 'source_title', value: (a, naming) => naming(a.source)?.name },
  { name: 'source_access', value: (a) => a.source_access },
  { name: 'quote', value: (a) => a.quote?.exact },
  { name: 'lineage', value: (a) => a.lineage },
  { name: 'relays', value: (a, naming) => keysOf(a.relays, naming) },
  { name: 'in_reply_to', value: (a, naming) => keyOf(naming(a.in_reply_to)) },
  { name: 'note', value: (a) => a.note },
  { name: 'retracted_by', value: (a, naming) => keyOf(naming(a.retracted_by)) },
  { name: 'retracted', value: (a) => a.retracted },
  { name: 'said_as_stated', value: (a) => a.said_as_stated },
  { name: 'capacity', value: (a) => a.capacity },
  { name: 'page', value: (a) => a.locator?.page },
  { name: 'paragraph', value: (a) => a.locator?.paragraph },
  { name: 'section', value: (a) => a.locator?.section },
  { name: 'timecode', value: (a) => a.locator?.timecode },
  { name: 'created_at', value: (a) => a.created_at },
  { name: 'updated_at', value: (a) => a.updated_at },
];

export const attributionList = (service: ResourceService): ListSpec => ({
  noun: attributionType,
  service,
  filters: attributionFilters,
  async conditions(tx, filters: Filters, sorted) {
    refuseBesideKnownBy(filters, ['retracted', 'source_status']);
    return attributionConditions(tx, filters, sorted);
  },
  shown: async (tx, rows, { known_by }: Filters) =>
    known_by === undefined ? rows : knownAttributions(tx, rows, known_by),
  sorts: { id: 'id', said: 'said_to', created: 'created_at', updated: 'updated_at' },
  includes,
  pages,
  forms: [csvForm(columns), ndjsonForm('Attribution', Attribution, AttributionContent)],
});

export function attributionRoutes(app: App, context: ResourceContext, service: ResourceService): List {
  const list = registerResource(app, context, defineList(attributionList(service)), {
    one: 'Attribution',
    many: 'Attributions',
    output: Attribution,
    content: AttributionContent,
    example: {
      claim: 'ttp-strength-10000',
      party: 'pakistan',
      stance: 'asserts',
      manner: 'estimates',
      source: 'defence-talks-article-2025',
    },
    change: { manner: 'assesses', note: null },
  });
  return list;
}
