import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { zip } from '../lib/zip.js';
import { attempted, OneByOne } from './attempted.js';
import type { ItemChange } from './change-items.js';
import { removalsOf } from './find.js';
import { restores } from './items.js';
import { restoreAll, WITH_ALONG } from './service.js';
import { type Written, writtenAll } from './written.js';

/**
 * Brings several removed objects back that are sent whole, as if one by one. Null where they are to be changed one by one; nothing
 * is left of them then.
 */
export async function restoreItems(
  tx: Tx,
  change: Change,
  items: readonly ItemChange[],
): Promise<Written[] | null> {
  const [first] = items;
  const whole = items.flatMap((item) => ('body' in item && item.kind === first?.kind ? item : []));
  if (!first || items.length < 2 || whole.length < items.length) return null;
  const { kind } = first;
  return attempted(tx, async () => {
    const removals = await removalsOf(tx, kind.noun, whole);
    if (!removals) throw new OneByOne();
    const restorings = zip(whole, removals).map(([{ body, precondition, reason }, removal]) => {
      if (!restores(precondition, removal)) throw new OneByOne();
      return { removal, input: body, reason };
    });
    const inputs = restorings.map(({ input }) => input);
    await kind.service.foresee?.(tx, inputs);
    const restored = await restoreAll(tx, change, kind, restorings, WITH_ALONG);
    const told = zip(restored, inputs).map(([stored, input]) => ({ stored, input }));
    return writtenAll(tx, kind, { status: 200, areNew: true }, told);
  });
}
