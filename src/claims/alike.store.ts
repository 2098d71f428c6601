import { and, desc, eq, sql } from 'drizzle-orm';
import { atMost } from '../db/query/conditions.js';
import { preparedForEach } from '../db/query/prepared.js';
import { decodeReference } from '../db/query/references.js';
import { once } from '../db/store/pending.js';
import type { Tx } from '../db/store/store.js';
import { isOtherThan } from '../resources/others.store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { MOST_TOGETHER } from '../resources/work.js';

/** Other claims about the subject of one, as far as a few look-ups by index lead. */

/** How many are looked at. */
const LOOKED_AT = 100;

const columns = ({ tables: { claims: t } }: Tx) => ({
  id: t.id,
  seq: t.seq,
  value_type: t.value_type,
  value_key: t.value_key,
  value_party_id: t.value_party_id,
  occurred_from: t.occurred_from,
  occurred_to: t.occurred_to,
});

/** With what is written together with a claim, of which it is compared with none that is written after it. */
const ofPredicate = preparedForEach((tx) => {
  const { claims: t } = tx.tables;
  return tx.db
    .select(columns(tx))
    .from(t)
    .where(
      and(eq(t.subject_id, sql.placeholder('subject')), eq(t.predicate_id, sql.placeholder('predicate'))),
    )
    .orderBy(desc(t.id))
    .limit(atMost(LOOKED_AT + MOST_TOGETHER + 1));
});

export type OtherClaim = Awaited<ReturnType<typeof ofPredicate.run>>[number];

/** What claims are about; reference tokens. */
export interface Topic {
  subject: string | null;
  predicate: string | null;
}

/** The newest others with the subject and predicate of a claim, which are reference tokens, but for the `later` ones; none where one is missing. */
export async function othersOf(
  tx: Tx,
  stored: ResourceRow,
  topic: Topic,
  later: ReadonlySet<string> = new Set(),
): Promise<OtherClaim[]> {
  const [asked] = askedOf([topic]);
  if (!asked) return [];
  const others = await once(tx, 'claim', asked.question, () => ofPredicate.run(tx, null, asked.values));
  return others
    .filter(isOtherThan(stored))
    .filter(({ id }) => !later.has(id))
    .slice(0, LOOKED_AT);
}

const askedOf = (topics: readonly Topic[]) =>
  topics.flatMap(({ subject, predicate }) => {
    if (subject === null || predicate === null) return [];
    const values = { subject: decodeReference(subject), predicate: decodeReference(predicate) };
    return { values, question: `others about ${values.subject} ${values.predicate}` };
  });

/**
 * With what is written together with a claim. In the order of the index: without one PostgreSQL, which does not know the subject where it
 * asks for many, goes through all claims until it has found as many as most subjects have.
 */
const ofSubject = preparedForEach((tx) => {
  const { claims: t } = tx.tables;
  return tx.db
    .select(columns(tx))
    .from(t)
    .where(eq(t.subject_id, sql.placeholder('subject')))
    .orderBy(t.predicate_id, t.id)
    .limit(atMost(LOOKED_AT + 1 + MOST_TOGETHER + 1));
});

/** All others with this subject; null where they are too many to look at. */
export async function othersOfSubject(
  tx: Tx,
  stored: ResourceRow,
  subject: string,
): Promise<OtherClaim[] | null> {
  const rows = (await ofSubject.run(tx, null, { subject })).filter(isOtherThan(stored));
  return rows.length > LOOKED_AT ? null : rows;
}

/** Looks up at once what {@link othersOf} and {@link othersOfSubject} need for several. */
export async function foreseeOthers(
  tx: Tx,
  all: readonly (Topic & { stored: ResourceRow; occurred: string | null })[],
): Promise<void> {
  await ofPredicate.foresee(
    tx,
    null,
    askedOf(all).map(({ values }) => values),
  );
  const untimed: { subject: string }[] = [];
  for (const { stored, occurred, ...topic } of all) {
    if (topic.subject === null || occurred === null) continue;
    const alike = await othersOf(tx, stored, topic);
    if (!alike.some(isTimed)) untimed.push({ subject: decodeReference(topic.subject) });
  }
  await ofSubject.foresee(tx, null, untimed);
}

/** Whether it is known when it happened. */
export const isTimed = ({ occurred_from }: OtherClaim): boolean => occurred_from !== null;
