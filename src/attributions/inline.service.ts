import type { Tx } from '../db/store/store.js';
import { append, lookUp } from '../lib/collections.js';
import { ApiError, type FieldError, together, validationError } from '../lib/errors.js';
import { mapInTurns } from '../lib/event-loop.js';
import type { Ids } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { inputForms } from '../resources/service.js';
import { creationOf, removalOf, restorationOf, updateOf } from '../resources/write.js';
import type { Write } from '../resources/write-objects.js';
import { attributionType as noun } from './attribution.js';
import type { AttributionInput, InlineAttribution } from './attributions.schemas.js';
import { NEW_ROW, preparedSet } from './attributions.service.js';
import { attributionsOfClaims } from './claim-attributions.store.js';
import { refuseTooManyRelays } from './relay-limit.js';
import { type GivenSet, idOf, localsOf, matchTargets, type Target } from './set-members.service.js';

/** The attributions of a claim as one set, as PUT and POST of the claim carry it. */

/** An attribution that is about to be stored with its claim. */
export interface NewAttribution {
  id: string;
  claim: string;
  input: AttributionInput;
  at: string;
}

/** The attributions of claims that are about to be created, ready to be stored with them. */
export async function newAttributions(
  tx: Tx,
  ids: Ids,
  sets: readonly GivenSet[],
): Promise<NewAttribution[]> {
  const prepared = await preparedSets(tx, ids, sets, null);
  return [...prepared].flatMap(([claim, members]) =>
    members.map(({ input, at, target }) => ({ id: idOf(target), claim, input, at })),
  );
}

/** The members of sets, held to the rules, by claim. `before` as in {@link matchTargets}. */
async function preparedSets(
  tx: Tx,
  ids: Ids,
  sets: readonly GivenSet[],
  before: ReadonlyMap<string, readonly ResourceRow[]> | null,
): Promise<Map<string, Prepared[]>> {
  for (const { claim, items } of sets) {
    refuseTooManyRelays(items, () => (before?.get(claim) ?? []).map(({ doc }) => contentOf(doc)));
  }
  const faults: FieldError[] = [];
  const members = await matchTargets(tx, ids, sets, before, faults);
  const all = await mapInTurns(tx, zip(sets, members), ([{ claim }, ofSet]) => {
    const locals = localsOf(claim, ofSet, faults);
    return ofSet.map(({ item, at, target }) => {
      const key = item.key ?? (target.state === 'live' ? target.stored.key : null);
      return { input: inputOf(item, claim, key), at, target, id: idOf(target), locals, claim };
    });
  });
  const inputs = all.flat();
  const prepared = new Map<string, Prepared[]>(sets.map(({ claim }) => [claim, []]));
  for (const [input, { claim, at, target }] of zip(await preparedWith(tx, faults, inputs), inputs)) {
    append(prepared, claim, { input, at, target });
  }
  return prepared;
}

/** Tells the faults of a set as such together with those of its members. */
async function preparedWith(
  tx: Tx,
  faults: FieldError[],
  inputs: Parameters<typeof preparedSet>[1],
): Promise<AttributionInput[]> {
  const [, prepared] = await together(
    () => {
      if (faults.length > 0) throw validationError(faults);
    },
    () => preparedSet(tx, inputs),
  );
  return prepared;
}

/** A member of the set as an input of its own. */
function inputOf(item: InlineAttribution, claim: string, key: string | null): AttributionInput {
  const { id: _id, local_id: _local, ...members } = item;
  return { ...members, key, claim, about_source: null };
}

/** What is to be written for claims to have the attributions that sets give, matched by id, then key; by claim. */
export async function setWrites(tx: Tx, ids: Ids, sets: readonly GivenSet[]): Promise<Map<string, Write[]>> {
  const before = await attributionsOfClaims(
    tx,
    sets.map(({ claim }) => claim),
  );
  const writes = new Map<string, Write[]>();
  for (const [claim, members] of await preparedSets(tx, ids, sets, before)) {
    const ofSet: Write[] = [];
    for (const one of members) {
      await tx.yield();
      ofSet.push(...placed(one.at, () => writeOf(one)));
    }
    const kept = new Set(members.map(({ target }) => idOf(target)));
    for (const stored of lookUp(before, claim)) {
      if (!kept.has(stored.id)) ofSet.push(removalOf(noun, stored));
    }
    writes.set(claim, ofSet);
  }
  return writes;
}

/** A member that was held to the rules. */
interface Prepared {
  input: AttributionInput;
  at: string;
  target: Target;
}

/** What is to be written of a member; nothing if it stays as it is. */
function writeOf({ input, at, target }: Prepared): Write[] {
  switch (target.state) {
    case 'new':
      return [creationOf({ noun, id: target.id, input, extra: NEW_ROW, at })];
    case 'live':
      return updateOf({ noun, stored: target.stored, input, at });
    case 'removed':
      return [restorationOf(noun, { removal: target.removal, input }, NEW_ROW)];
  }
}

/** The rules of keys speak of `/key`: here that is the key of one member of the set. */
function placed<T>(at: string, fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    if (!(error instanceof ApiError) || error.faults[0]?.pointer !== '/key') throw error;
    throw validationError(error.faults.map((fault) => ({ ...fault, pointer: `${at}/key` })));
  }
}

/** The input forms of the claims' attributions, by claim id; each says its key or, lacking one, its id. */
export async function inlineInputs(tx: Tx, claimIds: readonly string[]): Promise<Map<string, object[]>> {
  const ofClaims = [...(await attributionsOfClaims(tx, claimIds))];
  const rows = ofClaims.flatMap(([claim, some]) => some.map((row) => ({ claim, ...row })));
  const byClaim = new Map<string, object[]>(claimIds.map((id) => [id, []]));
  for (const [{ id, key, claim }, form] of zip(rows, await inputForms(tx, noun, rows))) {
    const { claim: _claim, about_source: _about, ...members } = form as AttributionInput;
    append(byClaim, claim, key === null ? { id, ...members } : members);
  }
  return byClaim;
}
