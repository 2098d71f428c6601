import { withParts } from '../db/query/closures.js';
import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { groupBy, only } from '../lib/collections.js';
import { ApiError, type FieldError, MAX_FAULTS, together, validationError } from '../lib/errors.js';
import { isId, isKey, isMergeable, type ResourceName } from '../lib/ids.js';
import { nearest } from '../lib/nearest.js';
import { withArticle } from '../lib/text.js';
import { zip } from '../lib/zip.js';
import { mergedInto } from './merged.store.js';
import { referenceHint } from './reference-hint.js';
import type { HasKey, ResourceType } from './resource-type.js';
import { existingIds, idsOfKeys, liveIdsOfKeys } from './resources.store.js';
import { withoutTelling } from './told.js';

/** Objects of this request by the references that lead to them (`@name`, their key or id), with the tokens that stand for them. */
export type LocalIds = ReadonlyMap<string, { noun: ResourceName; token: string }>;

/** A reference, what it must lead to, and its place in the body. */
export interface Reached {
  reference: string;
  noun: ResourceName;
  pointer: string;
  /** In the attributions of a claim: the names by which these refer to each other, as `@name`. */
  names?: readonly string[];
}

/** An input, its place in the body, and the objects of the request that it can refer to. */
export interface Referring<Input> {
  input: Input;
  at: string;
  locals: LocalIds;
}

/**
 * Inputs with every reference (id, key or `@name`) replaced by a token, held to rules that only the register can check.
 * Throws a 422 with each reference that leads nowhere, which the rules find as it was sent, and all that they refuse.
 */
export async function resolveInputs<Input extends HasKey, Given extends Referring<Input>>(
  tx: Tx,
  noun: ResourceType<Input>,
  inputs: readonly Given[],
  rules: (resolved: Input, given: Given) => unknown,
): Promise<Input[]> {
  const foreign: (Reached & Pick<Given, 'locals'>)[] = [];
  for (const { input, at, locals } of inputs) {
    await tx.yield();
    noun.mapReferences(input, (reference, to, pointer) => {
      const isLocal = localToken(locals, to, reference) !== null;
      if (!isLocal) foreign.push({ reference, noun: to, pointer: at + pointer, locals });
      return reference;
    });
  }
  const found = await idsBehind(tx, foreign);
  const lost = foreign.filter((use) => !found.get(nameOf(use)));
  const faults = await lostFaults(
    tx,
    lost.map(({ locals, ...use }) =>
      locals.size === 0 ? use : { ...use, names: [...locals.keys()].filter(isLocalName) },
    ),
  );
  const resolved: Input[] = [];
  for (const { input, locals } of inputs) {
    await tx.yield();
    resolved.push(
      noun.mapReferences(input, (reference, to) => {
        const local = localToken(locals, to, reference);
        if (local !== null) return local;
        const id = found.get(nameOf({ noun: to, reference }));
        return id ? encodeReference(to, id) : reference;
      }),
    );
  }
  await together(
    () => {
      if (faults.length > 0) throw validationError(faults);
    },
    ...zip(resolved, inputs).map(
      ([one, given]) =>
        () =>
          rules(one, given),
    ),
  );
  return resolved;
}

/** Keys are unique per noun: an attribution may share its key with the party it names. */
function localToken(locals: LocalIds, noun: ResourceName, reference: string): string | null {
  const local = locals.get(reference);
  return local?.noun === noun ? local.token : null;
}

const nameOf = ({ noun, reference }: Pick<Reached, 'noun' | 'reference'>): string => `${noun} ${reference}`;

/** The ids by noun and reference; null for what leads nowhere. */
async function idsBehind(tx: Tx, uses: readonly Reached[]): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const [noun, references] of groupBy(uses, (use) => use.noun)) {
    const wanted = references.map(({ reference }) => reference);
    for (const [reference, id] of await resolveReferences(tx, noun, wanted)) {
      found.set(nameOf({ noun, reference }), id);
    }
  }
  return found;
}

async function lostFaults(tx: Tx, lost: readonly Reached[]): Promise<FieldError[]> {
  const faults: FieldError[] = [];
  for (const use of lost) {
    const part = () => lostReference(tx, use);
    // An answer names no more.
    const detail = faults.length < MAX_FAULTS ? await part() : await withoutTelling(tx, part);
    faults.push({ pointer: use.pointer, code: 'unknown_reference', detail });
  }
  return faults;
}

/** A fault for each reference that leads nowhere. */
export async function unknownFaults(tx: Tx, uses: readonly Reached[]): Promise<FieldError[]> {
  const found = await idsBehind(tx, uses);
  return lostFaults(
    tx,
    uses.filter((use) => !found.get(nameOf(use))),
  );
}

const noSuch = (noun: ResourceName, reference: string): string =>
  `no ${noun} "${reference.slice(0, 100)}" in the register`;

/** Says that a reference leads nowhere, and what is likely meant by it. */
export async function unknownReference(tx: Tx, noun: ResourceName, reference: string): Promise<string> {
  const hint = await referenceHint(tx, noun, reference);
  return hint === null ? noSuch(noun, reference) : `${noSuch(noun, reference)}; ${hint}`;
}

const isLocalName = (reference: string): boolean => reference.startsWith('@');

