import type { App } from '../../http/openapi/operation.js';
import { readObjectPage } from '../frame/object-page.routes.js';
import { objectOf } from '../frame/objects.service.js';
import type { FullAttribution } from '../frame/outputs.js';
import { pageRoute, sendPage } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { pathOf } from '../parts/reference.js';
import { claimPage } from './claim-page.js';
import { loadClaimPage } from './claim-page.service.js';

export function claimPages(app: App, site: Site): void {
  const { lists } = site;
  app.get('/claims/:id', {
    ...pageRoute('range'),
    handler: async (request, reply) => {
      const { visit, data } = await readObjectPage(site, lists.claim, request, reply, (tx, id, day) =>
        loadClaimPage(tx, site, id, day),
      );
      return sendPage(request, reply, visit, claimPage(visit, data));
    },
  });

  // An attribution is shown among those of its claim, or of the source that it speaks of.
  app.get('/attributions/:id', {
    ...pageRoute('point'),
    handler: async (request, reply) => {
      const { visit, data } = await readObjectPage(site, lists.attribution, request, reply, (tx, id) =>
        objectOf<FullAttribution>(tx, lists.attribution, id),
      );
      const { id, claim, about_source } = data.object;
      const path = claim ? pathOf('claim', claim) : pathOf('source', about_source!);
      return reply.redirect(`${visit.moment.to(path)}#${id}`, 303);
    },
  });
}
