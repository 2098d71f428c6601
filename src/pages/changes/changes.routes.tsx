import { z } from 'zod';
import type { Entry } from '../../feeds/atom.js';
import { newestEntries } from '../../feeds/feed.service.js';
import { cursorOf, placeOfCursor } from '../../history/changes.routes.js';
import { changesQuery } from '../../history/changes.schemas.js';
import { type ChangeFilters, wantedChanges } from '../../history/changes.service.js';
import type { App } from '../../http/openapi/operation.js';
import { DEFAULT_LIMIT } from '../../http/request/paging.js';
import { alternatesOf } from '../frame/forms.js';
import { momentQuery, pageHandler, pageRoute, visitOf } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { useVisit } from '../frame/visiting.js';
import { clipped, LONG } from '../frame/words.js';
import { Chosen } from '../lists/chosen.js';
import { FilterForm } from '../lists/filter-form.js';
import { Pager } from '../lists/pager.js';
import { Instant } from '../parts/text.js';

const path = '/changes';
const { after, limit, ...filters } = changesQuery.shape;
const query = z.strictObject({ ...filters, limit, cursor: after, ...momentQuery });

/** What was recorded last: what changed, by whom, and why. */
export function changesPage(app: App, site: Site): void {
  app.get(path, {
    ...pageRoute('range', query),
    handler: pageHandler<typeof query>(site, async (site, request) => {
      const visit = visitOf(request, site.origin);
      const { limit = DEFAULT_LIMIT, cursor, as_of, ...asked } = request.query;
      const before = cursor === undefined ? null : placeOfCursor(site.cursors, cursor, 'cursor');
      const { entries, older } = await site.store.read(async (tx) => {
        const wanted = await wantedChanges(tx, site.nouns.party, { ...asked, ...untilAt(asked, as_of) });
        return newestEntries(tx, site.nouns, before, limit, wanted);
      });
      const { as_of: _, known_by: __, cursor: ___, limit: ____, ...sent } = visit.query;
      const page = {
        title: 'Changes',
        description: 'What was recorded here last: what changed, by whom, and why.',
        path,
        section: path,
        alternates: [
          ...alternatesOf(visit.moment, []),
          { href: feedAt('/v1/changes', sent), type: 'application/json', title: 'JSON, oldest first' },
          { href: feedAt('/v1/changes.ndjson', sent), type: 'application/x-ndjson', title: 'NDJSON' },
          { href: feedAt('/v1/changes.atom', sent), type: 'application/atom+xml', title: 'Atom feed' },
        ],
        body: (
          <>
            <h1>Changes</h1>
            <p class="hint">
              What was recorded here last. Follow it with a{' '}
              <a href={feedAt('/v1/changes.atom', sent)}>feed reader</a>: the feed has the filters that are
              chosen here.
            </p>
            <FilterForm filters={filters} first={['type', 'subject', 'since', 'until']} />
            <Chosen />
            {entries.length === 0 && <p class="none">No changes here.</p>}
            <ul class="list">
              {entries.map((entry) => (
                <Change entry={entry} />
              ))}
            </ul>
            <Pager next={older && cursorOf(site, older)} prev={null} />
          </>
        ),
      };
      return { visit, page };
    }),
  });
}

/** The register as it was then holds what was recorded by then. */
const untilAt = ({ until }: ChangeFilters, asOf: string | undefined) =>
  asOf !== undefined && (until === undefined || asOf < until) ? { until: asOf } : {};

const feedAt = (address: string, sent: Record<string, string>): string =>
  Object.keys(sent).length > 0 ? `${address}?${new URLSearchParams(sent)}` : address;

const Change = ({ entry: { title, updated, author, summary, links } }: { entry: Entry }) => {
  const { moment } = useVisit();
  const linkTo = (type: string) => links.find((link) => link.type === type)!.href;
  return (
    <li>
      <p class="title">
        <a href={moment.to(linkTo('text/html'))} dir="auto">
          {clipped(title, LONG)}
        </a>
      </p>
      <p class="hint">
        <Instant at={updated} /> · <bdi>{author}</bdi>
        {summary && (
          <>
            {' · '}
            <span dir="auto">{summary}</span>
          </>
        )}
        {' · '}
        <a href={linkTo('application/json')}>as data</a>
      </p>
    </li>
  );
};
