import type { App } from '../http/openapi/operation.js';
import type { Choosing, ExportSpec, ListContext } from '../register/list.js';
import { exportQuery } from '../register/list.schemas.js';
import { registerExports } from '../register/list-routes.js';
import type { NounService } from '../register/service.js';
import { wordsFilter } from '../search/words/query.schemas.js';
import { bibliographyForms } from '../sources/citation.forms.js';
import { sourceNoun } from '../sources/source.js';
import { sourceSorts } from '../sources/sources.schemas.js';
import { behindListedClaims } from './claim-list.service.js';
import { claimFilters } from './claims.schemas.js';

/** The sources behind a list of claims, each once, for reference managers: `/v1/claims.bib?subject=ttp`. */
export function claimSourceRoutes(app: App, context: ListContext, service: NounService): void {
  const spec: ExportSpec = {
    noun: sourceNoun,
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
