import { countRelays, MAX_RELAYS } from '../attributions/relay-limit.js';
import { MAX_INLINE_ATTRIBUTIONS } from '../claims/claims.schemas.js';
import { type FieldError, validationError } from '../lib/errors.js';
import type { JsonPatch } from '../resources/json-patch.schemas.js';

/** What all operations of a batch may hold together: other writes wait for all of them. */

const MAX_ATTRIBUTIONS = 10_000;

/** An operation, as far as its size goes. */
interface Sized {
  type: string;
  body?: object | undefined;
  patch?: JsonPatch | undefined;
}

/** The size of operations whose bodies are not checked yet. What a JSON Patch makes of relays is told by {@link PatchedRelays}. */
function sizesOf(operations: readonly Sized[]) {
  const sizes = { attributions: 0, relays: 0 };
  for (const { type, body, patch } of operations) {
    if (type === 'claim' && changes(patch, '/attributions')) sizes.attributions += MAX_INLINE_ATTRIBUTIONS;
    const sent = attributionsIn(type, body);
    sizes.attributions += sent.length;
    sizes.relays += countRelays(sent);
  }
  return sizes;
}

/** Why the operations are too many, taken together. */
export function sizeFaults(operations: readonly Sized[]): { code: string; message: string }[] {
  const { attributions, relays } = sizesOf(operations);
  const faults: { code: string; message: string }[] = [];
  if (attributions > MAX_ATTRIBUTIONS) {
    const message =
      `there are ${attributions} attributions in all, and a batch takes ${MAX_ATTRIBUTIONS}; send several batches ` +
      `(a JSON Patch of a claim's attributions counts as ${MAX_INLINE_ATTRIBUTIONS})`;
    faults.push({ code: 'too_many_attributions', message });
  }
  if (relays > MAX_RELAYS) {
    const message = `there are ${relays} relays in all, and a batch takes ${MAX_RELAYS}; send several batches`;
    faults.push({ code: 'too_many_relays', message });
  }
  return faults;
}

/** Counts the relays of a batch while its JSON Patches are applied: a patch can copy relays that the batch does not hold. */
export class PatchedRelays {
  private relays: number;

  constructor(operations: readonly Sized[]) {
    this.relays = sizesOf(operations).relays;
  }

  /** Adds the relays of the form that an operation made, if it changes any; throws where a batch does not take them. */
  add({ type, patch }: Sized, form: object): void {
    const member = type === 'claim' ? '/attributions' : '/relays';
    if (!changes(patch, member)) return;
    const relays = this.relays + countRelays(attributionsIn(type, form));
    if (relays <= MAX_RELAYS) {
      this.relays = relays;
      return;
    }
    const detail = `with these there are ${relays} relays in all operations, and a batch takes ${MAX_RELAYS}; send several batches`;
    const fault: FieldError = { pointer: member, code: 'too_many_relays', detail };
    throw validationError([fault]);
  }
}

function attributionsIn(type: string, form: object | undefined): readonly unknown[] {
  if (form === undefined) return [];
  if (type === 'attribution') return [form];
  const { attributions } = form as { attributions?: unknown };
  return Array.isArray(attributions) ? attributions : [];
}

/** Whether a patch makes a member of the form anew, or part of it. */
const changes = (patch: JsonPatch = [], member: string): boolean =>
  patch.some(({ op, path, from }) => {
    const touched = op === 'test' ? [] : op === 'move' && from !== undefined ? [path, from] : [path];
    return touched.some((at) => at === '' || at === member || at.startsWith(`${member}/`));
  });
