import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { attributionNoun } from '../attributions/attribution.js';
import { attributionList, attributionPages } from '../attributions/attributions.routes.js';
import {
  Attribution,
  attributionFilters,
  ClaimAttributionInput,
} from '../attributions/attributions.schemas.js';
import { answers, operation } from '../http/operation.js';
import { changeReason, idempotencyKey, ifNoneMatchTag } from '../http/parameters.js';
import { answerWrite } from '../http/writing.js';
import { Failure } from '../lib/errors.js';
import { get } from '../register/find.js';
import { answerList, defineList } from '../register/list.js';
import { listAnswers, pagesOf } from '../register/list.schemas.js';
import { itemAnswer } from '../register/render.js';
import { idOf, type RegisterContext, registerNoun } from '../register/routes.js';
import type { NounService } from '../register/service.js';
import { claimNoun } from './claim.js';
import { claimColumns } from './claims.columns.js';
import { Claim, ClaimInput, claimFilters } from './claims.schemas.js';
import { claimConditions, type Filters } from './claims.store.js';

const includes = ['subject', 'predicate', 'party', 'speaker', 'source'];

const example = {
  text: 'The family of the leader of the TTP received 3 million Afghanis a month.',
  subject: 'noor-wali-mehsud-family',
  predicate: 'monthly-stipend',
  value: { type: 'money', value: '3000000', currency: 'AFN', per: 'month' },
  occurred: '2024-07-01/2024-12-13',
  occurred_inherited: true,
  attributions: [
    { party: 'defence-talks', stance: 'reports', source: 'defence-talks-article-2025', relays: ['@report'] },
    { local_id: 'report', party: 'un-monitoring-team', stance: 'asserts', lineage: 'originates' },
  ],
};

export function claimRoutes(
  app: FastifyInstance,
  context: RegisterContext,
  services: { claims: NounService; attributions: NounService },
): void {
  registerNoun(
    app,
    context,
    defineList({
      noun: claimNoun,
      service: services.claims,
      filters: claimFilters,
      async conditions(tx, filters: Filters) {
        refuseBareRange(filters);
        return claimConditions(tx, filters);
      },
      sorts: {
        id: 'id',
        occurred: 'occurred_from',
        said: 'last_said',
        value: 'value_key',
        created: 'created_at',
        updated: 'updated_at',
      },
      includes,
      columns: claimColumns,
    }),
    {
      one: 'Claim',
      many: 'Claims',
      output: Claim,
      pages: pagesOf('Claim', Claim, ClaimInput, includes),
      example,
      change: { occurred: '2024-07-01/2024-12-13', occurred_inherited: true },
    },
  );
  claimAttributionRoutes(app, context, services.attributions);
}

/** Numbers of different things cannot be compared, so a range of values needs to know of what. */
function refuseBareRange({ value_min, value_max, predicate, unit, currency }: Filters): void {
  if (value_min === undefined && value_max === undefined) return;
  if (predicate ?? unit ?? currency) return;
  const parameter = value_min === undefined ? 'value_max' : 'value_min';
  const detail = 'add predicate, unit or currency, so that like is compared with like';
  throw new Failure('invalid_query', detail, [{ parameter, code: 'missing_parameter', detail }]);
}

/** The attributions of one claim: listed, and added to. */
function claimAttributionRoutes(app: FastifyInstance, context: RegisterContext, service: NounService): void {
  const { claim: _claim, about_source: _about, ...filters } = attributionFilters;
  const spec = defineList({ ...attributionList(service), filters });
  const path = '/v1/claims/:id/attributions';
  const params = z.object({ id: z.string().meta({ description: 'Id or key of the claim.' }) });

  app.get(path, {
    ...operation({
      scope: 'read',
      tag: 'Attributions',
      operationId: 'listClaimAttributions',
      summary: 'List the attributions of a claim',
      path: params,
      query: spec.query,
      headers: z.object({ 'if-none-match': ifNoneMatchTag }),
      success: listAnswers(attributionPages),
      problems: ['not_found', 'gone', 'not_acceptable'],
    }),
    handler: async (request, reply) => {
      const claim = await context.store.read((tx) => get(tx, claimNoun, idOf(request)));
      return answerList(context, spec, request, reply, { claim: [claim.id] });
    },
  });

  app.post(path, {
    ...operation({
      scope: 'write',
      tag: 'Attributions',
      operationId: 'createClaimAttribution',
      summary: 'Add an attribution to a claim',
      description: "The claim's version stays as it is.",
      path: params,
      headers: z.object({ 'idempotency-key': idempotencyKey, 'change-reason': changeReason }),
      body: ClaimAttributionInput,
      bodyDoc: {
        schema: ClaimAttributionInput,
        media: ['application/json'],
        example: { party: 'pakistan', stance: 'asserts', manner: 'estimates' },
      },
      success: { 201: answers.created(Attribution) },
      problems: ['not_found', 'gone', 'key_taken', 'idempotency_mismatch', 'invalid_header', 'storage_full'],
    }),
    handler: (request, reply) =>
      answerWrite(context, request, reply, async (tx, change) => {
        const claim = await get(tx, claimNoun, idOf(request));
        const input = { ...(request.body as object), claim: claim.id, about_source: null };
        const stored = await service.create(tx, change, input);
        return itemAnswer(tx, attributionNoun, stored.id, 201);
      }),
  });
}
