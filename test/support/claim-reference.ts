import type { Claim, Party, Source, Thing, Words } from './fixtures.js';
import { exact, FIRST, LAST, type Span } from './fixtures.pools.js';

/** Every filter of `/v1/claims` said once more, in plain terms over claims in memory. */

const is = (thing: Thing | null, names: string[]): boolean =>
  thing !== null && names.some((name) => name === thing.id || name === thing.key);
/** The party or a body above it is meant. */
const isWithin = (party: Party | null, names: string[]): boolean =>
  party !== null && (is(party, names) || isWithin(party.part_of, names));
const drawsOn = (source: Source | null, names: string[]): boolean =>
  source !== null && (is(source, names) || source.origins.some((origin) => drawsOn(origin, names)));
const has = (value: string | null, values: string[]): boolean => value !== null && values.includes(value);

/** Dates as filters take them, with the days they stand for. */
export const days: Record<string, [first: string, last: string]> = {
  '1999': ['1999-01-01', '1999-12-31'],
  '2021-12-31': ['2021-12-31', '2021-12-31'],
  '2022': ['2022-01-01', '2022-12-31'],
  '2023': ['2023-01-01', '2023-12-31'],
  '2023-06': ['2023-06-01', '2023-06-30'],
  '2023-06-14': ['2023-06-14', '2023-06-14'],
  '2023-06-16': ['2023-06-16', '2023-06-16'],
  '2023-07-01': ['2023-07-01', '2023-07-01'],
  '2024-02': ['2024-02-01', '2024-02-29'],
  '2024-03-01': ['2024-03-01', '2024-03-01'],
  '2031': ['2031-01-01', '2031-12-31'],
  '../2022': [FIRST, '2022-12-31'],
  '2023/..': ['2023-01-01', LAST],
};
const onOrAfter = (date: Span | null, text: string) => date !== null && date.last >= days[text]![0];
const onOrBefore = (date: Span | null, text: string) => date !== null && date.first <= days[text]![1];

