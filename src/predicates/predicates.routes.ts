import type { z } from 'zod';
import type { Column } from '../http/formats/csv.js';
import type { App } from '../http/openapi/operation.js';
import { csvForm, ndjsonForm } from '../resources/exports.js';
import { defineList, type List } from '../resources/list.js';
import { pagesOf } from '../resources/list.schemas.js';
import { type ResourceContext, registerResource } from '../resources/routes.js';
import type { ResourceService } from '../resources/service.js';
import { predicateType } from './predicate.js';
import { Predicate, PredicateContent, predicateFilters } from './predicates.schemas.js';
import { predicateConditions } from './predicates.store.js';

const names = [
  'key',
  'label',
  'description',
  'value_type',
  'unit',
  'functional',
  'symmetric',
  'measure',
  'created_at',
  'updated_at',
] as const;
const columns = names.map(
  (name): Column<z.infer<typeof Predicate>> => ({ name, value: (predicate) => predicate[name] }),
);

const includes: string[] = [];

export function predicateRoutes(app: App, context: ResourceContext, service: ResourceService): List {
  const list = registerResource(
    app,
    context,
    defineList({
      noun: predicateType,
      service,
      filters: predicateFilters,
      conditions: predicateConditions,
      sorts: { id: 'id', created: 'created_at', updated: 'updated_at' },
      includes,
      pages: pagesOf('Predicate', Predicate, includes),
      forms: [csvForm(columns), ndjsonForm('Predicate', Predicate, PredicateContent)],
    }),
    {
      one: 'Predicate',
      many: 'Predicates',
      output: Predicate,
      content: PredicateContent,
      example: {
        key: 'fighter-strength',
        label: 'fighter strength',
        value_type: 'quantity',
        unit: 'fighters',
        functional: true,
        measure: 'level',
      },
      change: { description: 'How many fighters a group has at a time.' },
    },
  );
  return list;
}
