import type { App } from '../../http/openapi/operation.js';
import { objectPageRoute, readObjectPage } from '../frame/object-page.routes.js';
import { sendPage } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { sourcePage } from './source-page.js';
import { loadSourcePage } from './source-page.service.js';

export function sourcePages(app: App, site: Site): void {
  app.get('/sources/:id', {
    ...objectPageRoute('range'),
    handler: async (request, reply) => {
      const { visit, data } = await readObjectPage(site, site.lists.source, request, reply, (tx, id, day) =>
        loadSourcePage(tx, site, id, day),
      );
      return sendPage(request, reply, visit, sourcePage(visit, data));
    },
  });
}