/** Instants as filters take them, with the first and last millisecond they stand for. */
export const moments: Record<string, [first: string, last: string]> = {
  '2026-01-31': ['2026-01-31T00:00:00.000Z', '2026-01-31T23:59:59.999Z'],
  '2026-02-01': ['2026-02-01T00:00:00.000Z', '2026-02-01T23:59:59.999Z'],
  '2026-02-01T00:00:00Z': ['2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
  '2026-02-01T12:30:00.500+02:00': ['2026-02-01T10:30:00.500Z', '2026-02-01T10:30:00.500Z'],
  '2026-02-01T10:30:00.501Z': ['2026-02-01T10:30:00.501Z', '2026-02-01T10:30:00.501Z'],
  '2026-02-01T05:00:00-05:00': ['2026-02-01T10:00:00.000Z', '2026-02-01T10:00:00.000Z'],
};

/** Places as filters take them: the code they ask for, or the folded name. */
export const whereabouts: Record<string, { iso?: string; folded?: string }> = {
  AF: { iso: 'AF' },
  'AF-KNR': { iso: 'AF-KNR' },
  AE: { iso: 'AE' },
  PK: { iso: 'PK' },
  'PK-KP': { iso: 'PK-KP' },
  'PK-PB': { iso: 'PK-PB' },
  XK: { iso: 'XK' },
  ISLAMABAD: { folded: 'islamabad' },
  islāmābād: { folded: 'islamabad' },
  Islam: { folded: 'islam' },
  'D. I. KHAN': { folded: 'd i khan' },
  'Khyber-Pakhtunkhwa': { folded: 'khyber pakhtunkhwa' },
  kunar: { folded: 'kunar' },
};

export type Query = Record<string, string>;
const list = (text: string) => text.split(',');

/** A unit in lower case and the singular. */
const one = (unit: string) => unit.toLowerCase().replace(/s$/, '');

export const onClaim: Record<string, (claim: Claim, text: string, query: Query) => boolean> = {
  key: (claim, text) => has(claim.key, list(text)),
  kind: (claim, text) => has(claim.kind, list(text)),
  language: (claim, text) =>
    list(text).some((tag) => claim.language === tag || claim.language?.startsWith(`${tag}-`)),
  unit: (claim, text) => claim.unit !== null && one(claim.unit) === one(text),
  currency: (claim, text) => has(claim.currency, list(text)),
  topic: (claim, text) => claim.topics.some((topic) => has(topic, list(text))),
  predicate: (claim, text) => has(claim.predicate, list(text)),
  subject: (claim, text) => is(claim.subject, list(text)),
  about: (claim, text) =>
    [claim.subject, claim.object, ...claim.participants].some((party) => isWithin(party, list(text))),
  place: (claim, text) =>
    (text in whereabouts ? [text] : list(text)).some((name) => {
      const { iso, folded } = whereabouts[name]!;
      return claim.places.some((place) =>
        iso ? place.iso_3166 === iso || place.iso_3166?.startsWith(`${iso}-`) : place.folded === folded,
      );
    }),
  occurred_from: (claim, text) => onOrAfter(claim.occurred, text),
  occurred_to: (claim, text) => onOrBefore(claim.occurred, text),
  recorded_from: (claim, text) => claim.created >= moments[text]![0],
  recorded_to: (claim, text) => claim.created <= moments[text]![1],
  updated_from: (claim, text) => claim.updated >= moments[text]![0],
  updated_to: (claim, text) => claim.updated <= moments[text]![1],
  not_party: (claim, text) => !claim.words.some((words) => saidBy(words, list(text), false)),
  no_source: (claim, text) => claim.words.every(({ source }) => source === null) === (text === 'true'),
  value_min: ({ range }, text) => {
    if (range === null || range.upper === null) return range !== null;
    return range.upper_exclusive ? range.upper > exact(text) : range.upper >= exact(text);
  },
  value_max: ({ range }, text) => {
    if (range === null || range.lower === null) return range !== null;
    return range.lower_exclusive ? range.lower < exact(text) : range.lower <= exact(text);
  },
  party_all: (claim, text, query) =>
    list(text).every((name) =>
      claim.words.some((words) => saidBy(words, [name], query.party_exact === 'true')),
    ),
};

const saidBy = ({ party, speaker }: Words, names: string[], exactly: boolean): boolean =>
  exactly ? is(party, names) || is(speaker, names) : isWithin(party, names) || isWithin(speaker, names);

export const onWords: Record<string, (words: Words, text: string, query: Query) => boolean> = {
  party: (words, text, query) => saidBy(words, list(text), query.party_exact === 'true'),
  speaker: (words, text) => isWithin(words.speaker, list(text)),
  stance: (words, text) => has(words.stance, list(text)),
  source: (words, text, query) =>
    query.source_depth ? drawsOn(words.source, list(text)) : is(words.source, list(text)),
  publisher: (words, text) => isWithin(words.source?.publisher ?? null, list(text)),
  said_from: (words, text) => onOrAfter(words.said, text),
  said_to: (words, text) => onOrBefore(words.said, text),
  published_from: (words, text) => onOrAfter(words.source?.published ?? null, text),
  published_to: (words, text) => onOrBefore(words.source?.published ?? null, text),
};

/** Whether a claim is what a query asks for; with `together` false, its words may be different ones for each filter. */
export function matches(claim: Claim, query: Query, together = true): boolean {
  const names = Object.keys(query);
  const ofWords = names.filter((name) => name in onWords);
  const holds = (words: Words, name: string) => onWords[name]!(words, query[name]!, query);
  return (
    names.every((name) => !(name in onClaim) || onClaim[name]!(claim, query[name]!, query)) &&
    (together
      ? ofWords.length === 0 || claim.words.some((words) => ofWords.every((name) => holds(words, name)))
      : ofWords.every((name) => claim.words.some((words) => holds(words, name))))
  );
}
