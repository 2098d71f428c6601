import type { Tx } from '../db/store/store.js';

/** Writes of whose faults nobody is told at the moment: only that there are any is of use then. */
const untold = new WeakSet<Tx>();

/** Whether the faults of a write are told; what is likely meant and what is in the way is looked up only then. */
export const isTold = (tx: Tx): boolean => !untold.has(tx);

/** Does a part of a write of whose faults nobody is told. */
export async function withoutTelling<T>(tx: Tx, part: () => Promise<T>): Promise<T> {
  if (untold.has(tx)) return part();
  untold.add(tx);
  try {
    return await part();
  } finally {
    untold.delete(tx);
  }
}
