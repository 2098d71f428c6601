import type { App } from '../../http/openapi/operation.js';
import type { Claim, Party, Predicate, Source } from '../frame/outputs.js';
import type { Site } from '../frame/site.js';
import { ClaimItem } from '../parts/claim-item.js';
import { PartyItem, PredicateItem, SourceItem } from '../parts/object-items.js';
import { listPage } from './list-page.routes.js';

/** The lists of what people look for by itself. */
export function listPages(app: App, site: Site): void {
  const { lists } = site;
  listPage<Claim>(app, site, {
    path: '/claims',
    title: 'Claims',
    description: 'What is said, each proposition once, with how it stands.',
    list: lists.claim,
    enter: ['/claims/new', 'Enter a claim'],
    first: ['kind', 'support', 'contested', 'subject', 'predicate', 'topic'],
    forms: ['csv', 'ndjson', 'bib', 'ris'],
    facets: ['predicate', 'support', 'party', 'stance', 'topic', 'year'],
    known: (claims) => ({
      topic: distinct(claims.flatMap(({ topics }) => topics)),
      place: distinct(claims.flatMap(({ places }) => places.flatMap(({ iso_3166 }) => iso_3166 ?? []))),
    }),
    item: (claim) => <ClaimItem claim={claim} />,
  });
  listPage<Source>(app, site, {
    path: '/sources',
    title: 'Sources',
    description: 'The documents and utterances in which claims stand.',
    list: lists.source,
    first: ['type', 'source_status', 'title', 'publisher', 'published_from', 'published_to'],
    forms: ['csv', 'ndjson', 'bib', 'ris'],
    item: (source) => <SourceItem source={source} />,
  });
  listPage<Party>(app, site, {
    path: '/parties',
    title: 'Parties',
    description: 'Who says, denies, or is spoken about.',
    list: lists.party,
    first: ['name', 'kind', 'country', 'part_of', 'unnamed'],
    forms: ['csv', 'ndjson'],
    known: (parties) => ({ country: distinct(parties.flatMap(({ country }) => country ?? [])) }),
    item: (party) => <PartyItem party={party} />,
  });
  listPage<Predicate>(app, site, {
    path: '/predicates',
    title: 'Predicates',
    description: 'The vocabulary: what claims say of their subjects.',
    list: lists.predicate,
    first: ['value_type', 'functional', 'measure'],
    forms: ['csv', 'ndjson'],
    item: (predicate) => <PredicateItem predicate={predicate} />,
  });
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
