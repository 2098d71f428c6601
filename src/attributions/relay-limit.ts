import { type FieldError, validationError } from '../lib/errors.js';

/** Relays of all attributions that are sent with a claim, or in a batch: how long a write takes grows with their number. */
export const MAX_RELAYS = 160_000;

/** The number of relays of attributions that may not have been checked yet. */
export const countRelays = (attributions: readonly unknown[]): number =>
  attributions.reduce<number>((sum, attribution) => {
    const { relays } = (attribution ?? {}) as { relays?: unknown };
    return sum + (Array.isArray(relays) ? relays.length : 0);
  }, 0);

/** Throws a 422 for a set of attributions with too many relays. One that had more before may become smaller. */
export function refuseTooManyRelays(
  attributions: readonly unknown[],
  before: () => readonly unknown[] = () => [],
): void {
  const relays = countRelays(attributions);
  if (relays <= MAX_RELAYS || relays < countRelays(before())) return;
  const fault: FieldError = {
    pointer: '/attributions',
    code: 'too_many_relays',
    detail: `there are ${relays} relays in all, and a claim is sent with ${MAX_RELAYS} at most; add the others with POST /v1/attributions`,
  };
  throw validationError([fault]);
}
