import { type ReadOperation, readOperation } from './openapi.js';

/** What a list takes besides its filters. */
const NO_FILTERS = ['sort', 'limit', 'cursor', 'count', 'include', 'as_of', 'facets'];

/** The orders and filters of a list, as the OpenAPI document names them. */
// biome-ignore lint/suspicious/noExplicitAny: the document as it was sent
export function sortsAndFilters(document: any, noun: string) {
  const { parameters }: ReadOperation = readOperation(document, document.paths[`/v1/${noun}`].get);
  const query = parameters.filter((one) => one.in === 'query');
  const { schema } = query.find(({ name }) => name === 'sort')!;
  const [, sorts = ''] = /\(-\?\((.*?)\)/.exec(schema.pattern)!;
  return {
    sorts: sorts.split('|'),
    filters: query.flatMap(({ name }) => (NO_FILTERS.includes(name) ? [] : [name])),
  };
}

/**
 * For each filter of each list a query that few rows of the skewed register match, and one that many match; null where it
 * holds no such value.
 */

type Queries = Record<string, [few: string | null, many: string | null]>;

const both = (name: string): [string, string] => [`${name}=few`, `${name}=many`];
/** In every list. */
const recorded: Queries = {
  q: both('q'),
  recorded_from: ['recorded_from=2025-01-01', 'recorded_from=2019-01-01'],
  recorded_to: ['recorded_to=2014-01-01', 'recorded_to=2020-06-01'],
  updated_from: ['updated_from=2025-01-01', 'updated_from=2019-01-01'],
  updated_to: ['updated_to=2014-01-01', 'updated_to=2020-06-01'],
};
const ranges = (name: string): Queries => ({
  [`${name}_from`]: [`${name}_from=2020`, `${name}_from=2000`],
  [`${name}_to`]: [`${name}_to=1990`, `${name}_to=2012`],
});
const said: Queries = {
  party: both('party'),
  party_exact: ['party=few&party_exact=true', 'party=many&party_exact=true'],
  speaker: both('speaker'),
  speaker_exact: ['speaker=few&speaker_exact=true', 'speaker=many&speaker_exact=true'],
  stance: ['stance=denies', 'stance=asserts'],
  lineage: ['lineage=unknown', 'lineage=originates'],
  source_access: ['source_access=read', null],
  source: both('source'),
  source_depth: ['source=few&source_depth=all', 'source=many&source_depth=all'],
  ...ranges('said'),
  source_status: ['source_status=withdrawn', 'source_status=current'],
};
const flag = (name: string): [string, string] => [`${name}=true`, `${name}=false`];

export const listQueries: Record<string, Queries> = {
  claims: {
    ...{ key: both('key'), subject: both('subject'), predicate: both('predicate'), about: both('about') },
    about_exact: ['about=few&about_exact=true', 'about=many&about_exact=true'],
    kind: ['kind=opinion', 'kind=fact'],
    ...said,
    party_all: ['party_all=few,few-whole', 'party_all=many,many-whole'],
    not_party: ['not_party=many', 'not_party=few'],
    reliability: ['reliability=A', 'reliability=C'],
    no_source: flag('no_source'),
    unassessed: flag('unassessed'),
    publisher: both('publisher'),
    publisher_exact: ['publisher=few&publisher_exact=true', 'publisher=many&publisher_exact=true'],
    place: ['place=PK', 'place=AF'],
    topic: both('topic'),
    language: ['language=ps', 'language=en'],
    ...ranges('occurred'),
    ...ranges('published'),
    ...recorded,
    activity_from: ['activity_from=2025-01-01', 'activity_from=2019-01-01'],
    activity_to: ['activity_to=2014-01-01', 'activity_to=2020-06-01'],
    known_by: ['known_by=1990-01-01', 'known_by=2012-01-01'],
    value_min: ['value_min=6&currency=PKR', 'value_min=4&unit=persons'],
    value_max: ['value_max=8&currency=PKR', 'value_max=6&unit=persons'],
    unit: ['unit=rifles', 'unit=persons'],
    currency: ['currency=PKR', 'currency=AFN'],
    support: ['support=corroborated', 'support=single_origin'],
    contested: flag('contested'),
    self_denied: flag('self_denied'),
    verdict: ['verdict=false', null],
    retracted: flag('retracted'),
    superseded: flag('superseded'),
    min_origins: ['min_origins=2', 'min_origins=1'],
    unnamed_only: flag('unnamed_only'),
  },
  attributions: {
    ...{ key: both('key'), claim: ['claim=few', null], about_source: ['about_source=few', null] },
    ...said,
    unnamed: flag('unnamed'),
    known_by: ['known_by=1990-01-01', 'known_by=2012-01-01'],
    manner: ['manner=estimates', 'manner=states'],
    basis: ['basis=told', 'basis=witnessed'],
    ...recorded,
    retracted: flag('retracted'),
  },
  sources: {
    ...{ key: both('key'), publisher: both('publisher'), author: both('author') },
    part_of: ['part_of=few-whole', 'part_of=many-whole'],
    publisher_exact: ['publisher=few&publisher_exact=true', 'publisher=many&publisher_exact=true'],
    type: ['type=report', 'type=article'],
    title: ['title=Yearbook', 'title=Daily'],
    url: ['url=https://example.org/few', 'url=https://example.org/many'],
    identifier: ['identifier=doi:10.1000/2', 'identifier=doi:10.1000/1'],
    derived_from: ['derived_from=few-whole', 'derived_from=many-whole'],
    supersedes: ['supersedes=few-older', 'supersedes=many-older'],
    language: ['language=ps', 'language=en'],
    source_status: ['source_status=withdrawn', 'source_status=current'],
    reliability: ['reliability=A', 'reliability=C'],
    ...ranges('published'),
    ...recorded,
  },
  parties: {
    ...{ key: both('key'), part_of: ['part_of=few-whole', 'part_of=many-whole'] },
    kind: ['kind=person', 'kind=organization'],
    name: ['name=Hermit', 'name=Crowd'],
    identifier: ['identifier=wikidata:Q2', 'identifier=wikidata:Q1'],
    country: ['country=PK', 'country=AF'],
    unnamed: flag('unnamed'),
    ...recorded,
  },
  predicates: {
    key: both('key'),
    value_type: ['value_type=money', 'value_type=quantity'],
    functional: ['functional=false', 'functional=true'],
    measure: ['measure=period_total', 'measure=level'],
    ...recorded,
  },
  relations: {
    ...{ key: both('key'), claim: both('claim'), from: both('from'), to: ['to=few-end', 'to=many-end'] },
    type: ['type=updates', 'type=supports'],
    ...recorded,
  },
  assessments: {
    ...{ key: both('key'), claim: ['claim=few', null], assessor: both('assessor') },
    credibility: ['credibility=6', 'credibility=2'],
    likelihood: ['likelihood=unlikely', 'likelihood=likely'],
    confidence: ['confidence=low', 'confidence=moderate'],
    verdict: ['verdict=false', null],
    ...recorded,
  },
  judgements: {
    ...{ key: both('key'), noun: ['noun=source', 'noun=party'] },
    ...{ party: [null, 'party=many'], source: ['source=few', null] },
    ...{ claim: [null, null], attribution: [null, null] },
    judgement: ['judgement=unsure', 'judgement=not_the_same'],
    ...recorded,
  },
};

/** What clients combine. */
export const combined: Record<string, string[]> = {
  claims: [
    'subject=few&predicate=few',
    'subject=many&predicate=many',
    'subject=many&predicate=few',
    'about=few-whole',
    'about=few&party=many',
    'about=many&party=few',
    'about=many&party=many',
    'about=many&party=many&published_from=2020',
    'about=many&party=many&published_from=2000',
    'party=many&stance=asserts',
    'party=many&stance=denies',
    'party=many&published_from=2020',
    'party=many&publisher=few',
    'party=many&source=few',
    'party=many&said_from=2000',
    'publisher=many&published_from=2000&published_to=2012',
    'publisher=many&reliability=C',
    'place=AF&topic=many',
    'place=AF&topic=few',
    'place=AF&occurred_from=2000&occurred_to=2012',
    'place=AF&occurred_from=2020',
    'topic=many&language=en',
    'topic=many&language=ps',
    'kind=fact&support=single_origin',
    'kind=fact&contested=true',
    'predicate=many&value_min=4',
    'predicate=many&occurred_from=2020',
  ],
  attributions: ['party=many&said_from=2000', 'party=many&stance=denies', 'source=many&stance=asserts'],
  sources: [
    'publisher=many&published_from=2020',
    'publisher=many&published_from=2000',
    'type=article&language=ps',
  ],
  parties: ['kind=organization&country=AF', 'kind=person&country=AF'],
};

const FEW_VALUES = 'has few values, each of which many rows have, and is used beside other filters';
const NEGATIVE =
  'asks for what is absent, which no index holds; nearly all claims are visited where it is rare';
const VOCABULARY = 'a register has some hundred predicates';

/** Filters by which a value that few rows have is found by going through all rows, and why that may be. */
export const scans: Record<string, Record<string, string>> = {
  claims: {
    lineage: FEW_VALUES,
    source_access: FEW_VALUES,
    said_to: 'words from before a day: an index for it would be one more for each attribution',
    not_party: NEGATIVE,
    unassessed: NEGATIVE,
    known_by:
      'is computed from the dates of words and sources; nearly all claims are known by a day that is asked for',
    self_denied: FEW_VALUES,
  },
  attributions: {
    lineage: FEW_VALUES,
    source_access: FEW_VALUES,
    said_to: 'as with claims',
    known_by: 'as with claims',
    manner: FEW_VALUES,
    basis: FEW_VALUES,
  },
  sources: { title: 'a part of a text stands anywhere in it' },
  parties: { name: 'a part of a text stands anywhere in it' },
  predicates: { value_type: VOCABULARY, functional: VOCABULARY, measure: VOCABULARY },
  assessments: { credibility: FEW_VALUES, likelihood: FEW_VALUES, confidence: FEW_VALUES },
};
