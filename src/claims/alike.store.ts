import { and, desc, eq, sql } from 'drizzle-orm';
import { atMost } from '../db/query/conditions.js';
import { prepared } from '../db/query/prepared.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { isOther, otherThan } from '../resources/others.store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { MOST_TOGETHER } from '../resources/work.js';

/** Other claims about the subject of one, as far as a few look-ups by index lead. */

/** How many are looked at. */
const LOOKED_AT = 100;

const columns = ({ tables: { claims: t } }: Tx) => ({
  id: t.id,
  value_type: t.value_type,
  value_key: t.value_key,
  value_party_id: t.value_party_id,
  occurred_from: t.occurred_from,
  occurred_to: t.occurred_to,
});

const ofPredicate = prepared((tx) => {
  const { claims: t } = tx.tables;
  return tx.db
    .select(columns(tx))
    .from(t)
    .where(
      and(
        eq(t.subject_id, sql.placeholder('subject')),
        eq(t.predicate_id, sql.placeholder('predicate')),
        isOther(t),
      ),
    )
    .orderBy(desc(t.id))
    .limit(atMost(LOOKED_AT + MOST_TOGETHER));
});

export type OtherClaim = Awaited<ReturnType<typeof ofPredicate>>[number];

/** The newest others with the subject and predicate of a claim, which are reference tokens, but for the `later` ones; none where one is missing. */
export async function othersOf(
  tx: Tx,
  stored: ResourceRow,
  { subject, predicate }: { subject: string | null; predicate: string | null },
  later: ReadonlySet<string> = new Set(),
): Promise<OtherClaim[]> {
  if (subject === null || predicate === null) return [];
  const others = await ofPredicate(tx, null, {
    subject: decodeReference(subject),
    predicate: decodeReference(predicate),
    ...otherThan(stored),
  });
  return others.filter(({ id }) => !later.has(id)).slice(0, LOOKED_AT);
}

const ofSubject = prepared((tx) => {
  const { claims: t } = tx.tables;
  return tx.db
    .select(columns(tx))
    .from(t)
    .where(and(eq(t.subject_id, sql.placeholder('subject')), isOther(t)))
    .limit(atMost(LOOKED_AT + 1));
});

/** All others with this subject; null where they are too many to look at. */
export async function othersOfSubject(
  tx: Tx,
  stored: ResourceRow,
  subject: string,
): Promise<OtherClaim[] | null> {
  const rows = await ofSubject(tx, null, { subject, ...otherThan(stored) });
  return rows.length > LOOKED_AT ? null : rows;
}
