import { namesIn } from '../db/query/reference-tokens.js';
import type { Tx } from '../db/store/store.js';
import { OneByOne } from './attempted.js';
import type { Plan } from './plans.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import { objectOf } from './write-objects.js';

/** Whether objects can be written at once: not where what becomes of one depends on another. */

/** What refers to another has to go before it. */
export function refuseReferred({ name }: ResourceType, rows: readonly ResourceRow[]): void {
  const gone = new Set<string>();
  for (const { id, doc } of rows) {
    if (namesIn(doc).some((other) => gone.has(other))) throw new OneByOne();
    gone.add(`${name}:${id}`);
  }
}

/**
 * Refuses plans of which two write the same object, or one refers to what another removes: each was made of the register as it was before
 * all of them. Plans of one kind of operation alone take care of that themselves.
 */
export async function refuseDependent(tx: Tx, plans: readonly Plan[]): Promise<void> {
  const operations = new Set(plans.map(({ operation }) => operation));
  if (operations.size === 1) return;
  const written = new Set<string>();
  const goneWith = new Map<string, Plan>();
  for (const plan of plans) {
    await tx.yield();
    for (const write of plan.writes) {
      const name = `${write.noun.name}:${objectOf(write)}`;
      if (written.has(name)) throw new OneByOne();
      written.add(name);
      if (write.operation === 'remove') goneWith.set(name, plan);
      // A link comes back once both its ends are there, of which either may come back.
      if (write.operation === 'restore' && plan.operation === 'update' && operations.has('restore'))
        throw new OneByOne();
    }
  }
  if (goneWith.size === 0) return;
  for (const plan of plans) {
    for (const write of plan.writes) {
      await tx.yield();
      if (write.operation === 'remove') continue;
      const names = namesIn(JSON.stringify(write.view));
      if (names.some((name) => (goneWith.get(name) ?? plan) !== plan)) throw new OneByOne();
    }
  }
}
