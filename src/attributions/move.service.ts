import { decodeReference, encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { chunksOf, lookUp } from '../lib/collections.js';
import { validationError } from '../lib/errors.js';
import { drawConsequences, drawingOnce } from '../provenance/consequences/consequences.service.js';
import { contentOf } from '../resources/documents.js';
import { MOST_WRITTEN } from '../resources/most-written.js';
import { resolveReferences, unknownReference } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows } from '../resources/resources.store.js';
import { updateTo, writeObjects } from '../resources/write-objects.js';
import { attributionType as noun } from './attribution.js';
import type { AttributionInput } from './attributions.schemas.js';
import { linkedWith } from './links.store.js';

/**
 * Moves an attribution to another claim, together with all that are linked with it: what it relays and answers and what
 * relays and answers it, and so on, since these speak of the same. Gives them as they are then, the one asked for first.
 */
export async function moveAttribution(
  tx: Tx,
  change: Change,
  stored: ResourceRow,
  reference: string,
): Promise<{ claim: string; moved: ResourceRow[] }> {
  const from = claimOf(stored);
  if (from === null) {
    const detail =
      'the attribution is about a whole source; only those about a claim can be moved to another claim';
    throw validationError([{ pointer: '/claim', code: 'about_source', detail }]);
  }
  const to = (await resolveReferences(tx, 'claim', [reference])).get(reference) ?? null;
  if (to === null) {
    const detail = await unknownReference(tx, 'claim', reference);
    throw validationError([{ pointer: '/claim', code: 'unknown_reference', detail }]);
  }
  if (to === from) return { claim: to, moved: [stored] };
  const ids = await linkedWith(tx, stored.id, MOST_WRITTEN);
  if (ids.length > MOST_WRITTEN) {
    const detail = `more than ${MOST_WRITTEN} attributions are linked with this one and would move along; take some links away first`;
    throw validationError([{ pointer: '/claim', code: 'too_many_linked', detail }]);
  }
  const why = { ...change, reason: change.reason ?? `Moved from claim ${from} to ${to}.` };
  const moved = await drawingOnce(tx, () => moveTo(tx, why, ids, to));
  return { claim: to, moved };
}

/** Moves attributions to another claim. Call it with all that are linked with each other. */
export async function moveTo(
  tx: Tx,
  change: Change,
  ids: readonly string[],
  to: string,
): Promise<ResourceRow[]> {
  const moved = new Map<string, ResourceRow>();
  const left = new Set([to]);
  for (const some of chunksOf(ids, tx.dialect.objectsAtOnce)) {
    const rows = await findRows(tx, noun, some);
    for (const claim of rows.map(claimOf)) if (claim !== null) left.add(claim);
    const updates = rows.map((stored) => {
      const before = contentOf(stored.doc);
      return updateTo(noun, stored, { before, view: { ...before, claim: encodeReference('claim', to) } });
    });
    for (const after of await writeObjects(tx, change, updates)) moved.set(after.id, after);
  }
  await drawConsequences(tx, { claims: left });
  return ids.map((id) => lookUp(moved, id));
}

const claimOf = ({ doc }: Pick<ResourceRow, 'doc'>): string | null => {
  const { claim } = contentOf(doc) as AttributionInput;
  return claim === null ? null : decodeReference(claim);
};
