import type { Tx } from '../db/store/store.js';
import { names, type Precondition, requireMatch } from '../http/request/conditional.js';
import { checkInSteps } from '../http/validation/check-in-steps.js';
import type { Change } from '../lib/change.js';
import { only } from '../lib/collections.js';
import { ApiError, together, validationError } from '../lib/errors.js';
import { isKey, slugOf } from '../lib/ids.js';
import { isJsonObject } from '../lib/json-value.js';
import { similarError } from './duplicates.js';
import { get, goneError, locate, mergedError, notFound } from './find.js';
import { withUnknownReferences } from './loose-references.js';
import { immutableKey } from './object-keys.js';
import { looksAtSets, type Patch, patchedForm } from './patch.js';
import { carryOut, changeAll, changesOf, createAll, removeAll, restoreAll } from './plans.js';
import type { HasKey, ResourceRow, ResourceType } from './resource-type.js';
import type { Version } from './resources.store.js';
import { inputForms, type Resource, WITH_ALONG } from './service.js';
import { type Creating, removed, type Written, written } from './written.js';

export async function createItem(
  tx: Tx,
  change: Change,
  kind: Resource,
  body: object,
  options: Creating = {},
): Promise<Written> {
  const stored = only(await createAll(tx, change, kind, [body]));
  const made = await written(tx, kind, 201, stored, body);
  if (isRefused(options, made)) throw similarError(kind.noun.name, made.duplicates);
  return made;
}

/** Whether an object that was written is refused, since it is new and may be in the register already. */
export const isRefused = (
  { ifSimilar }: Creating,
  { status, duplicates }: { status: number; duplicates: readonly unknown[] },
): boolean => ifSimilar === 'reject' && status === 201 && duplicates.length > 0;

/** How an object is changed or removed. */
export interface ChangeOptions {
  /** Called with what is stored, before anything is done to it. */
  onFound?: ((stored: ResourceRow) => Promise<void>) | undefined;
  /** The same with the removal of what comes back. */
  onBack?: ((removal: Version) => Promise<void>) | undefined;
  /** What becomes of its former name: kept unless `false`. */
  keepFormerName?: boolean | undefined;
}

/** The input that an object is to be made from, with its former name where that is kept. */
export const renamed = (
  { service }: Resource,
  stored: ResourceRow,
  input: object,
  isWhole: boolean,
  { keepFormerName = true }: ChangeOptions,
) => (keepFormerName ? service.withFormerName?.(stored, input, isWhole) : undefined) ?? input;

/** Whether a PUT brings a removed object back: it names the version of the removal. */
export const restores = ({ match }: Precondition, { version }: Version): boolean =>
  Array.isArray(match) && match.includes(version);

/** On a key: creates, replaces, or leaves an equal object alone. On what was removed: restores it. */
export async function putItem(
  tx: Tx,
  change: Change,
  kind: Resource,
  reference: string,
  body: HasKey,
  precondition: Precondition,
  options: ChangeOptions = {},
): Promise<Written> {
  const { noun } = kind;
  const found = await locate(tx, noun, reference);
  if (found.state === 'unknown') {
    if (!found.byKey) throw await notFound(tx, noun, reference);
    if (!isKey(reference)) throw notAKey(reference);
    if (precondition.match !== null) {
      throw new ApiError(
        'precondition_failed',
        `There is no ${noun.name} "${reference}" that If-Match could match; leave If-Match out to create it.`,
      );
    }
    const [, made] = await together(
      () => refuseMismatch(reference, body),
      () => createItem(tx, change, kind, { ...body, key: reference }),
    );
    return made;
  }
  if (found.state === 'merged') throw await mergedError(tx, noun, reference, found.into);
  if (found.state === 'removed') {
    const { removal } = found;
    if (!restores(precondition, removal)) throw goneError(noun, removal);
    await options.onBack?.(removal);
    const restored = await restoreAll(tx, change, kind, [{ removal, input: body }], WITH_ALONG);
    return written(tx, kind, 200, only(restored), body);
  }
  if (precondition.absent) {
    throw new ApiError('precondition_failed', `The ${noun.name} exists; If-None-Match: * only creates.`);
  }
  const { version } = found.stored;
  if (precondition.match !== null) requireMatch(precondition, version);
  await options.onFound?.(found.stored);
  const input = renamed(kind, found.stored, body, true, options);
  const plans = await changesOf(tx, kind, [{ stored: found.stored, input }]);
  if (only(plans).writes.length > 0) refuseOverwriting(noun, found.stored, precondition);
  const { stored } = only(await carryOut(tx, change, plans));
  return written(tx, kind, 200, stored, body);
}

