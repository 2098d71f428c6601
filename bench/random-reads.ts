/** Reads as nobody may ever send them, drawn at random over a register of made-up claims (`sample.ts`). */

type Random = (limit: number) => number;

const party = (r: Random, ...numbers: number[]) => `party-${numbers[r(numbers.length)]}`;

const filters: Record<string, (random: Random) => string> = {
  party: (r) => party(r, 0, 3, 150, 240),
  party_all: (r) => `party-${r(10)},party-${r(10)}`,
  not_party: (r) => party(r, 0, 150),
  speaker: (r) => `party-${r(250)}`,
  about: (r) => party(r, 2, 15, 170),
  subject: (r) => `party-${r(20)}`,
  predicate: (r) => `predicate-${r(5)}`,
  publisher: (r) => `party-${r(40)}`,
  source: (r) => Array.from({ length: [1, 20, 50][r(3)]! }, () => `source-${r(400)}`).join(','),
  place: (r) => ['AF', 'AF-KNR', 'Kunar', 'PK'][r(4)]!,
  topic: (r) => `topic-${r(30)}`,
  language: (r) => ['en', 'ps'][r(2)]!,
  stance: (r) => ['denies', 'asserts', 'retracts'][r(3)]!,
  lineage: (r) => ['originates', 'relays', 'unknown'][r(3)]!,
  kind: (r) => ['fact', 'opinion'][r(2)]!,
  unit: () => 'persons',
  support: (r) => ['single_origin', 'none', 'corroborated'][r(3)]!,
  contested: (r) => ['true', 'false'][r(2)]!,
  min_origins: (r) => String(1 + r(3)),
  no_source: (r) => ['true', 'false'][r(2)]!,
  unassessed: (r) => ['true', 'false'][r(2)]!,
  source_status: (r) => ['withdrawn', 'current'][r(2)]!,
  known_by: (r) => ['2012', '2024'][r(2)]!,
  published_from: (r) => ['2000', '2015', '2024'][r(3)]!,
  published_to: (r) => ['2012', '2100'][r(2)]!,
  said_from: () => '2020',
  said_to: () => '2012',
  occurred_from: (r) => ['2012', '2023'][r(2)]!,
  recorded_to: () => '2030-01-01T00:00:00Z',
};
const names = Object.keys(filters);

const sorts = ['id', 'occurred', 'said', 'value', 'created', 'updated', 'origins'];

/** A page, a table or lines of claims, whatever filters and order go with it. */
function claims(random: Random, asOf: string): string {
  const query = new URLSearchParams();
  for (let left = 1 + random(3); left > 0; left--) {
    const name = names[random(names.length)]!;
    // Standing counts what all had said, so its filters and `known_by` are not taken together.
    if (name === 'known_by' && ['support', 'contested', 'min_origins'].some((other) => query.has(other)))
      continue;
    query.set(name, filters[name]!(random));
  }
  if (query.has('known_by')) for (const name of ['support', 'contested', 'min_origins']) query.delete(name);
  // A range that ends before it starts is refused.
  for (const of of ['published', 'said']) {
    if ((query.get(`${of}_from`) ?? '') > (query.get(`${of}_to`) ?? '9')) query.delete(`${of}_from`);
  }
  // Nor are orders by standing, of which there is one, the last.
  const orders = query.has('known_by') ? sorts.length - 1 : sorts.length;
  query.set('sort', `${random(2) === 0 ? '-' : ''}${sorts[random(orders)]}`);
  if (random(8) === 0) query.set('as_of', asOf);
  const form = ['', '', '', '', '.csv', '.ndjson'][random(6)]!;
  const more = ['count=exact', 'include=attributions', '', '', ''][random(5)]!;
  const [name, value] = (form === '' ? more : 'limit=200').split('=');
  if (name) query.set(name, value!);
  return `/v1/claims${form}?${query}`;
}

const dated = (random: Random, asOf: string) => (random(5) === 0 ? `?as_of=${asOf}` : '');

const ofAttributions = ['party', 'speaker', 'source', 'stance', 'said_from', 'lineage', 'source_status'];

function attributions(random: Random): string {
  const name = ofAttributions[random(ofAttributions.length)]!;
  const sort = ['id', '-said', 'created'][random(3)];
  return `/v1/attributions?${name}=${filters[name]!(random)}&sort=${sort}&count=exact`;
}

function bibliography(random: Random): string {
  const name = ['topic', 'party', 'subject', 'place'][random(4)]!;
  return `/v1/claims.${['bib', 'csl.json'][random(2)]}?${name}=${filters[name]!(random)}&limit=200`;
}

/** What is computed over many claims, or drawn. */
const others: ((random: Random, asOf: string) => string)[] = [
  attributions,
  (r) => `/v1/sources?publisher=party-${r(40)}&sort=-published&count=exact`,
  bibliography,
  (r) => `/v1/duplicates?noun=${['party', 'source', 'claim', 'attribution'][r(4)]}`,
  (r) => `/v1/sources.bib?publisher=party-${r(40)}&limit=200`,
  (r) => `/v1/parties?name=council%20${r(250)}`,
  (r) => `/v1/parties/match?name=Bureau%20of%20Council%20${r(250)}`,
  (r) => `/v1/conflicts?subject=party-${r(20)}&predicate=predicate-${r(5)}`,
  (r) => `/v1/conflicts?limit=${1 + r(200)}`,
  (r) => `/v1/estimates${['', '.csv', '.svg'][r(3)]}?subject=party-${r(20)}&predicate=predicate-${r(5)}`,
  (r, asOf) => `/v1/sources/source-${r(400)}/dependents${dated(r, asOf)}`,
  (r) => `/v1/parties/${party(r, 0, 5, 170)}/dependents`,
  (r, asOf) => `/v1/claims/claim-${r(2_000)}/provenance${['', '.svg', '.dot'][r(3)]}${dated(r, asOf)}`,
  (r) => `/v1/claims/claim-${r(2_000)}/timeline${['', '.svg'][r(2)]}`,
  (r, asOf) => `/v1/claims/claim-${r(2_000)}/standing${dated(r, asOf)}`,
  (r) => `/v1/claims/claim-${r(2_000)}/conflicts`,
  (r) => `/v1/changes${['', '.ndjson'][r(2)]}?limit=${50 + r(150)}&subject=${party(r, 0, 150)}`,
];

/** A read at random; some of the register as it was at the instant `asOf`. */
export const randomRead = (random: Random, asOf: string): string =>
  random(4) === 0 ? others[random(others.length)]!(random, asOf) : claims(random, asOf);

/** The worst ones that were found before reads were bounded. */
export const KNOWN = [
  '/v1/claims?party=party-0&about=party-2&published_from=2000',
  '/v1/claims?published_from=2000&published_to=2100&count=exact',
];
