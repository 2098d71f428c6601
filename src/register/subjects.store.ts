import { and, eq, inArray } from 'drizzle-orm';
import { unmark } from '../db/references.js';
import type { Tx } from '../db/store.js';

/**
 * Records which parties a version concerns: a party itself; the subject of a claim, and the one it had before;
 * the subjects of the claims that an attribution, a relation or an assessment is about, as they are now.
 */
export async function recordSubjects(
  tx: Tx,
  version: { noun: string; object_id: string; version: number; doc: string },
  seq: number,
): Promise<void> {
  const parties = await partiesOf(tx, version);
  if (parties.size === 0) return;
  const rows = [...parties].map((party_id) => ({ party_id, seq }));
  await tx.db.insert(tx.tables.history_subjects).values(rows);
}

const aboutClaims = ['claim', 'attribution', 'relation', 'assessment'];
type References = { subject?: string | null; claim?: string | null; from?: string; to?: string };

async function partiesOf(
  tx: Tx,
  { noun, object_id, version, doc }: Parameters<typeof recordSubjects>[1],
): Promise<Set<string>> {
  if (noun === 'party') return new Set([object_id]);
  if (!aboutClaims.includes(noun)) return new Set();
  const { subject, claim, from, to } = JSON.parse(doc) as References;
  if (noun === 'claim') {
    const before = version > 1 ? await subjectBefore(tx, object_id, version - 1) : null;
    return new Set([subject, before].flatMap((marker) => (marker ? [unmark(marker)] : [])));
  }
  const claims = [claim, from, to].flatMap((marker) => (marker ? [unmark(marker)] : []));
  return claims.length === 0 ? new Set() : subjectsOf(tx, claims);
}

async function subjectBefore(tx: Tx, claimId: string, version: number): Promise<string | null> {
  const { history: t } = tx.tables;
  const [row] = await tx.db
    .select({ doc: t.doc })
    .from(t)
    .where(and(eq(t.object_id, claimId), eq(t.version, version)));
  return row ? ((JSON.parse(row.doc) as References).subject ?? null) : null;
}

async function subjectsOf(tx: Tx, claimIds: string[]): Promise<Set<string>> {
  const { claims: t } = tx.tables;
  const rows = await tx.db.select({ subject: t.subject_id }).from(t).where(inArray(t.id, claimIds));
  return new Set(rows.flatMap(({ subject }) => (subject === null ? [] : [subject])));
}
