import type { App } from '../http/openapi/operation.js';
import { claimPages } from './claims/claims-pages.routes.js';
import type { Site } from './frame/site.js';
import { tidyAddress } from './frame/tidy.js';
import { homePage } from './home/home.routes.js';
import { listPages } from './lists/lists.routes.js';
import { registerProblemPage } from './problems/problem-page.js';

/**
 * Pages for people, over the same lists and services as the API. They are no part of it: a page may change with each
 * release, while its address stays.
 */
export async function registerPages(app: App, site: Site): Promise<void> {
  registerProblemPage(app, site.origin);
  await app.register(async (pages) => {
    pages.addHook('onRequest', tidyAddress);
    homePage(pages, site);
    listPages(pages, site);
    claimPages(pages, site);
  });
}
