import type { z } from 'zod';
import type { StoredForm } from '../db/query/references.js';
import { type Column, identifierTexts, keyOf, keysOf } from '../http/formats/csv.js';
import type { App } from '../http/openapi/operation.js';
import { csvForm, ndjsonForm } from '../resources/exports.js';
import { defineList, type List } from '../resources/list.js';
import { pagesOf } from '../resources/list.schemas.js';
import { type ResourceContext, registerResource } from '../resources/routes.js';
import type { ResourceService } from '../resources/service.js';
import { bibliographyForms } from './citation.forms.js';
import { sourceType } from './source.js';
import { Source, SourceContent, sourceFilters, sourceSorts } from './sources.schemas.js';
import { sourceConditions } from './sources.store.js';

const columns: Column<StoredForm<z.infer<typeof Source>>>[] = [
  { name: 'id', value: (source) => source.id },
  { name: 'key', value: (source) => source.key },
  { name: 'type', value: (source) => source.type },
  { name: 'title', value: (source) => source.title },
  { name: 'url', value: (source) => source.url },
  { name: 'archived_url', value: (source) => source.archived_url },
  { name: 'publisher', value: (source, naming) => naming(source.publisher)?.name },
  {
    name: 'authors',
    value: (source, naming) => source.authors.flatMap((author) => naming(author)?.name ?? []),
  },
  { name: 'published', value: (source) => source.published },
  { name: 'reporting_period', value: (source) => source.reporting_period },
  { name: 'language', value: (source) => source.language },
  { name: 'reliability', value: (source) => source.reliability },
  { name: 'part_of', value: (source, naming) => keyOf(naming(source.part_of)) },
  { name: 'derived_from', value: (source, naming) => keysOf(source.derived_from, naming) },
  { name: 'supersedes', value: (source, naming) => keysOf(source.supersedes, naming) },
  { name: 'status', value: (source) => source.status },
  { name: 'status_date', value: (source) => source.status_date },
  { name: 'status_by', value: (source, naming) => keyOf(naming(source.status_by)) },
  { name: 'superseded_by', value: (source, naming) => keysOf(source.superseded_by, naming) },
  { name: 'modified', value: (source) => source.modified },
  { name: 'retrieved_at', value: (source) => source.retrieved_at },
  { name: 'identifiers', value: (source) => identifierTexts(source.identifiers) },
  { name: 'created_at', value: (source) => source.created_at },
  { name: 'updated_at', value: (source) => source.updated_at },
];

const includes = [
  'publisher',
  'authors',
  'part_of',
  'derived_from',
  'supersedes',
  'status_by',
  'superseded_by',
];

export function sourceRoutes(app: App, context: ResourceContext, service: ResourceService): List {
  const list = registerResource(
    app,
    context,
    defineList({
      noun: sourceType,
      service,
      filters: sourceFilters,
      conditions: sourceConditions,
      sorts: sourceSorts,
      includes,
      pages: pagesOf('Source', Source, includes),
      forms: [csvForm(columns), ndjsonForm('Source', Source, SourceContent), ...bibliographyForms],
    }),
    {
      one: 'Source',
      many: 'Sources',
      output: Source,
      content: SourceContent,
      example: {
        key: 'monitoring-team-report-35',
        type: 'report',
        title: '35th report of the Analytical Support and Sanctions Monitoring Team',
        published: '2025-02-06',
        reporting_period: '2024-07-01/2024-12-13',
      },
      change: { reliability: 'B' },
    },
  );
  return list;
}
