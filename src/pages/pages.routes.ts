import type { App } from '../http/openapi/operation.js';
import { changesPage } from './changes/changes.routes.js';

import { claimPages } from './claims/claims-pages.routes.js';
import { conflictsPage } from './conflicts/conflicts.routes.js';
import { formPages } from './forms/forms.routes.js';
import { PageCache } from './frame/page-cache.service.js';
import type { Site } from './frame/site.js';
import { tidyAddress } from './frame/tidy.js';
import { historyPages } from './history/history.routes.js';
import { homePage } from './home/home.routes.js';
import { listPages } from './lists/lists.routes.js';
import { partyPages } from './parties/party-page.routes.js';
import { predicatePages } from './predicates/predicate-page.routes.js';
import { registerProblemPage } from './problems/problem-page.js';
import { searchPage } from './search/search.routes.js';
import { sourcePages } from './sources/source-page.routes.js';

/**
 * Pages for people, over the same lists and services as the API. They are no part of it: a page may change with each
 * release, while its address stays.
 */
export async function registerPages(app: App, context: Omit<Site, 'pages'>): Promise<void> {
  const site: Site = { ...context, pages: new PageCache() };
  registerProblemPage(app, site.origin);
  await app.register(async (pages) => {
    pages.addHook('onRequest', tidyAddress);
    homePage(pages, site);
    listPages(pages, site);
    formPages(pages, site);
    claimPages(pages, site);
    sourcePages(pages, site);
    partyPages(pages, site);
    predicatePages(pages, site);
    historyPages(pages, site);
    conflictsPage(pages, site);
    changesPage(pages, site);
    searchPage(pages, site);
  });
}