async function lostReference(tx: Tx, reached: Reached): Promise<string> {
  const { noun, reference } = reached;
  if (isLocalName(reference)) return lostName(reached);
  if (noun === 'attribution' && reached.names?.includes(`@${reference}`)) {
    return `${noSuch(noun, reference)}; write "@${reference}", which is sent here`;
  }
  return unknownReference(tx, noun, reference);
}

/** Outside a batch only the attributions sent with a claim have names. */
function lostName({ noun, reference, names }: Reached): string {
  const shown = reference.slice(0, 101);
  if (!names)
    return `"${shown}" can only name what the same batch writes; write the id or key of ${withArticle(noun)}`;
  if (noun !== 'attribution') {
    return `"${shown}" can only name an attribution sent with this claim; write the id or key of ${withArticle(noun)}`;
  }
  const near = nearest(reference, names);
  return `no \`local_id\` "${shown.slice(1)}" in this claim; ${near ? `did you mean "${near}"?` : 'give it to the attribution that is meant'}`;
}

/** The ids of existing objects by reference; null for what does not exist (any more). */
export async function resolveReferences(
  tx: Tx,
  noun: ResourceName,
  references: string[],
): Promise<Map<string, string | null>> {
  const known = tx.pending?.lookedUp(`ids of ${noun}`);
  const result = new Map<string, string | null>();
  const unknown: string[] = [];
  for (const reference of new Set(references)) {
    const id = known?.get(reference);
    result.set(reference, id || null);
    if (id === undefined) unknown.push(reference);
  }
  if (unknown.length === 0) return result;
  for (const [reference, id] of await lookUpReferences(tx, noun, unknown)) {
    result.set(reference, id);
    known?.set(reference, id ?? NONE);
  }
  return result;
}

/** In place of an id. */
const NONE = '';

async function lookUpReferences(
  tx: Tx,
  noun: ResourceName,
  references: readonly string[],
): Promise<Map<string, string | null>> {
  const result = new Map<string, string | null>();
  const keys: string[] = [];
  const ids = new Set<string>();
  for (const reference of references) {
    result.set(reference, null);
    if (noun === 'predicate' || isId(noun, reference)) {
      ids.add(reference);
    } else if (isKey(reference)) keys.push(reference);
  }
  for (const { key, id } of await liveIdsOfKeys(tx, noun, keys)) result.set(key, id);
  for (const id of await existingIds(tx, noun, [...ids])) result.set(id, id);
  const lost = [...result.keys()].filter((reference) => result.get(reference) === null);
  for (const [reference, id] of await survivors(tx, noun, lost)) result.set(reference, id);
  return result;
}

/** What references to merged objects lead to, as far as it exists. */
async function survivors(tx: Tx, noun: ResourceName, references: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!isMergeable(noun) || references.length === 0) return found;
  const byKey = await idsOfKeys(tx, noun, references.filter(isKey));
  const ids = new Map<string, string>();
  for (const reference of references) {
    const id = byKey.get(reference) ?? (isId(noun, reference) ? reference : undefined);
    if (id !== undefined) ids.set(reference, id);
  }
  const into = await mergedInto(tx, noun, [...ids.values()]);
  const live = await existingIds(tx, noun, [...new Set(into.values())]);
  for (const [reference, id] of ids) {
    const survivor = into.get(id);
    if (survivor !== undefined && live.has(survivor)) found.set(reference, survivor);
  }
  return found;
}

/** The ids behind a filter's references. Throws a 400 for one that leads nowhere: a typo must not look like "none". */
export async function filterIds(
  tx: Tx,
  noun: ResourceName,
  parameter: string,
  references: string[] | undefined,
): Promise<string[] | undefined> {
  if (references === undefined) return undefined;
  const found = await resolveReferences(tx, noun, references);
  const faults: FieldError[] = [];
  for (const [reference, id] of found) {
    if (id === null) {
      const detail = await unknownReference(tx, noun, reference);
      faults.push({ parameter, code: 'unknown_reference', detail });
    }
  }
  const [first] = faults;
  if (first) throw new ApiError('invalid_query', first.detail, faults);
  return [...new Set(found.values())] as string[];
}

/** The id behind the one reference of a filter. Throws a 400 where it leads nowhere. */
export const filterId = async (
  tx: Tx,
  noun: ResourceName,
  parameter: string,
  reference: string,
): Promise<string> => only((await filterIds(tx, noun, parameter, [reference])) ?? []);

/** The parties of a filter and, unless `exact`, all that is part of them. */
export async function partyIds(
  tx: Tx,
  parameter: string,
  references: string[] | undefined,
  exact: boolean | undefined,
): Promise<string[] | undefined> {
  const ids = await filterIds(tx, 'party', parameter, references);
  return ids && !exact ? withParts(tx, ids) : ids;
}

/** The ids behind keys; unlike a reference, a key that nothing has simply matches nothing. */
export async function filterKeys(
  tx: Tx,
  noun: ResourceName,
  keys: string[] | undefined,
): Promise<string[] | undefined> {
  if (keys === undefined) return undefined;
  const ids = [...(await idsOfKeys(tx, noun, keys)).values()];
  const into = await mergedInto(tx, noun, ids);
  return ids.map((id) => into.get(id) ?? id);
}
