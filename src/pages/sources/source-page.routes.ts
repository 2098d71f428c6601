import type { App } from '../../http/openapi/operation.js';
import { objectPageHandler, objectPageRoute, readObjectPage } from '../frame/object-page.routes.js';
import type { Site } from '../frame/site.js';
import { sourcePage } from './source-page.js';
import { loadSourcePage } from './source-page.service.js';

export function sourcePages(app: App, site: Site): void {
  app.get('/sources/:id', {
    ...objectPageRoute('range'),
    handler: objectPageHandler(site, async (site, request, reply) => {
      const { visit, data } = await readObjectPage(site, site.lists.source, request, reply, (tx, id, day) =>
        loadSourcePage(tx, site, id, day),
      );
      return { visit, page: sourcePage(visit, data) };
    }),
  });
}
