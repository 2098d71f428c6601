import { z } from 'zod';
import type { App } from '../../http/openapi/operation.js';
import { objectPageHandler, objectPageRoute, readObjectPage } from '../frame/object-page.routes.js';
import { momentQuery } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { predicatePage } from './predicate-page.js';
import { loadPredicatePage } from './predicate-page.service.js';

const query = z.strictObject({ subject: z.string().optional(), ...momentQuery });

export function predicatePages(app: App, site: Site): void {
  app.get('/predicates/:id', {
    ...objectPageRoute('range', query),
    handler: objectPageHandler<typeof query>(site, async (site, request, reply) => {
      const { subject } = request.query;
      const { visit, data } = await readObjectPage(
        site,
        site.lists.predicate,
        request,
        reply,
        (tx, id, day) => loadPredicatePage(tx, site, id, day, subject),
      );
      return { visit, page: predicatePage(visit, data) };
    }),
  });
}
