import type { App } from '../http/openapi/operation.js';
import type { Choosing, ExportSpec, ListContext } from '../resources/list.js';
import { exportQuery } from '../resources/list.schemas.js';
import { registerExports } from '../resources/list-routes.js';
import type { ResourceService } from '../resources/service.js';
import { wordsFilter } from '../search/words/query.schemas.js';
import { bibliographyForms } from '../sources/citation.forms.js';
import { sourceType } from '../sources/source.js';
import { sourceSorts } from '../sources/sources.schemas.js';
import { behindListedClaims } from './claim-list.service.js';
import { claimFilters } from './claims.schemas.js';

/** The sources behind a list of claims, each once, for reference managers: `/v1/claims.bib?subject=ttp`. */
export function claimSourceRoutes(app: App, context: ListContext, service: ResourceService): void {
  const spec: ExportSpec = {
    noun: sourceType,
    service,
    filters: { ...claimFilters, q: wordsFilter('claim') },
    conditions: behindListedClaims,
    sorts: sourceSorts,
    forms: bibliographyForms,
  };
  const list: Choosing = { ...spec, query: exportQuery(spec) };
  registerExports(app, context, '/v1/claims', list, {
    tag: 'Claims',
    operationId: 'listClaimSources',
    summary: 'The sources in which the claims of a list are attributed',
    problems: [],
  });
}
