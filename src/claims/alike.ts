import { hash } from 'node:crypto';
import { decimalOrderKey } from '../lib/decimal.js';
import { parseEdtf } from '../lib/edtf.js';
import type { Turns } from '../lib/event-loop.js';
import { fold } from '../lib/text.js';
import { unitForm } from '../lib/units.js';
import type { ValueInput } from '../predicates/value.schemas.js';
import type { ClaimInput } from './claims.schemas.js';

/** Whether two claims say the same in the same structured form; references in them are reference tokens. */

/** What of a claim is compared with others; of long texts a digest stands for each. */
export interface Comparable extends Pick<ClaimInput, 'kind' | 'subject' | 'predicate'> {
  text: string;
  time: string;
  isTold: boolean;
  value: string;
  /** Undefined where the value has none; null where it is that of the predicate. */
  unit: string | null | undefined;
  /** What narrows the claim: scope, participants and places, each null where it is left open. */
  narrowed: (string | null)[];
}

/** Longest folded text that is kept as it is. */
const LONGEST = 64;

/** Equal for texts that fold to the same. No folded text holds the sign before a digest. */
function shortFold(text: string): string {
  const folded = fold(text);
  return folded.length <= LONGEST ? folded : `#${hash('sha256', folded, 'base64url')}`;
}

/** Folds the texts of a claim, so that they are folded once, however many others it is compared with. */
export async function comparable(turns: Turns, claim: ClaimInput): Promise<Comparable> {
  const { kind, subject, predicate, scope, value, text } = claim;
  const participants: string[] = [];
  for (const { party, role } of claim.participants) {
    await turns.yield();
    participants.push(`${party} ${shortFold(role)}`);
  }
  const places: (string | null)[] = [];
  for (const { name, iso_3166 } of claim.places) {
    await turns.yield();
    places.push(iso_3166 ?? (name && shortFold(name)));
  }
  await turns.yield();
  return {
    ...{ kind, subject, predicate, text: shortFold(text), time: timeOf(claim), isTold: isTold(claim) },
    ...{ value: valueForm(value), unit: 'unit' in value ? value.unit : undefined },
    narrowed: [(scope && shortFold(scope)) || null, listForm(participants), listForm(places)],
  };
}

const listForm = (items: (string | null)[]): string | null =>
  items.length === 0 ? null : JSON.stringify(items.sort());

/** A value as text that equal values share, but for its unit: without its wording, and numbers levelled. */
function valueForm({ as_stated: _wording, ...value }: ValueInput): string {
  const form = Object.entries(value).map(([name, member]): [string, unknown] => {
    if (typeof member !== 'string') return [name, name === 'equivalents' ? null : member];
    if (['value', 'lower', 'upper', 'amount', 'out_of'].includes(name))
      return [name, decimalOrderKey(member)];
    return [name, ['text', 'name'].includes(name) ? shortFold(member) : member];
  });
  return JSON.stringify(form.filter(([name]) => name !== 'unit').sort(([a], [b]) => (a < b ? -1 : 1)));
}

const timeOf = ({ occurred }: ClaimInput): string => {
  if (occurred === null) return '';
  const { from, to } = parseEdtf(occurred);
  return `${from} ${to}`;
};

/** Whether the value tells what is claimed: what is demanded, promised or meant stands in the text alone. */
const isTold = ({ kind, value }: ClaimInput): boolean =>
  ['fact', 'forecast'].includes(kind) &&
  !['none', 'unknown'].includes(value.type) &&
  (value.type !== 'change' || value.amount !== null);

/** The claim said from its other end: “A is married to B” of B; null where one end is no party. */
export const withEndsSwapped = ({ subject, value, ...claim }: ClaimInput): ClaimInput | null =>
  subject === null || value.type !== 'party'
    ? null
    : { ...claim, subject: value.party, value: { ...value, party: subject } };

const differ = (one: unknown, other: unknown) => one !== null && other !== null && one !== other;

/** Where one of two claims leaves open what narrows it they can mean the same. */
const areNarrowedAlike = (a: Comparable, b: Comparable): boolean =>
  a.narrowed.every((narrow, i) => !differ(narrow, b.narrowed[i]));

/** Values that give no unit count in that of the predicate. */
const areEqual = (a: Comparable, b: Comparable, unit: string | null): boolean =>
  a.value === b.value &&
  (a.unit === b.unit || unitForm(a.unit ?? unit ?? '') === unitForm(b.unit ?? unit ?? ''));

/** What can tell two claims apart by their structure; what one of them leaves open does not. */
const tellApart = {
  kind: (a, b) => a.kind !== b.kind,
  subject: (a, b) => differ(a.subject, b.subject),
  predicate: (a, b) => differ(a.predicate, b.predicate),
  time: (a, b) => differ(a.time || null, b.time || null),
  scope: (a, b) => !areNarrowedAlike(a, b),
  value: (a, b) => a.isTold && b.isTold && !areEqual(a, b, null),
} satisfies Record<string, (a: Comparable, b: Comparable) => boolean>;

export type ClaimDifference = keyof typeof tellApart;

/** What in the structure of two claims tells them apart. */
export const claimDifferences = (a: Comparable, b: Comparable): ClaimDifference[] =>
  (Object.keys(tellApart) as ClaimDifference[]).filter((difference) => tellApart[difference](a, b));

/** Whether nothing in the structure of two claims tells them apart. */
export const canSayTheSame = (a: Comparable, b: Comparable): boolean =>
  !Object.values(tellApart).some((tells) => tells(a, b));

/** Two claims of one subject and predicate with the same value and time and, where that tells too little, one text. */
export const saysTheSame = (a: Comparable, b: Comparable, unit: string | null): boolean =>
  a.kind === b.kind &&
  a.time === b.time &&
  areEqual(a, b, unit) &&
  (a.isTold || a.text === b.text) &&
  areNarrowedAlike(a, b);
