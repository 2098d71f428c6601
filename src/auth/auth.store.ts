import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../db/store/store.js';

export type KeyRow = Tx['tables']['api_keys']['$inferSelect'];

export async function insertKey(tx: Tx, row: KeyRow): Promise<void> {
  await tx.db.insert(tx.tables.api_keys).values(row);
}

export async function findKey(tx: Tx, id: string): Promise<KeyRow | null> {
  const { api_keys: t } = tx.tables;
  const [row] = await tx.db.select().from(t).where(eq(t.id, id));
  return row ?? null;
}

export async function allKeys(tx: Tx): Promise<KeyRow[]> {
  const { api_keys: t } = tx.tables;
  return tx.db.select().from(t).orderBy(t.id);
}

export async function markRevoked(tx: Tx, id: string, at: string): Promise<void> {
  const { api_keys: t } = tx.tables;
  await tx.db
    .update(t)
    .set({ revoked_at: at })
    .where(and(eq(t.id, id), isNull(t.revoked_at)));
}
