import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Store, Tx } from './store.js';

/** Stands in the settings of a register that `attested copy` has not completed. */
export const UNFINISHED_COPY = 'unfinished_copy';

export async function setting(tx: Tx, name: string): Promise<string | null> {
  const { settings: t } = tx.tables;
  const [row] = await tx.db.select({ value: t.value }).from(t).where(eq(t.name, name));
  return row?.value ?? null;
}

/** A register that `attested copy` has begun to fill must not be used. */
export async function refuseUnfinishedCopy(store: Store): Promise<void> {
  if ((await store.read((tx) => setting(tx, UNFINISHED_COPY))) === null) return;
  throw new Error('the register is an unfinished copy; run attested copy again to complete it');
}

/** The secret that signs cursors, the same for all instances on a register; made when first needed. */
export async function cursorSecret(store: Store): Promise<string> {
  const known = await store.read((tx) => setting(tx, 'cursor_secret'));
  if (known !== null) return known;
  return store.write(async (tx) => {
    const value = randomBytes(32).toString('base64url');
    await tx.db.insert(tx.tables.settings).values({ name: 'cursor_secret', value }).onConflictDoNothing();
    return (await setting(tx, 'cursor_secret'))!;
  });
}
