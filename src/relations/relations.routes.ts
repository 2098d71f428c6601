import type { z } from 'zod';
import type { StoredForm } from '../db/query/references.js';
import { type Column, keyOf } from '../http/formats/csv.js';
import type { App } from '../http/openapi/operation.js';
import { type ClaimSublist, registerClaimSublist } from '../resources/claim-sublist.routes.js';
import { csvForm, ndjsonForm } from '../resources/exports.js';
import { defineList, type List, type ListSpec } from '../resources/list.js';
import { pagesOf } from '../resources/list.schemas.js';
import { type ResourceContext, registerResource } from '../resources/routes.js';
import type { ResourceService } from '../resources/service.js';
import { relationType } from './relation.js';
import { ClaimRelationInput, Relation, RelationContent, relationFilters } from './relations.schemas.js';
import { relationConditions } from './relations.store.js';

const columns: Column<StoredForm<z.infer<typeof Relation>>>[] = [
  { name: 'id', value: (relation) => relation.id },
  { name: 'key', value: (relation) => relation.key },
  { name: 'from', value: (relation, naming) => keyOf(naming(relation.from)) },
  { name: 'from_text', value: (relation, naming) => naming(relation.from)?.name },
  { name: 'type', value: (relation) => relation.type },
  { name: 'to', value: (relation, naming) => keyOf(naming(relation.to)) },
  { name: 'to_text', value: (relation, naming) => naming(relation.to)?.name },
  { name: 'note', value: (relation) => relation.note },
  { name: 'created_at', value: (relation) => relation.created_at },
  { name: 'updated_at', value: (relation) => relation.updated_at },
];

const includes = ['from', 'to'];
const pages = pagesOf('Relation', Relation, includes);

export function relationRoutes(app: App, context: ResourceContext, service: ResourceService): List {
  const spec: ListSpec = {
    noun: relationType,
    service,
    filters: relationFilters,
    conditions: relationConditions,
    sorts: { id: 'id', created: 'created_at', updated: 'updated_at' },
    includes,
    pages,
    forms: [csvForm(columns), ndjsonForm('Relation', Relation, RelationContent)],
  };
  const example = { from: 'ttp-strength-10000', type: 'contradicts', to: 'ttp-strength-4000-to-6000' };
  const list = registerResource(app, context, defineList(spec), {
    one: 'Relation',
    many: 'Relations',
    output: Relation,
    content: RelationContent,
    example,
    change: { note: 'Both speak of the same months.' },
  });
  const sublist: ClaimSublist = {
    spec,
    claimFilter: 'claim',
    leaveOut: ['claim'],
    input: ClaimRelationInput,
    complete: (body, claim) => ({ ...body, from: claim }),
    one: 'ClaimRelation',
    tag: 'Relations',
    example: { type: 'contradicts', to: 'ttp-strength-4000-to-6000' },
  };
  registerClaimSublist(app, context, sublist);
  return list;
}
