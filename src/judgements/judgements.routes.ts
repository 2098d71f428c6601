import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { StoredForm } from '../db/query/references.js';
import { type Column, keyOf } from '../http/formats/csv.js';
import { sampleKeys } from '../http/schemas/sample-keys.js';
import { csvForm, ndjsonForm } from '../resources/exports.js';
import { defineList, type List, type ListSpec } from '../resources/list.js';
import { pagesOf } from '../resources/list.schemas.js';
import { type ResourceContext, registerResource } from '../resources/routes.js';
import type { ResourceService } from '../resources/service.js';
import { judgementNoun } from './judgement.js';
import { Judgement, JudgementContent, judgementFilters } from './judgements.schemas.js';
import { judgementConditions } from './judgements.store.js';

const columns: Column<StoredForm<z.infer<typeof Judgement>>>[] = [
  { name: 'id', value: (judgement) => judgement.id },
  { name: 'key', value: (judgement) => judgement.key },
  { name: 'noun', value: (judgement) => judgement.noun },
  { name: 'one', value: (judgement, naming) => keyOf(naming(judgement.one)) },
  { name: 'one_name', value: (judgement, naming) => naming(judgement.one)?.name },
  { name: 'other', value: (judgement, naming) => keyOf(naming(judgement.other)) },
  { name: 'other_name', value: (judgement, naming) => naming(judgement.other)?.name },
  { name: 'judgement', value: (judgement) => judgement.judgement },
  { name: 'reason', value: (judgement) => judgement.reason },
  { name: 'created_at', value: (judgement) => judgement.created_at },
  { name: 'updated_at', value: (judgement) => judgement.updated_at },
];

const includes = ['one', 'other'];
const pages = pagesOf('Judgement', Judgement, includes);

/** What people judged about pairs of objects that may be the same. */
export function judgementRoutes(
  app: FastifyInstance,
  context: ResourceContext,
  service: ResourceService,
): List {
  const spec: ListSpec = {
    noun: judgementNoun,
    service,
    filters: judgementFilters,
    conditions: judgementConditions,
    sorts: { id: 'id', created: 'created_at', updated: 'updated_at' },
    includes,
    pages,
    forms: [csvForm(columns), ndjsonForm('Judgement', Judgement, JudgementContent)],
  };
  return registerResource(app, context, defineList(spec), {
    one: 'Judgement',
    many: 'Judgements',
    output: Judgement,
    content: JudgementContent,
    example: {
      noun: 'party',
      one: sampleKeys.party,
      other: 'pakistan',
      judgement: 'not_the_same',
      reason: 'One fights the other.',
    },
    change: { judgement: 'unsure' },
    writeScope: 'review',
  });
}
