import type { z } from 'zod';
import { checkInSteps } from '../http/validation/check-in-steps.js';
import { ApiError, type FieldError, validationError } from '../lib/errors.js';
import { isJsonObject, type Json, type JsonObject } from '../lib/json-value.js';
import { applyOperations } from './json-patch.js';
import type { JsonPatchOperation } from './json-patch.schemas.js';
import { mergePatch } from './merge-patch.js';
import type { ResourceType } from './resource-type.js';

/** A change of some members of an input form: a merge patch (RFC 7396), or operations (RFC 6902). */
export type Patch = { merge: Record<string, unknown> } | { operations: JsonPatchOperation[] };

/** An input form as a patch makes it, not yet held to its schema. */
export interface PatchedForm {
  form: unknown;
  /** Faults of the patch that the form does not show. */
  faults: FieldError[];
  /** A failure of the form as one of the patch: its pointers lead into what was sent. */
  placed(failure: ApiError): ApiError;
}

/** The input form that a patch makes. A set of other objects that the patch leaves alone is left out. */
export async function patchedForm(noun: ResourceType, before: object, patch: Patch): Promise<PatchedForm> {
  return 'merge' in patch
    ? merged(noun, before, patch.merge)
    : operated(noun, before as JsonObject, patch.operations);
}

/** Whether a JSON Pointer leads to a member, which is given by its own pointer, or into it. */
export const leadsInto = (at: string, member: string): boolean =>
  at === member || at.startsWith(`${member}/`);

/** Whether a patch looks at a set of other objects in the form, or at the form as a whole. */
export function looksAtSets({ sets = [] }: ResourceType, patch: Patch): boolean {
  if ('merge' in patch) return sets.some((set) => set in patch.merge);
  const places = patch.operations.flatMap(({ path, from = path }) => [path, from]);
  return places.some((at) => at === '' || sets.some((set) => leadsInto(at, `/${set}`)));
}

async function merged(
  noun: ResourceType,
  before: object,
  merge: Record<string, unknown>,
): Promise<PatchedForm> {
  const form = mergePatch(before, merge);
  keepSets(noun, form, (set) => set in merge);
  // Members that there are not, or that are computed: clearing them leaves nothing to be seen in the form.
  const withNulls = mergePatch(before, merge, { keepNulls: true });
  const result = await checkInSteps(noun.input as z.ZodType, withNulls);
  const faults = result.success ? [] : result.faults.filter(({ code }) => code === 'unknown_member');
  return { form, faults, placed: (failure) => failure };
}

function operated(noun: ResourceType, before: JsonObject, operations: JsonPatchOperation[]): PatchedForm {
  const { document, origin } = applyOperations(before, operations);
  const whole = operations.some(({ op, path }) => op !== 'test' && path === '');
  const changed = operations.flatMap(({ op, path, from }) =>
    op === 'test' ? [] : op === 'move' && from !== undefined ? [path, from] : [path],
  );
  keepSets(noun, document, (set) => {
    const named = changed.some((path) => leadsInto(path, `/${set}`));
    return named || (whole && set in (document as JsonObject));
  });
  // Another form in place of the whole keeps the key, as in a PUT, unless it gives one.
  if (whole && isJsonObject(document) && !('key' in document) && 'key' in before) document.key = before.key!;
  const placed = (failure: ApiError): ApiError => {
    const faults = failure.faults.map((fault) => inPatch(fault, origin));
    return failure.code === 'invalid_body'
      ? validationError(faults)
      : new ApiError(failure.code, failure.message, faults, failure.extra, failure.headers);
  };
  return { form: document, faults: [], placed };
}

/** A fault of the form, with the place in the patch that it has its value from. */
function inPatch(fault: FieldError, origin: (pointer: string) => string | null): FieldError {
  if (fault.pointer === undefined) return fault;
  const where = fault.pointer === '' ? 'the patched form' : `${fault.pointer} of the patched form`;
  return { ...fault, pointer: origin(fault.pointer) ?? '', detail: `${where}: ${fault.detail}` };
}

/** Sets that the patch does not name stay, and are left out; one that it clears or takes away is empty. */
function keepSets(noun: ResourceType, form: unknown, isNamed: (set: string) => boolean): void {
  if (!isJsonObject(form)) return;
  for (const set of noun.sets ?? []) {
    if (!isNamed(set)) delete form[set];
    else form[set] ??= [] as Json;
  }
}
