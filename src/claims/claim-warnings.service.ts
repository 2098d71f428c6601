import { inlineWarnings } from '../attributions/attribution-warnings.service.js';
import { unmark } from '../db/references.js';
import type { Tx } from '../db/store.js';
import { edtfDays } from '../lib/edtf.js';
import { factors } from '../lib/units.js';
import { predicateNoun } from '../predicates/predicate.js';
import type { PredicateInput } from '../predicates/predicates.schemas.js';
import { contentOf } from '../register/documents.js';
import type { Stored } from '../register/noun.js';
import { findRow, findRows } from '../register/register.store.js';
import { calendarWarnings, type Days, farFromAll, sameAs, type Warning } from '../register/warnings.js';
import { saysTheSame, withEndsSwapped } from './alike.js';
import { type OtherClaim, othersOfPredicate, othersOfSubject } from './alike.store.js';
import { claimNoun } from './claim.js';
import type { ClaimInput } from './claims.schemas.js';

/** What is probably a slip in a claim and in the attributions that were sent with it. */
export async function claimWarnings(tx: Tx, stored: Stored, input: ClaimInput): Promise<Warning[]> {
  const claim = contentOf(stored.doc) as ClaimInput;
  const predicate = await predicateOf(tx, claim);
  const unit = predicate?.unit ?? null;
  const others = await othersOf(tx, stored.id, claim);
  const odd = calendarWarnings(tx, [
    { pointer: '/occurred', text: claim.occurred },
    { pointer: '/value/date', text: claim.value.type === 'date' ? claim.value.date : null },
  ]);
  return [
    ...unitWarnings(claim, unit),
    ...odd,
    ...(odd.some(({ pointer }) => pointer === '/occurred')
      ? []
      : await farTime(tx, stored.id, claim, others)),
    ...(odd.some(({ pointer }) => pointer === '/value/date') ? [] : await farValue(tx, claim, others)),
    ...(await secondWarnings(tx, stored.id, claim, predicate, others)),
    ...(await inlineWarnings(tx, input.attributions ?? [])),
  ];
}

async function predicateOf(tx: Tx, { predicate }: ClaimInput): Promise<PredicateInput | null> {
  if (predicate === null) return null;
  const row = (await findRow(tx, predicateNoun, unmark(predicate)))!;
  return contentOf(row.doc) as PredicateInput;
}

/** A figure in a unit that cannot be converted into that of its predicate is compared with no other figure. */
function unitWarnings({ predicate, value }: ClaimInput, unit: string | null): Warning[] {
  if (unit === null || !('unit' in value) || value.unit === null || factors(value.unit, unit)) return [];
  const key = unmark(predicate!);
  const detail = `${key} counts ${unit}, and a figure in ${value.unit} is compared with none of them; write ${unit}, or choose another predicate`;
  return [{ code: 'other_unit', pointer: '/value/unit', detail, objects: [{ noun: 'predicate', id: key }] }];
}

const othersOf = async (tx: Tx, except: string, { subject, predicate }: ClaimInput): Promise<OtherClaim[]> =>
  subject === null || predicate === null
    ? []
    : othersOfPredicate(tx, { subject: unmark(subject), predicate: unmark(predicate), except });

const timeOf = ({ occurred_from, occurred_to }: OtherClaim): Days => [occurred_from, occurred_to];

/** A time far from those of the other claims with this subject and predicate or, if there are none, this subject. */
async function farTime(
  tx: Tx,
  except: string,
  { subject, occurred }: ClaimInput,
  alike: OtherClaim[],
): Promise<Warning[]> {
  if (subject === null || occurred === null) return [];
  const dated = alike.filter((other) => other.occurred_from !== null);
  const others = dated.length > 0 ? dated : await othersOfSubject(tx, { subject: unmark(subject), except });
  const far = others && farFromAll(edtfDays(occurred), others.map(timeOf));
  return far === null ? [] : [farYear('/occurred', occurred, others![far]!.id)];
}

/** A date as value, far from those of the other claims with this subject and predicate. */
async function farValue(tx: Tx, { value }: ClaimInput, alike: OtherClaim[]): Promise<Warning[]> {
  if (value.type !== 'date') return [];
  const dated = alike.filter((other) => other.value_type === 'date');
  const rows = await findRows(
    tx,
    claimNoun,
    dated.map(({ id }) => id),
  );
  const days = rows.map(({ doc }): Days => {
    const other = (contentOf(doc) as ClaimInput).value;
    return edtfDays(other.type === 'date' ? other.date : null);
  });
  const far = farFromAll(edtfDays(value.date), days);
  return far === null ? [] : [farYear('/value/date', value.date, rows[far]!.id)];
}

const farYear = (pointer: string, text: string, nearest: string): Warning => ({
  code: 'far_year',
  pointer,
  detail: `${text} is more than fifty years from the date of every other claim of this kind about the subject; check the year`,
  objects: [{ noun: 'claim', id: nearest }],
});

const COMPARED = ['value_type', 'value_key', 'value_party_id', 'occurred_from', 'occurred_to'] as const;

/** Other claims that say the same; of a predicate that holds in both directions, also with the ends swapped. */
async function secondWarnings(
  tx: Tx,
  id: string,
  claim: ClaimInput,
  predicate: PredicateInput | null,
  alike: OtherClaim[],
): Promise<Warning[]> {
  const swapped = predicate?.symmetric ? withEndsSwapped(claim) : null;
  const same = [
    ...(await sameAmong(tx, claim, predicate, alike)),
    ...(swapped ? await sameAmong(tx, swapped, predicate, await othersOf(tx, id, swapped)) : []),
  ];
  const detail =
    'another claim says the same: subject, predicate, value and time are equal; add an attribution to that one instead';
  return sameAs('same_claim', '', 'claim', [...new Set(same)], detail);
}

async function sameAmong(
  tx: Tx,
  claim: ClaimInput,
  predicate: PredicateInput | null,
  alike: OtherClaim[],
): Promise<string[]> {
  const columns = claimNoun.columns(claim);
  // Columns tell all but a few apart before any document is read.
  const near = alike.filter((other) => COMPARED.every((column) => other[column] === columns[column]));
  if (near.length === 0) return [];
  const rows = await findRows(
    tx,
    claimNoun,
    near.map(({ id }) => id),
  );
  const unit = predicate?.unit ?? null;
  return rows.filter(({ doc }) => saysTheSame(claim, contentOf(doc) as ClaimInput, unit)).map(({ id }) => id);
}
