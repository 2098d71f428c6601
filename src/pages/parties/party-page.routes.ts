import type { App } from '../../http/openapi/operation.js';
import { objectPageHandler, objectPageRoute, readObjectPage } from '../frame/object-page.routes.js';
import type { Site } from '../frame/site.js';
import { partyPage } from './party-page.js';
import { loadPartyPage } from './party-page.service.js';

export function partyPages(app: App, site: Site): void {
  app.get('/parties/:id', {
    ...objectPageRoute('range'),
    handler: objectPageHandler(site, async (site, request, reply) => {
      const { visit, data } = await readObjectPage(site, site.lists.party, request, reply, (tx, id, day) =>
        loadPartyPage(tx, site, id, day),
      );
      return { visit, page: partyPage(visit, data) };
    }),
  });
}
