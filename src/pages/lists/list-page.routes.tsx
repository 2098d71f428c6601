import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { App } from '../../http/openapi/operation.js';
import { costOfPage, type List } from '../../resources/list.js';
import { readPage } from '../../resources/list-page.js';
import { alternatesOf } from '../frame/forms.js';
import { type Alternate, momentQuery, pageHandler, pageRoute, type Visit, visitOf } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { Mending } from '../parts/mending.js';
import { Chosen } from './chosen.js';
import { type FacetCounts, Facets } from './facets.js';
import { FilterForm } from './filter-form.js';
import { NearMisses } from './near-misses.js';
import { Pager } from './pager.js';

/** How the objects of a noun are listed for people. */
export interface ListPageSpec<Output> {
  path: string;
  title: string;
  /** What is in it, in one sentence. */
  description: string;
  list: List;
  /** The filters that most people look for. */
  first: readonly string[];
  /** Extensions of the forms of the whole list, beside JSON. */
  forms: readonly string[];
  /** Facets that can be counted. */
  facets?: readonly string[];
  /** The page on which one is entered, and the words of the link to it. */
  enter?: readonly [path: string, words: string];
  /** Values that can be offered of filters that take any text, from the objects that are shown. */
  known?: (objects: readonly Output[]) => Record<string, string[]>;
  item: (object: Output) => ComponentChildren;
}

/** A list of the API as a page, with its filters as a form. */
export function listPage<Output>(app: App, site: Site, spec: ListPageSpec<Output>): void {
  const { path, title, description, list, item } = spec;
  // What is added to answers for programs makes no sense here.
  const { include: _, ...shape } = list.documented.shape as z.ZodRawShape;
  const query = z.strictObject({ ...shape, ...momentQuery }) as unknown as List['query'];
  const paged = { ...list, query };
  app.get(path, {
    ...pageRoute(costOfPage, query),
    handler: pageHandler<List['query']>(site, async (site, request, reply) => {
      const visit = visitOf(request, site.origin);
      const found = await readPage(site, paged, request, reply, path);
      const objects = found.texts.map((text) => JSON.parse(text) as Output);
      const page = {
        title,
        description,
        path,
        section: path,
        alternates: formsOf(visit, spec),
        body: (
          <>
            <h1>{title}</h1>
            <p class="hint">{description}</p>
            {spec.enter && <Mending links={[spec.enter]} />}
            <FilterForm
              filters={list.filters}
              first={spec.first}
              sorts={Object.keys(list.sorts)}
              known={spec.known?.(objects) ?? {}}
            />
            <Chosen />
            {found.facets ? (
              <Facets facets={found.facets as FacetCounts} />
            ) : (
              <OfferFacets visit={visit} spec={spec} />
            )}
            {objects.length === 0 && <p class="none">Nothing here meets that.</p>}
            <NearMisses nearMisses={found.nearMisses} />
            <ul class="list">{objects.map(item)}</ul>
            <Pager next={found.next} prev={found.prev} />
            {found.pending && (
              <p class="hint">The standing of some claims is still to be brought up to date.</p>
            )}
          </>
        ),
      };
      return { visit, page };
    }),
  });
}

const OfferFacets = ({
  visit: { moment, path, query },
  spec,
}: {
  visit: Visit;
  spec: Pick<ListPageSpec<never>, 'path' | 'facets'>;
}) =>
  spec.facets ? (
    <p>
      <a href={moment.to(path, { ...query, cursor: undefined, facets: spec.facets.join(',') })}>
        Count them by {spec.facets.join(', ')}
      </a>
    </p>
  ) : null;

/** The same list for machines, with the same filters. */
function formsOf(
  { moment, query }: Visit,
  { path, forms, list }: Pick<ListPageSpec<never>, 'path' | 'forms' | 'list'>,
): Alternate[] {
  const {
    as_of: _,
    known_by: __,
    cursor: ___,
    limit: ____,
    facets: _____,
    count: ______,
    ...filters
  } = query;
  const knownBy = 'known_by' in list.filters;
  // A bibliography is of sources, which have no place in an order of claims.
  const { sort: _sort, ...unsorted } = filters;
  return alternatesOf(moment, [
    { path: `/v1${path}`, title: 'JSON', query: filters, knownBy },
    ...forms.map((form) => ({
      path: `/v1${path}.${form}`,
      title: form === 'bib' ? 'BibTeX' : form.toUpperCase(),
      query: form === 'bib' || form === 'ris' ? unsorted : filters,
      knownBy,
    })),
  ]);
}
