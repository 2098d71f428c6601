import { z } from 'zod';
import { attributionList } from '../attributions/attributions.routes.js';
import { ClaimAttributionInput } from '../attributions/attributions.schemas.js';
import type { App } from '../http/openapi/operation.js';
import { knownClaims } from '../provenance/standing/known-claims.service.js';
import { standingPending } from '../provenance/standing/standing.service.js';
import { type ClaimSublist, registerClaimSublist } from '../resources/claim-sublist.routes.js';
import { csvForm, ndjsonForm } from '../resources/exports.js';
import { defineList, type List } from '../resources/list.js';
import { pagesOf } from '../resources/list.schemas.js';
import { type ResourceContext, registerResource } from '../resources/routes.js';
import type { ResourceService } from '../resources/service.js';
import { claimType } from './claim.js';
import { claimListConditions } from './claim-list.service.js';
import { claimSourceRoutes } from './claim-sources.routes.js';
import { claimColumns } from './claims.columns.js';
import { Claim, ClaimContent, claimFilters } from './claims.schemas.js';
import type { Filters } from './claims.store.js';
import { Facets, facetsQuery } from './facets.schemas.js';
import { facetsOf } from './facets.service.js';

const standingPendingMember = z.boolean().meta({
  description: 'The standing of some claims is still to be brought up to date; items read alone are exact.',
});

const includes = ['subject', 'predicate', 'party', 'speaker', 'source', 'attributions'];

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
  app: App,
  context: ResourceContext,
  services: { claims: ResourceService; attributions: ResourceService; sources: ResourceService },
): List {
  const list = registerResource(
    app,
    context,
    defineList({
      noun: claimType,
      service: services.claims,
      filters: claimFilters,
      conditions: claimListConditions,
      shown: async (tx, rows, { known_by }: Filters) =>
        known_by === undefined ? rows : knownClaims(tx, rows, known_by),
      sorts: {
        id: 'id',
        occurred: 'occurred_from',
        said: 'last_said',
        value: 'value_key',
        created: 'created_at',
        updated: 'updated_at',
        activity: 'activity_at',
        origins: 'min_origins',
        attributions: 'attribution_count',
      },
      includes,
      pages: pagesOf('Claim', Claim, includes, {
        facets: Facets.optional(),
        standing_pending: standingPendingMember,
      }),
      facets: { query: facetsQuery, count: facetsOf },
      forms: [csvForm(claimColumns), ndjsonForm('Claim', Claim, ClaimContent)],
      pending: { member: 'standing_pending', is: standingPending },
    }),
    {
      one: 'Claim',
      many: 'Claims',
      output: Claim,
      content: ClaimContent,
      example,
      change: { occurred: '2024-07-01/2024-12-13', occurred_inherited: true },
    },
  );
  claimSourceRoutes(app, context, services.sources);
  registerClaimSublist(app, context, claimAttributions(services.attributions));
  return list;
}

/** The attributions of one claim: listed, and added to. */
const claimAttributions = (service: ResourceService): ClaimSublist => ({
  spec: attributionList(service),
  claimFilter: 'claim',
  leaveOut: ['claim', 'about_source'],
  input: ClaimAttributionInput,
  complete: (body, claim) => ({ ...body, claim, about_source: null }),
  one: 'ClaimAttribution',
  tag: 'Attributions',
  example: { party: 'pakistan', stance: 'asserts', manner: 'estimates' },
});
