import { decimalOrderKey } from '../lib/decimal.js';
import { parseEdtf } from '../lib/edtf.js';
import { fold } from '../lib/text.js';
import { unitForm } from '../lib/units.js';
import type { ValueInput } from '../predicates/value.schemas.js';
import type { ClaimInput } from './claims.schemas.js';

/** Whether two claims say the same in the same structured form; references in them are reference tokens. */

/** A value as text that equal values share: without its wording, numbers and units levelled. */
function valueForm({ as_stated: _wording, ...value }: ValueInput, unit: string | null): string {
  const form = Object.entries(value).map(([name, member]): [string, unknown] => {
    if (name === 'unit') return [name, unitForm((member as string | null) ?? unit ?? '')];
    if (typeof member !== 'string') return [name, name === 'equivalents' ? null : member];
    if (['value', 'lower', 'upper', 'amount', 'out_of'].includes(name))
      return [name, decimalOrderKey(member)];
    return [name, ['text', 'name'].includes(name) ? fold(member) : member];
  });
  return JSON.stringify(form.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const timeOf = ({ occurred }: ClaimInput): string => {
  if (occurred === null) return '';
  const { from, to } = parseEdtf(occurred);
  return `${from} ${to}`;
};

/** What narrows a claim: where one of two leaves it open they can mean the same. */
const narrows: ((claim: ClaimInput) => unknown)[] = [
  ({ scope }) => scope && fold(scope),
  ({ participants }) => participants.map(({ party, role }) => `${party} ${fold(role)}`).sort(),
  ({ places }) => places.map(({ name, iso_3166 }) => iso_3166 ?? (name && fold(name))).sort(),
];
const isOpen = (narrow: unknown): boolean => narrow === null || (narrow as { length: number }).length === 0;

const areNarrowedAlike = (a: ClaimInput, b: ClaimInput): boolean =>
  narrows.every((narrow) => {
    const [one, other] = [narrow(a), narrow(b)];
    return isOpen(one) || isOpen(other) || JSON.stringify(one) === JSON.stringify(other);
  });

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

/** What can tell two claims apart by their structure; what one of them leaves open does not. */
const tellApart = {
  kind: (a, b) => a.kind !== b.kind,
  subject: (a, b) => differ(a.subject, b.subject),
  predicate: (a, b) => differ(a.predicate, b.predicate),
  time: (a, b) => differ(timeOf(a) || null, timeOf(b) || null),
  scope: (a, b) => !areNarrowedAlike(a, b),
  value: (a, b) => isTold(a) && isTold(b) && valueForm(a.value, null) !== valueForm(b.value, null),
} satisfies Record<string, (a: ClaimInput, b: ClaimInput) => boolean>;

export type ClaimDifference = keyof typeof tellApart;

/** What in the structure of two claims tells them apart. */
export const claimDifferences = (a: ClaimInput, b: ClaimInput): ClaimDifference[] =>
  (Object.keys(tellApart) as ClaimDifference[]).filter((difference) => tellApart[difference](a, b));

/** Whether nothing in the structure of two claims tells them apart. */
export const canSayTheSame = (a: ClaimInput, b: ClaimInput): boolean =>
  !Object.values(tellApart).some((tells) => tells(a, b));

/** Two claims of one subject and predicate with the same value and time and, where that tells too little, one text. */
export function saysTheSame(a: ClaimInput, b: ClaimInput, unit: string | null): boolean {
  if (a.kind !== b.kind || timeOf(a) !== timeOf(b)) return false;
  if (valueForm(a.value, unit) !== valueForm(b.value, unit)) return false;
  if (!isTold(a) && fold(a.text) !== fold(b.text)) return false;
  return areNarrowedAlike(a, b);
}
