import { crossingLinks } from '../attributions/links.store.js';
import { leadsBack } from '../db/query/closures.js';
import { namesIn } from '../db/query/reference-tokens.js';
import { byNoun, decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { judgementNoun } from '../judgements/judgement.js';
import { judgementsWith } from '../judgements/judgements.store.js';
import { isNonEmpty, type NonEmpty } from '../lib/collections.js';
import { ApiError, type FieldError } from '../lib/errors.js';
import type { Mergeable } from '../lib/ids.js';
import { isWithin } from '../parties/parties.store.js';
import { contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { existingIds, findRows } from '../resources/resources.store.js';
import { drawsOn, isSuperseded } from '../sources/sources.store.js';
import { relationsBetween } from './merges.store.js';

/** What stands against a merge, by noun. */
const faultsOf: Record<Mergeable, (tx: Tx, merged: ResourceRow, into: ResourceRow) => Promise<FieldError[]>> =
  {
    async party(tx, merged, into) {
      const faults: FieldError[] = [];
      const { unnamed } = contentOf(into.doc) as { unnamed: boolean };
      if (unnamed) {
        const detail =
          'an unnamed party stands for one mention; merge it into the party with a name, not the other way round';
        faults.push({ pointer: '/into', code: 'unnamed', detail });
      }
      if (await isWithin(tx, into.id, merged.id)) {
        const detail =
          'part_of leads from the other party to this one, and would lead back to itself; change part_of first';
        faults.push({ pointer: '/into', code: 'cycle', detail });
      }
      return faults;
    },
    async source(tx, merged, into) {
      const faults: FieldError[] = [];
      if (await drawsOn(tx, [into.id], merged.id)) {
        const detail =
          'part_of or derived_from lead from the other source to this one, and would lead back to itself; change them first';
        faults.push({ pointer: '/into', code: 'cycle', detail });
      }
      if (await isSuperseded(tx, into.id, merged.id)) {
        const detail =
          'the other source supersedes this one, and would supersede itself; change supersedes first';
        faults.push({ pointer: '/into', code: 'cycle', detail });
      }
      return faults;
    },
    async claim(tx, merged, into) {
      const relations = await relationsBetween(tx, merged.id, into.id);
      return relations.map((id) => {
        const detail = `relation ${id} leads from one of both to the other, and would lead to itself; remove it first`;
        return { pointer: '/into', code: 'self_reference', detail };
      });
    },
  };

/** Throws a 409 with all that stands against a merge. */
export async function refuseMerge(
  tx: Tx,
  noun: Mergeable,
  merged: ResourceRow,
  into: ResourceRow,
): Promise<void> {
  const faults = await faultsOf[noun](tx, merged, into);
  for (const { id, doc } of await judgementsBetween(tx, merged.id, into.id)) {
    if ((contentOf(doc) as { judgement: string }).judgement !== 'not_the_same') continue;
    const detail = `judgement ${id} says that both are not the same; change that first`;
    faults.push({ pointer: '/into', code: 'not_the_same', detail });
  }
  if (isNonEmpty(faults)) throw mergeConflict('Nothing was merged', faults);
}

/** What an object that is to come back refers to and is not there any more. */
export async function lostFaults(tx: Tx, doc: string): Promise<FieldError[]> {
  const faults: FieldError[] = [];
  for (const [noun, ids] of byNoun(new Set(namesIn(doc)))) {
    const live = await existingIds(tx, noun, [...ids]);
    for (const id of ids) {
      if (live.has(id)) continue;
      const detail = `what was merged refers to ${noun} ${id}, which was removed since; restore that first`;
      faults.push({ code: 'unknown_reference', detail });
    }
  }
  return faults;
}

/** Links that one answer names. */
const NAMED = 20;

/** What is wrong after an object came back apart from the one that it had been merged into. */
export async function separationFaults(
  tx: Tx,
  noun: Mergeable,
  object: ResourceRow,
  survivor: ResourceRow,
): Promise<FieldError[]> {
  const view = contentOf(object.doc) as unknown as Links;
  const circle = (member: string): FieldError => ({
    code: 'cycle',
    detail: `${member} of what was merged would lead back to itself; change what it leads to first`,
  });
  if (noun === 'party') {
    const { part_of } = view;
    return part_of && (await isWithin(tx, decodeReference(part_of), object.id)) ? [circle('part_of')] : [];
  }
  const about = noun === 'claim' ? 'claim_id' : 'about_source_id';
  const crossing = await crossingLinks(tx, about, [object.id, survivor.id], NAMED);
  const faults = crossing.map(({ from, to }): FieldError => {
    const detail = `attribution ${from} relays or answers ${to}, and one of both would be about another ${noun}; let them go first`;
    return { code: 'other_claim', detail };
  });
  if (noun === 'claim') return faults;
  const drawn = [view.part_of, ...view.derived_from].flatMap((marker) =>
    marker ? [decodeReference(marker)] : [],
  );
  if (await drawsOn(tx, drawn, object.id)) faults.push(circle('part_of or derived_from'));
  const isBack = await leadsBack(tx, 'superseded', view.supersedes.map(decodeReference), object.id);
  for (const older of view.supersedes) {
    if (isBack(decodeReference(older))) faults.push(circle('supersedes'));
  }
  return faults;
}

interface Links {
  part_of: string | null;
  derived_from: string[];
  supersedes: string[];
}

/** The judgements whether two objects are the same. */
export async function judgementsBetween(tx: Tx, one: string, other: string): Promise<ResourceRow[]> {
  const found = await judgementsWith(tx, one, [other]);
  return findRows(
    tx,
    judgementNoun,
    found.map(({ id }) => id),
  );
}

export const mergeConflict = (what: string, faults: NonEmpty<FieldError>): ApiError =>
  new ApiError('merge_conflict', `${what}: ${faults[0].detail}.`, faults);
