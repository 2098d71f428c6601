import type { App } from '../../http/openapi/operation.js';
import { readObjectPage } from '../frame/object-page.routes.js';
import { pageRoute, sendPage } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { claimPage } from './claim-page.js';
import { loadClaimPage } from './claim-page.service.js';

export function claimPages(app: App, site: Site): void {
  app.get('/claims/:id', {
    ...pageRoute('range'),
    handler: async (request, reply) => {
      const { visit, data } = await readObjectPage(site, site.lists.claim, request, reply, (tx, id, day) =>
        loadClaimPage(tx, site, id, day),
      );
      return sendPage(request, reply, visit, claimPage(visit, data));
    },
  });
}
