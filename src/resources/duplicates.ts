import type { Reference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { ApiError } from '../lib/errors.js';
import type { ResourceName } from '../lib/ids.js';
import { othersIdentified } from './identifiers.store.js';
import type { Warning } from './warnings.js';

/** Objects that may be the same as one that is written. */

/** Why one object may be the same as another. */
export interface DuplicateReason {
  /** Stable slug, such as `same_address`. */
  code: string;
  /** JSON Pointer into the input form. */
  pointer: string;
  /** What both have in common, and what to do if they are the same. */
  detail: string;
}

/** An object that may be the same, and why. */
export interface Duplicate {
  noun: ResourceName;
  id: string;
  /** How surely, from 0 to 1; only good for ordering. */
  score: number;
  reasons: DuplicateReason[];
}

/** A possible duplicate as answers show it. */
export interface ShownDuplicate {
  object: Reference;
  reasons: DuplicateReason[];
}

/** Duplicates that one answer names. */
const MOST_NAMED = 10;

/** The same reason for several objects. */
export const duplicates = (
  noun: ResourceName,
  ids: readonly string[],
  code: string,
  pointer: string,
  detail: string,
): Duplicate[] => ids.map((id) => ({ noun, id, score: 1, reasons: [{ code, pointer, detail }] }));

/** Each object once, with all that speaks for it. */
export function eachOnce(found: readonly Duplicate[]): Duplicate[] {
  const merged = new Map<string, Duplicate>();
  for (const one of found) {
    const { reasons, score } = merged.get(one.id) ?? { reasons: [], score: 0 };
    const all = [...reasons, ...one.reasons];
    merged.set(one.id, { ...one, score: Math.max(score, one.score), reasons: all });
  }
  return [...merged.values()];
}

/** The duplicates that an answer tells, which are still to be named. */
export const toldDuplicates = (found: readonly Duplicate[]): Duplicate[] =>
  eachOnce(found).slice(0, MOST_NAMED);

/** Reasons that leave little doubt: what identifies an object, or all that it says, is equal. */
const SURE = [
  'same_address',
  'same_identifier',
  'same_claim',
  'same_attribution',
  'same_relation',
  'same_judgement',
];

/** The duplicates of which there is little doubt as warnings, one for each reason. */
export function duplicateWarnings(found: readonly Duplicate[]): Warning[] {
  const warnings = new Map<string, Warning>();
  for (const { noun, id, reasons } of found) {
    for (const { code, pointer, detail } of reasons) {
      if (!SURE.includes(code)) continue;
      const name = `${code} ${pointer}`;
      const objects = [...(warnings.get(name)?.objects ?? []), { noun, id }];
      warnings.set(name, { code, pointer, detail, objects });
    }
  }
  return [...warnings.values()];
}

/** The refusal of an object that may be there already; each fault names one of these. */
export function similarError(noun: ResourceName, found: readonly ShownDuplicate[]): ApiError {
  const faults = found.flatMap(({ object, reasons }) =>
    reasons.map(({ code, pointer, detail }) => {
      const name =
        object.key === null || object.key === object.id ? object.id : `\`${object.key}\` (${object.id})`;
      return { pointer, code, detail: `${name}: ${detail}` };
    }),
  );
  const what =
    found.length === 1 ? `A ${noun} that may be the same is` : `${found.length} that may be the same are`;
  return new ApiError(
    'similar_exists',
    `${what} in the register; use it, or send this without if_similar=reject.`,
    faults,
  );
}

/** Schemes that name a series, of which many objects are a part. */
const SERIES = ['issn'];

/** Other objects of the noun with one of these identifiers; `others` picks those that matter. */
export async function sameIdentifiers(
  tx: Tx,
  noun: ResourceName,
  id: string,
  identifiers: readonly { scheme: string; value: string }[],
  others: (ids: string[]) => Promise<string[]> = async (ids) => ids,
): Promise<Duplicate[]> {
  const found: Duplicate[] = [];
  for (const [i, identifier] of identifiers.entries()) {
    if (SERIES.includes(identifier.scheme)) continue;
    const ids = await others(await othersIdentified(tx, noun, identifier, id));
    const detail = `another ${noun} has this identifier; if it is the same, use that one and remove this one`;
    found.push(...duplicates(noun, ids, 'same_identifier', `/identifiers/${i}`, detail));
  }
  return found;
}
