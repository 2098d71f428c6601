import type { App } from '../../http/openapi/operation.js';
import type { Claim, Party, Predicate, Source } from '../frame/outputs.js';
import type { Site } from '../frame/site.js';
import { ClaimItem } from '../parts/claim-item.js';
import { PartyItem, PredicateItem, SourceItem } from '../parts/object-items.js';
import { listPage } from './list-page.routes.js';

/** The lists of what people look for by itself. */
export function listPages(app: App, site: Site): void {
  const { lists } = site;
  listPage(app, site, {
    path: '/claims',
    title: 'Claims',
    description: 'What is said, each proposition once, with how it stands.',
    list: lists.claim,
    enter: ['/claims/new', 'Enter a claim'],
    first: ['kind', 'support', 'contested', 'subject', 'predicate', 'topic'],
    forms: ['csv', 'ndjson', 'bib', 'ris'],
    facets: ['predicate', 'support', 'party', 'stance', 'topic', 'year'],
    item: (text) => <ClaimItem claim={JSON.parse(text) as Claim} />,
  });
  listPage(app, site, {
    path: '/sources',
    title: 'Sources',
    description: 'The documents and utterances in which it stands.',
    list: lists.source,
    first: ['type', 'source_status', 'title', 'publisher', 'published_from', 'published_to'],
    forms: ['csv', 'ndjson', 'bib', 'ris'],
    item: (text) => <SourceItem source={JSON.parse(text) as Source} />,
  });
  listPage(app, site, {
    path: '/parties',
    title: 'Parties',
    description: 'Who says, denies, or is spoken about.',
    list: lists.party,
    first: ['name', 'kind', 'country', 'part_of', 'unnamed'],
    forms: ['csv', 'ndjson'],
    item: (text) => <PartyItem party={JSON.parse(text) as Party} />,
  });
  listPage(app, site, {
    path: '/predicates',
    title: 'Predicates',
    description: 'The vocabulary: what claims say of their subjects.',
    list: lists.predicate,
    first: ['value_type', 'functional', 'measure'],
    forms: ['csv', 'ndjson'],
    item: (text) => <PredicateItem predicate={JSON.parse(text) as Predicate} />,
  });
}
