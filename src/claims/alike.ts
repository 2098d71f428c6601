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

/** Whether nothing in the structure of two claims tells them apart; what one of them leaves open does not. */
export function canSayTheSame(a: ClaimInput, b: ClaimInput): boolean {
  const differ = (one: unknown, other: unknown) => one !== null && other !== null && one !== other;
  if (a.kind !== b.kind || differ(a.subject, b.subject) || differ(a.predicate, b.predicate)) return false;
  if (differ(timeOf(a) || null, timeOf(b) || null) || !areNarrowedAlike(a, b)) return false;
  return !isTold(a) || !isTold(b) || valueForm(a.value, null) === valueForm(b.value, null);
}

/** Two claims of one subject and predicate with the same value and time and, where that tells too little, one text. */
export function saysTheSame(a: ClaimInput, b: ClaimInput, unit: string | null): boolean {
  if (a.kind !== b.kind || timeOf(a) !== timeOf(b)) return false;
  if (valueForm(a.value, unit) !== valueForm(b.value, unit)) return false;
  if (!isTold(a) && fold(a.text) !== fold(b.text)) return false;
  return areNarrowedAlike(a, b);
}
