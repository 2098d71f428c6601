import { type ClaimDifference, claimDifferences, comparable } from '../claims/alike.js';
import type { ClaimInput } from '../claims/claims.schemas.js';
import { haveDayInCommon } from '../lib/edtf.js';
import type { Turns } from '../lib/event-loop.js';
import type { Mergeable } from '../lib/ids.js';
import { bornApart, sortOf } from '../parties/names/judge.js';
import type { PartyInput } from '../parties/parties.schemas.js';
import { contentOf } from '../resources/documents.js';
import type { Representation, ResourceRow } from '../resources/resource-type.js';
import type { Warning } from '../resources/warnings.js';
import type { SourceInput } from '../sources/sources.schemas.js';

/** Members in which two objects differ that are probably not the same, each with the word for it. */
type Differences = [code: string, words: string][];

type Identified = Pick<PartyInput, 'identifiers'>;

const both = <T>(a: T | null, b: T | null, differ: (a: T, b: T) => boolean): boolean =>
  a !== null && b !== null && differ(a, b);
const unequal = (a: unknown, b: unknown): boolean => a !== b;

/** Schemes in which both have identifiers, and none in common. */
function otherIdentifiers(a: Identified, b: Identified): Differences {
  const valuesIn = ({ identifiers }: Identified, scheme: string) =>
    identifiers.filter((one) => one.scheme === scheme).map(({ value }) => value);
  return [...new Set(a.identifiers.map(({ scheme }) => scheme))].flatMap((scheme): Differences => {
    const [one, other] = [valuesIn(a, scheme), valuesIn(b, scheme)];
    if (other.length === 0 || one.some((value) => other.includes(value))) return [];
    return [['another_identifier', `${scheme} is ${one.join(', ')}, not ${other.join(', ')}`]];
  });
}

function ofParties(a: PartyInput, b: PartyInput): Differences {
  const found: Differences = [];
  if (sortOf(a.kind) !== sortOf(b.kind))
    found.push(['another_kind', `kind is ${wordOf(a.kind)}, not ${wordOf(b.kind)}`]);
  if (both(a.country, b.country, unequal))
    found.push(['another_country', `country is ${a.country}, not ${b.country}`]);
  if (both(a.born, b.born, bornApart)) found.push(['another_birth', `birth is ${a.born}, not ${b.born}`]);
  return [...found, ...otherIdentifiers(a, b)];
}

function ofSources(a: SourceInput, b: SourceInput): Differences {
  const found: Differences = [];
  if (a.type !== b.type) found.push(['another_type', `type is ${wordOf(a.type)}, not ${wordOf(b.type)}`]);
  if (both(a.publisher, b.publisher, unequal)) found.push(['another_publisher', 'publisher is another']);
  if (both(a.published, b.published, (one, other) => !haveDayInCommon(one, other)))
    found.push(['another_date', `date of publication is ${a.published}, not ${b.published}`]);
  if (both(a.language, b.language, unequal))
    found.push(['another_language', `language is ${a.language}, not ${b.language}`]);
  return [...found, ...otherIdentifiers(a, b)];
}

const claimWords: Record<ClaimDifference, (claim: ClaimInput, other: ClaimInput) => string> = {
  kind: (a, b) => `kind is ${a.kind}, not ${b.kind}`,
  subject: () => 'subject is another',
  predicate: () => 'predicate is another',
  time: (a, b) => `time is ${a.occurred}, not ${b.occurred}`,
  scope: () => 'scope, participants or places are others',
  value: () => 'value is another',
};

const ofClaims = async (turns: Turns, a: ClaimInput, b: ClaimInput): Promise<Differences> =>
  claimDifferences(await comparable(turns, a), await comparable(turns, b)).map((difference) => [
    `another_${difference}`,
    claimWords[difference](a, b),
  ]);

const wordOf = (term: string): string => term.replaceAll('_', ' ');

type Differ = (turns: Turns, a: Representation, b: Representation) => Differences | Promise<Differences>;

const differencesOf: Record<Mergeable, Differ> = {
  party: (_turns, a, b) => ofParties(a as unknown as PartyInput, b as unknown as PartyInput),
  source: (_turns, a, b) => ofSources(a as unknown as SourceInput, b as unknown as SourceInput),
  claim: (turns, a, b) => ofClaims(turns, a as unknown as ClaimInput, b as unknown as ClaimInput),
};

/** Warns of what tells two objects apart that are merged: with it they are probably two. */
export async function mergeWarnings(
  turns: Turns,
  noun: Mergeable,
  merged: ResourceRow,
  into: ResourceRow,
): Promise<Warning[]> {
  const differences = await differencesOf[noun](turns, contentOf(merged.doc), contentOf(into.doc));
  return differences.map(([code, words]) => ({
    code,
    pointer: '/into',
    detail: `this ${noun} and the other are probably two: its ${words}; check that both are the same`,
    objects: [{ noun, id: into.id }],
  }));
}
