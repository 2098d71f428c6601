import { and, asc, desc, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { atMost } from '../db/query/conditions.js';
import { prepared, preparedForEach } from '../db/query/prepared.js';
import { documentJoin } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { chunksOf, groupBy } from '../lib/collections.js';
import { isOther, otherThan } from '../resources/others.store.js';
import type { ResourceRow } from '../resources/resource-type.js';

/** How many others are looked at. */
const LOOKED_AT = 100;
/** From so many relays on the document of each tells so much that fewer are looked at. */
const MANY_RELAYS = 20;
const LONG_LOOKED_AT = 10;

type About = 'claim_id' | 'about_source_id';

const datedAbout = preparedForEach((tx, about: About) => {
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
  datedAbout.run(tx, about, { target, ...otherThan(stored) });

type Relaying = 'none' | 'few' | 'many';

const relayingOf = ({ length }: readonly string[]): Relaying =>
  length === 0 ? 'none' : length < MANY_RELAYS ? 'few' : 'many';

/** How alike ones are looked for. */
type How = `${About} ${Relaying}`;

/** The condition that an attribution is alike as far as columns and one of the relays tell. */
function isAlike(tx: Tx, how: How): SQL | undefined {
  const { attributions: t, attribution_relays: links } = tx.tables;
  const [about, relaying] = how.split(' ') as [About, Relaying];
  const column: SQLWrapper = t[about];
  const relay = sql`select true from ${links} where ${links.attribution_id} = ${t.id}`;
  const relayed = sql.placeholder('relayed');
  // Not "exists", for which PostgreSQL would read the relays of all attributions, and a range, lest it read all relays of this one.
  const relays =
    relaying === 'none'
      ? sql`(${relay} limit 1) is null`
      : sql`(${relay} and ${links.relayed_id} between ${relayed} and ${relayed}) is not null`;
  return and(
    eq(t.party_id, sql.placeholder('party')),
    eq(t.stance, sql.placeholder('stance')),
    eq(column, sql.placeholder('target')),
    isSame(t.speaker_id, 'speaker'),
    isSame(t.source_id, 'source'),
    isSame(t.said, 'said'),
    isSame(t.in_reply_to_id, 'inReplyTo'),
    relays,
    isOther(t),
  );
}

/** Whether there is one at all: of many attributions most are like no other, and the documents of others can be large. */
const oneAlike = preparedForEach((tx, how: How) => {
  const { attributions: t } = tx.tables;
  return tx.db.select({ id: t.id }).from(t).where(isAlike(tx, how)).limit(atMost(1));
});

const documentsOf = prepared((tx, how: How) => {
  const { attributions: t } = tx.tables;
  return tx.db
    .select({ id: t.id, doc: tx.documents.doc })
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(isAlike(tx, how))
    .orderBy(asc(t.id))
    .limit(atMost(how.endsWith(' many') ? LONG_LOOKED_AT : LOOKED_AT));
});

/** Nothing is the same as nothing. */
const isSame = (column: SQLWrapper, name: keyof Who): SQL =>
  sql`${column} is not distinct from ${sql.placeholder(name)}`;

/** Who said what where, after whom; ids, but for the stance and the date. */
interface Who {
  target: string;
  party: string;
  stance: string;
  speaker: string | null;
  source: string | null;
  said: string | null;
  inReplyTo: string | null;
}

/** An attribution, what it is about, and who says what. */
export interface Compared {
  stored: ResourceRow;
  about: About;
  who: Who & { relays: readonly string[] };
}

/** Other attributions of a party about the same claim or source, in the same words as far as columns and one of the relays tell. */
export async function alikeBeside(tx: Tx, compared: Compared): Promise<{ id: string; doc: string }[]> {
  const { how, values } = askedOf(compared);
  const ahead = oneAlike.known(tx, how, values);
  return ahead?.length === 0 ? [] : documentsOf(tx, how, values);
}

function askedOf({ stored, about, who: { relays, ...ids } }: Compared) {
  const values = {
    ...{ ...ids, ...otherThan(stored) },
    ...(relays.length > 0 && { relayed: relays[0] }),
  };
  return { how: `${about} ${relayingOf(relays)}` as const, values };
}

/** Looks up at once what {@link alikeBeside} and {@link datesBeside} need for several attributions; the latter for those that are `dated`. */
export async function foreseeBeside(tx: Tx, all: readonly (Compared & { dated: boolean })[]): Promise<void> {
  for (const [how, some] of groupBy(all.map(askedOf), (one) => one.how)) {
    await oneAlike.foresee(
      tx,
      how,
      some.map(({ values }) => values),
    );
  }
  const dated = all.filter((one) => one.dated);
  for (const [about, some] of groupBy(dated, (one) => one.about)) {
    await datedAbout.foresee(
      tx,
      about,
      some.map(({ stored, who: { target } }) => ({ target, ...otherThan(stored) })),
    );
  }
}

const published = prepared((tx) => {
  const { sources: t } = tx.tables;
  return tx.db
    .select({ id: t.id, from: t.published_from, to: t.published_to })
    .from(t)
    .where(isMeant(tx, t.id));
});

type Published = [first: number | null, last: number | null];

/** First and last day on which a source was published. */
export async function publishedDays(tx: Tx, source: string): Promise<Published> {
  const known = tx.pending?.lookedUp(PUBLISHED).get(source);
  if (known !== undefined) return JSON.parse(known);
  const [row] = await published(tx, null, { ids: JSON.stringify([source]) });
  return [row?.from ?? null, row?.to ?? null];
}

const PUBLISHED = 'days on which sources were published';

/** Looks up at once when several sources were published. */
export async function foreseePublished(tx: Tx, sources: readonly string[]): Promise<void> {
  const known = tx.pending?.lookedUp(PUBLISHED);
  for (const ids of known ? chunksOf([...new Set(sources)], tx.dialect.objectsAtOnce) : []) {
    const rows = await published(tx, null, { ids: JSON.stringify(ids) });
    for (const { id, from, to } of rows) known?.set(id, JSON.stringify([from, to]));
  }
}
