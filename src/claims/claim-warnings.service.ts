import { inlineWarnings } from '../attributions/attribution-warnings.service.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { edtfDays } from '../lib/edtf.js';
import { factors } from '../lib/units.js';
import { contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows } from '../resources/resources.store.js';
import { calendarWarnings, type Dated, type Days, farFromAll, type Warning } from '../resources/warnings.js';
import { isTimed, type OtherClaim, othersOf, othersOfSubject } from './alike.store.js';
import { claimType } from './claim.js';
import { predicateOf } from './claim-duplicates.service.js';
import type { ClaimInput } from './claims.schemas.js';

/** Warns of likely mistakes in a claim and in the attributions that were sent with it. */
export async function claimWarnings(tx: Tx, stored: ResourceRow, input: ClaimInput): Promise<Warning[]> {
  const claim = contentOf(stored.doc) as ClaimInput;
  const unit = (await predicateOf(tx, claim))?.unit ?? null;
  const others = await othersOf(tx, stored, claim);
  const odd = calendarWarnings(tx, [
    { pointer: '/occurred', text: claim.occurred },
    { pointer: '/value/date', text: claim.value.type === 'date' ? claim.value.date : null },
  ]);
  return [
    ...unitWarnings(claim, unit),
    ...odd,
    ...(odd.some(({ pointer }) => pointer === '/occurred') ? [] : await farTime(tx, stored, claim, others)),
    ...(odd.some(({ pointer }) => pointer === '/value/date') ? [] : await farValue(tx, claim, others)),
    ...(await inlineWarnings(tx, input.attributions ?? [])),
  ];
}

/** A figure in a unit that cannot be converted into that of its predicate is compared with no other figure. */
function unitWarnings({ predicate, value }: ClaimInput, unit: string | null): Warning[] {
  if (predicate === null || unit === null || !('unit' in value) || value.unit === null) return [];
  if (factors(value.unit, unit)) return [];
  const key = decodeReference(predicate);
  const detail = `${key} counts ${unit}, and a figure in ${value.unit} is compared with none of them; write ${unit}, or choose another predicate`;
  return [{ code: 'other_unit', pointer: '/value/unit', detail, objects: [{ noun: 'predicate', id: key }] }];
}

const dated = (id: string, days: Days): Dated => ({ days, objects: [{ noun: 'claim', id }] });

/** A time far from those of the other claims with this subject and predicate or, if there are none, this subject. */
async function farTime(
  tx: Tx,
  stored: ResourceRow,
  { subject, occurred }: ClaimInput,
  alike: OtherClaim[],
): Promise<Warning[]> {
  if (subject === null || occurred === null) return [];
  const timed = alike.filter(isTimed);
  const others = timed.length > 0 ? timed : await othersOfSubject(tx, stored, decodeReference(subject));
  const times = (others ?? []).map(({ id, occurred_from, occurred_to }) =>
    dated(id, [occurred_from, occurred_to]),
  );
  return farYear('/occurred', occurred, times);
}

/** A date as value, far from those of the other claims with this subject and predicate. */
async function farValue(tx: Tx, { value }: ClaimInput, alike: OtherClaim[]): Promise<Warning[]> {
  if (value.type !== 'date') return [];
  const ids = alike.flatMap((other) => (other.value_type === 'date' ? [other.id] : []));
  const others = (await findRows(tx, claimType, ids)).map(({ id, doc }) => {
    const other = (contentOf(doc) as ClaimInput).value;
    return dated(id, edtfDays(other.type === 'date' ? other.date : null));
  });
  return farYear('/value/date', value.date, others);
}

function farYear(pointer: string, text: string, others: readonly Dated[]): Warning[] {
  const far = farFromAll(edtfDays(text), others);
  if (far === null) return [];
  const detail = `${text} is more than fifty years from the date of every other claim of this kind about the subject; check the year`;
  return [{ code: 'far_year', pointer, detail, objects: far.objects }];
}
