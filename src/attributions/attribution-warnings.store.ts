import { and, asc, desc, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { atMost } from '../db/query/conditions.js';
import { prepared } from '../db/query/prepared.js';
import { documentJoin } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { isOther, otherThan } from '../resources/others.store.js';
import type { ResourceRow } from '../resources/resource-type.js';

/** How many others are looked at. */
const LOOKED_AT = 100;

type About = 'claim_id' | 'about_source_id';

const datedAbout = prepared((tx, about: About) => {
  const { attributions: t } = tx.tables;
  const column: SQLWrapper = t[about];
  return tx.db
    .select({ id: t.id, said_from: t.said_from, said_to: t.said_to })
    .from(t)
    .where(and(eq(column, sql.placeholder('target')), isOther(t)))
    .orderBy(desc(t.relay_depth), asc(t.id))
    .limit(atMost(LOOKED_AT));
});

/** When other attributions about the same claim or source were said. */
export const datesBeside = (tx: Tx, stored: ResourceRow, about: About, target: string) =>
  datedAbout(tx, about, { target, ...otherThan(stored) });

const documentsOf = prepared((tx, about: About) => {
  const { attributions: t } = tx.tables;
  const column: SQLWrapper = t[about];
  return tx.db
    .select({ id: t.id, doc: tx.documents.doc })
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(
      and(
        eq(t.party_id, sql.placeholder('party')),
        eq(t.stance, sql.placeholder('stance')),
        eq(column, sql.placeholder('target')),
        isSame(t.speaker_id, 'speaker'),
        isSame(t.source_id, 'source'),
        isSame(t.said, 'said'),
        isSame(t.in_reply_to_id, 'inReplyTo'),
        isOther(t),
      ),
    )
    .orderBy(asc(t.id))
    .limit(atMost(LOOKED_AT));
});

/** Nothing is the same as nothing. */
const isSame = (column: SQLWrapper, name: keyof Who): SQL =>
  sql`${column} is not distinct from ${sql.placeholder(name)}`;

/** Who said what where; ids, but for the stance and the date. */
interface Who {
  target: string;
  party: string;
  stance: string;
  speaker: string | null;
  source: string | null;
  said: string | null;
  inReplyTo: string | null;
}

/** Other attributions of a party about the same claim or source, in the same words as far as columns tell. */
export const alikeBeside = (tx: Tx, stored: ResourceRow, about: About, ids: Who) =>
  documentsOf(tx, about, { ...ids, ...otherThan(stored) });

const published = prepared((tx) => {
  const { sources: t } = tx.tables;
  return tx.db
    .select({ id: t.id, from: t.published_from, to: t.published_to })
    .from(t)
    .where(isMeant(tx, t.id));
});

/** First and last day on which a source was published. */
export async function publishedDays(
  tx: Tx,
  source: string,
): Promise<[first: number | null, last: number | null]> {
  const [row] = await published(tx, null, { ids: JSON.stringify([source]) });
  return [row?.from ?? null, row?.to ?? null];
}
