import type { App } from '../../http/openapi/operation.js';
import { allConflictsQuery, readAllConflicts } from '../../provenance/conflicts/conflicts.routes.js';
import { alternatesOf } from '../frame/forms.js';
import type { Conflict } from '../frame/outputs.js';
import { pageHandler, pageRoute, visitOf } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { Chosen } from '../lists/chosen.js';
import { FilterForm } from '../lists/filter-form.js';
import { Pager } from '../lists/pager.js';
import { ConflictPair } from '../parts/conflict.js';

const path = '/conflicts';
const { kind, subject, predicate, superseded, sort } = allConflictsQuery.shape;

/** Pairs of facts that give different values for the same thing. */
export function conflictsPage(app: App, site: Site): void {
  app.get(path, {
    // In a small register it is found before a worker would have started; else that takes over.
    ...pageRoute('range', allConflictsQuery),
    handler: pageHandler<typeof allConflictsQuery>(site, async (site, request, reply) => {
      const visit = visitOf(request, site.origin);
      const found = await readAllConflicts(site, request, reply, path);
      const { as_of: _, known_by: __, cursor: ___, limit: ____, ...filters } = visit.query;
      const shared = { query: filters, knownBy: true };
      // As JSON they are what the API answers.
      const items = JSON.parse(JSON.stringify(found.items)) as Conflict[];
      const page = {
        title: 'Conflicts',
        description:
          'Facts that give different values for the same thing, and why they do or do not contradict.',
        path,
        section: path,
        alternates: alternatesOf(visit.moment, [
          { path: '/v1/conflicts', title: 'JSON', ...shared },
          { path: '/v1/conflicts.csv', title: 'CSV', ...shared },
          { path: '/v1/conflicts.ndjson', title: 'NDJSON', ...shared },
        ]),
        body: (
          <>
            <h1>Conflicts</h1>
            <p class="hint">
              Facts that give different values for the same thing, and whether both can be right.
            </p>
            <FilterForm
              filters={{ kind, subject, predicate, superseded, sort }}
              first={['kind', 'subject', 'predicate', 'superseded', 'sort']}
            />
            <Chosen />
            {items.length === 0 && <p class="none">No conflicts here.</p>}
            <ul class="list">
              {items.map((conflict) => (
                <ConflictPair conflict={conflict} />
              ))}
            </ul>
            <Pager next={found.next_cursor} prev={found.prev_cursor} />
          </>
        ),
      };
      return { visit, page };
    }),
  });
}