/** Throws where an object is replaced although the request does not name the version that it had. */
export function refuseOverwriting(
  noun: ResourceType,
  { id, key, version }: ResourceRow,
  precondition: Precondition,
): void {
  if (precondition.match === null) {
    throw new ApiError(
      'precondition_required',
      `${noun.name} \`${key ?? id}\` exists already (version ${version}) with other content; ` +
        `to replace it send If-Match "${version}".`,
    );
  }
  if (!names(precondition, version)) requireMatch(precondition, version);
}

function refuseMismatch(reference: string, { key }: HasKey): void {
  if (key == null || key === reference) return;
  const detail = `the address says "${reference}"; write that here too, or leave the key out`;
  throw validationError([{ pointer: '/key', code: 'key_mismatch', detail }]);
}

const notAKey = (reference: string): ApiError => {
  const example = slugOf(reference);
  const hint = example === '' ? '' : `: \`${example}\``;
  return new ApiError('not_found', `Keys are lower case letters, digits and hyphens${hint}.`);
};

interface Patching extends ChangeOptions {
  /** May change the whole form before it is written. */
  complete?: (input: object) => Promise<object>;
}

/** Changes members of the input form. */
export async function patchItem(
  tx: Tx,
  change: Change,
  kind: Resource,
  reference: string,
  patch: Patch,
  precondition: Precondition,
  { complete = async (input) => input, ...options }: Patching = {},
): Promise<Written> {
  const { noun } = kind;
  const found = await get(tx, noun, reference);
  requireMatch(precondition, found.version);
  await options.onFound?.(found);
  const before = await formBefore(tx, kind, found, patch);
  const { form, faults, placed } = await patchedForm(noun, before, patch);
  try {
    const rekeyed = isJsonObject(form) && found.key !== null && (form.key ?? null) !== found.key;
    const ofKey = rekeyed ? [immutableKey(found.key)] : [];
    const checked = await checkInSteps(noun.input, form);
    if (!checked.success || faults.length > 0) {
      const all = [...ofKey, ...faults, ...(checked.success ? [] : checked.faults)];
      const once = new Map(all.map((fault) => [fault.pointer, fault]));
      throw await withUnknownReferences(tx, kind, form, validationError([...once.values()]));
    }
    const input: HasKey = await complete(checked.data);
    const [, results] = await together(
      () => {
        // A form without a key keeps the key; a patch that takes it out tries to change it.
        if (rekeyed && input.key == null) throw validationError(ofKey);
      },
      () => {
        const whole = renamed(kind, found, input, false, options);
        return changeAll(tx, change, kind, [{ stored: found, input: whole }]);
      },
    );
    return await written(tx, kind, 200, only(results).stored, input);
  } catch (error) {
    throw error instanceof ApiError ? placed(error) : error;
  }
}

/** The form that a patch changes, without sets that it does not look at, since they may be large. */
async function formBefore(
  tx: Tx,
  { noun, service }: Resource,
  found: ResourceRow,
  patch: Patch,
): Promise<object> {
  return only(
    looksAtSets(noun, patch) ? await service.inputs(tx, [found]) : await inputForms(tx, noun, [found]),
  );
}

export async function removeItem(
  tx: Tx,
  change: Change,
  kind: Resource,
  reference: string,
  precondition: Precondition,
  { onFound }: ChangeOptions = {},
): Promise<Written> {
  const stored = await get(tx, kind.noun, reference);
  requireMatch(precondition, stored.version);
  await onFound?.(stored);
  await removeAll(tx, change, kind, [stored]);
  return removed(stored);
}
