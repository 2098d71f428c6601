import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import { predicateType } from '../predicates/predicate.js';
import type { PredicateInput } from '../predicates/predicates.schemas.js';
import { othersAlike } from '../resources/alike-texts.js';
import { contentOf } from '../resources/documents.js';
import { type Duplicate, duplicates } from '../resources/duplicates.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows, rowById } from '../resources/resources.store.js';
import { canSayTheSame, saysTheSame, withEndsSwapped } from './alike.js';
import { type OtherClaim, othersOf } from './alike.store.js';
import { claimType } from './claim.js';
import type { ClaimInput } from './claims.schemas.js';

/** Other claims that say the same by their structure, or in nearly the same words. */
export async function claimDuplicates(tx: Tx, stored: ResourceRow): Promise<Duplicate[]> {
  const claim = contentOf(stored.doc) as ClaimInput;
  return [...(await sameStructure(tx, stored, claim)), ...(await sameText(tx, stored.id, claim))];
}

export async function predicateOf(tx: Tx, { predicate }: ClaimInput): Promise<PredicateInput | null> {
  if (predicate === null) return null;
  const row = await rowById(tx, predicateType, decodeReference(predicate));
  return contentOf(row.doc) as PredicateInput;
}

const ADVICE = 'add an attribution to that one instead';

/** Of a predicate that holds in both directions, also with the ends swapped. */
async function sameStructure(tx: Tx, stored: ResourceRow, claim: ClaimInput): Promise<Duplicate[]> {
  const predicate = await predicateOf(tx, claim);
  if (predicate === null) return [];
  const swapped = predicate.symmetric ? withEndsSwapped(claim) : null;
  const same = [
    ...(await sameAmong(tx, claim, predicate, await othersOf(tx, stored, claim))),
    ...(swapped ? await sameAmong(tx, swapped, predicate, await othersOf(tx, stored, swapped)) : []),
  ];
  const detail = `another claim says the same: subject, predicate, value and time are equal; ${ADVICE}`;
  return duplicates('claim', [...new Set(same)], 'same_claim', '', detail);
}

const COMPARED = ['value_type', 'value_key', 'value_party_id', 'occurred_from', 'occurred_to'] as const;

async function sameAmong(
  tx: Tx,
  claim: ClaimInput,
  { unit }: PredicateInput,
  others: OtherClaim[],
): Promise<string[]> {
  const columns = claimType.columns(claim);
  // Columns tell all but a few apart before any document is read.
  const near = others.filter((other) => COMPARED.every((column) => other[column] === columns[column]));
  if (near.length === 0) return [];
  const rows = await findRows(
    tx,
    claimType,
    near.map(({ id }) => id),
  );
  return rows.filter(({ doc }) => saysTheSame(claim, contentOf(doc) as ClaimInput, unit)).map(({ id }) => id);
}

/** Claims in nearly the same words, unless their structure tells them apart. */
async function sameText(tx: Tx, id: string, claim: ClaimInput): Promise<Duplicate[]> {
  const alike = await othersAlike(tx, 'claim', id, claim.text);
  const same = (await findRows(tx, claimType, [...alike.keys()])).filter(({ doc }) =>
    canSayTheSame(claim, contentOf(doc) as ClaimInput),
  );
  const detail = `another claim is in nearly the same words; if it says the same, ${ADVICE}`;
  return same.map((other) => ({
    ...{ noun: 'claim', id: other.id, score: lookUp(alike, other.id) },
    reasons: [{ code: 'same_text', pointer: '/text', detail }],
  }));
}
