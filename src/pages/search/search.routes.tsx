import { z } from 'zod';
import type { App } from '../../http/openapi/operation.js';
import { readSearch } from '../../search/search.routes.js';
import { type SearchPage as SearchPageSchema, searchQuery } from '../../search/search.schemas.js';
import { alternatesOf } from '../frame/forms.js';
import { momentQuery, pageHandler, pageRoute, visitOf } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { useVisit } from '../frame/visiting.js';
import { numberWords, plain } from '../frame/words.js';
import { Chosen } from '../lists/chosen.js';
import { Facets } from '../lists/facets.js';
import { NearMisses } from '../lists/near-misses.js';
import { Pager } from '../lists/pager.js';
import { Badge } from '../parts/badges.js';
import { pathOf, Ref } from '../parts/reference.js';

type Found = z.infer<typeof SearchPageSchema>;
type Hit = Found['items'][number];

const path = '/search';
const query = z.strictObject({ ...searchQuery.shape, ...momentQuery });

type Query = z.infer<typeof query>;

/** Whether nothing is searched for yet. */
const isEmpty = ({ q, cursor }: Query): boolean => q === undefined && cursor === undefined;

/** What holds certain words, the best first, with the places where they stand. */
export function searchPage(app: App, site: Site): void {
  app.get(path, {
    // What the index of words does in one step cannot be interrupted.
    ...pageRoute(({ query }) => (isEmpty(query as Query) ? 'point' : 'scan'), query),
    handler: pageHandler<typeof query>(site, async (site, request, reply) => {
      const visit = visitOf(request, site.origin);
      const { q } = visit.query;
      const found = isEmpty(request.query) ? null : await read();
      const { as_of: _, known_by: __, cursor: ___, limit: ____, ...filters } = visit.query;
      const page = {
        title: q === undefined ? 'Search' : `Search: ${q}`,
        alternates: found
          ? alternatesOf(visit.moment, [{ path: '/v1/search', title: 'JSON', query: filters, knownBy: true }])
          : [],
        body: <Results found={found} />,
      };
      return { visit, page };

      async function read(): Promise<Found> {
        return JSON.parse((await readSearch(site, request, reply, path)).body) as Found;
      }
    }),
  });
}

const facets = 'predicate,support,party,topic,year';

const Results = ({ found }: { found: Found | null }) => {
  const { moment, query } = useVisit();
  if (!found) {
    return (
      <>
        <h1>Search</h1>
        <p>
          Write words above: all of them must stand in what is found. <code>"no fighters"</code> is a phrase,{' '}
          <code>weapons OR arms</code> takes either, <code>-weapons</code> leaves out, <code>tehr*</code>{' '}
          begins a word.
        </p>
      </>
    );
  }
  const { items, total, total_at_least } = found;
  const { cursor: _, ...kept } = query;
  return (
    <>
      <h1>
        Search: <bdi>{query.q}</bdi>
      </h1>
      <p class="hint">
        {total === undefined ? `More than ${numberWords(total_at_least ?? 0)}` : numberWords(total)} found
        {!found.facets && items.length > 0 && (
          <>
            {' · '}
            <a href={moment.to(path, { ...kept, facets })}>narrow down</a>
          </>
        )}
      </p>
      <Chosen />
      <NearMisses nearMisses={found.did_you_mean ?? []} />
      {found.facets && <Facets facets={found.facets} />}
      {items.length === 0 && <p class="none">Nothing holds these words.</p>}
      <ul class="list">
        {items.map((hit) => (
          <HitItem hit={hit} />
        ))}
      </ul>
      <Pager next={found.next_cursor} prev={found.prev_cursor} />
    </>
  );
};

/** Members by which the link to an object is named. */
const shownAbove = new Set(['text', 'title', 'name', 'label']);

type Snippet = Hit['snippets'][number];

/** Whether an excerpt is the whole name of what was found. */
const isName = (name: string, { attribution, member, parts, cut_before, cut_after }: Snippet): boolean =>
  attribution === null &&
  shownAbove.has(member) &&
  !cut_before &&
  !cut_after &&
  parts.map(({ text }) => text).join('') === name;

const HitItem = ({ hit: { type, object, snippets } }: { hit: Hit }) => {
  const { moment } = useVisit();
  const inName = snippets.find((snippet) => isName(object.name, snippet));
  return (
    <li>
      <p class="title">
        {inName ? (
          <a href={moment.to(pathOf(type, object))}>
            <bdi>
              <Parts parts={inName.parts} />
            </bdi>
          </a>
        ) : (
          <Ref noun={type} to={object} />
        )}{' '}
        <Badge>{type}</Badge>
      </p>
      {snippets
        .filter((snippet) => snippet !== inName)
        .map(({ attribution, member, parts, cut_before, cut_after }) => (
          <p class="hint" dir="auto">
            {attribution ? <bdi>{attribution.name}: </bdi> : !shownAbove.has(member) && `${plain(member)}: `}
            {cut_before && '… '}
            <Parts parts={parts} />
            {cut_after && ' …'}
          </p>
        ))}
    </li>
  );
};

const Parts = ({ parts }: Pick<Snippet, 'parts'>) => (
  <>{parts.map(({ text, found }) => (found ? <mark>{text}</mark> : text))}</>
);
