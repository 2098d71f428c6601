import type { App } from '../../http/openapi/operation.js';
import { objectPageHandler, objectPageRoute, readObjectPage } from '../frame/object-page.routes.js';
import { objectOf } from '../frame/objects.service.js';
import type { FullAttribution } from '../frame/outputs.js';
import type { Site } from '../frame/site.js';
import { placeOf } from '../parts/reference.js';
import { claimPage } from './claim-page.js';
import { loadClaimPage } from './claim-page.service.js';

export function claimPages(app: App, site: Site): void {
  const { lists } = site;
  app.get('/claims/:id', {
    ...objectPageRoute('range'),
    handler: objectPageHandler(site, async (site, request, reply) => {
      const { visit, data } = await readObjectPage(site, lists.claim, request, reply, (tx, id, day) =>
        loadClaimPage(tx, site, id, day),
      );
      return { visit, page: claimPage(visit, data) };
    }),
  });

  // An attribution is shown among those of its claim, or of the source that it speaks of.
  app.get('/attributions/:id', {
    ...objectPageRoute('point'),
    handler: async (request, reply) => {
      const { visit, data } = await readObjectPage(site, lists.attribution, request, reply, (tx, id) =>
        objectOf<FullAttribution>(tx, lists.attribution, id),
      );
      const { page, anchor } = placeOf(data.object);
      return reply.redirect(visit.moment.to(page) + anchor, 303);
    },
  });
}
