import type { Tx } from '../db/store/store.js';
import { validationError } from '../lib/errors.js';
import { goneError, locate, notFound } from '../resources/find.js';
import { unknownReference } from '../resources/resolve.js';
import type { ResourceRow, ResourceType } from '../resources/resource-type.js';

/** What the references of requests about merges mean. */

/** The object that is to stand for both. Throws a 422 for one that there is not, or that was merged itself. */
export async function survivorMeant(
  tx: Tx,
  noun: ResourceType,
  merged: ResourceRow,
  reference: string,
): Promise<ResourceRow> {
  const refusal = (code: string, detail: string) => validationError([{ pointer: '/into', code, detail }]);
  const found = await locate(tx, noun, reference);
  if (found.state === 'live') {
    if (found.stored.id !== merged.id) return found.stored;
    throw refusal('self_reference', `this is the ${noun.name} itself; name another one`);
  }
  if (found.state !== 'merged') {
    throw refusal('unknown_reference', await unknownReference(tx, noun.name, reference));
  }
  const into = found.into === merged.id ? `this ${noun.name} itself` : found.into;
  throw refusal('merged', `this was merged into ${into}; name what stands for it`);
}

/** The ids that an address may mean: that of the object, and of what stands for it if it was merged. */
export async function idsMeant(tx: Tx, noun: ResourceType, reference: string): Promise<string[]> {
  const found = await locate(tx, noun, reference);
  if (found.state === 'live') return [found.stored.id];
  if (found.state === 'merged') return [found.id, found.into];
  throw found.state === 'removed' ? goneError(noun, found.removal) : await notFound(tx, noun, reference);
}
