import type { Tx } from '../db/store/store.js';
import { bodyFailure } from '../lib/errors.js';
import { goneFailure, locate, notFound } from '../register/find.js';
import type { Noun, Stored } from '../register/noun.js';
import { unknownReference } from '../register/resolve.js';

/** What the references of requests about merges mean. */

/** The object that is to stand for both. Throws a 422 for one that there is not, or that was merged itself. */
export async function survivorMeant(tx: Tx, noun: Noun, merged: Stored, reference: string): Promise<Stored> {
  const refusal = (code: string, detail: string) => bodyFailure([{ pointer: '/into', code, detail }]);
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
export async function idsMeant(tx: Tx, noun: Noun, reference: string): Promise<string[]> {
  const found = await locate(tx, noun, reference);
  if (found.state === 'live') return [found.stored.id];
  if (found.state === 'merged') return [found.id, found.into];
  throw found.state === 'removed' ? goneFailure(noun, found.removal) : await notFound(tx, noun, reference);
}
