import type { App } from '../../http/openapi/operation.js';
import { objectPageRoute, readObjectPage } from '../frame/object-page.routes.js';
import { sendPage } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { partyPage } from './party-page.js';
import { loadPartyPage } from './party-page.service.js';

export function partyPages(app: App, site: Site): void {
  app.get('/parties/:id', {
    ...objectPageRoute('range'),
    handler: async (request, reply) => {
      const { visit, data } = await readObjectPage(site, site.lists.party, request, reply, (tx, id, day) =>
        loadPartyPage(tx, site, id, day),
      );
      return sendPage(request, reply, visit, partyPage(visit, data));
    },
  });
}
