import { setImmediate as nextTurn } from 'node:timers/promises';
import { asc, desc, eq, sql } from 'drizzle-orm';
import { isMeant, linkedAtOnce, reachedBy } from '../../db/query/closures.js';
import { atMost, foundFirst } from '../../db/query/conditions.js';
import { prepared } from '../../db/query/prepared.js';
import type { Tx } from '../../db/store/store.js';
import {
  type Attribution,
  type ClaimGraph,
  type ClaimGraphs,
  type Party,
  type Source,
  type SourceAttribution,
  type Stance,
  sourceOf,
  wholesOfAll,
} from '../graph/graph.js';

/** What graphs are made of: attributions, parties, and sources with what is said of them. */

/** Most rows that one query reads. On SQLite it blocks the event loop for these few milliseconds. */
const PAGE = 500;

/** Reads the rows with some ids, `atOnce` of these by one query; between two queries other requests get their turn. */
export async function inPages<Row>(
  ids: Iterable<string>,
  read: (page: { ids: string }) => Promise<Row[]>,
  atOnce = PAGE,
): Promise<Row[]> {
  const all = [...ids];
  const rows: Row[] = [];
  for (let start = 0; start < all.length; start += atOnce) {
    if (start > 0) await nextTurn();
    const ids = JSON.stringify(all.slice(start, start + atOnce));
    for (const row of await read({ ids })) rows.push(row);
  }
  return rows;
}

type About = 'claim_id' | 'about_source_id';

const attributionRows = prepared((tx, about: About) => {
  const { attributions: t, attribution_relays: links } = tx.tables;
  const { id, key, party_id, stance, lineage, in_reply_to_id, source_id, said, said_from, said_to } = t;
  const { relay_depth, retracted_by_id } = t;
  const own = { id, key, party_id, stance, lineage, in_reply_to_id, source_id, said, said_from, said_to };
  const relayed = foundFirst(sql`select relayed_id from ${links} where attribution_id = ${t}.id`);
  const relays = sql<
    string | null
  >`(select ${tx.dialect.joined(sql.identifier('relayed_id'))} from (${relayed}) relayed)`;
  return tx.db
    .select({
      ...own,
      relay_depth,
      retracted_by_id,
      claim_id: about === 'claim_id' ? t.claim_id : sql<null>`null`,
      about_source_id: about === 'about_source_id' ? t.about_source_id : sql<null>`null`,
      relays,
    })
    .from(t)
    .where(isMeant(tx, t[about]))
    .orderBy(asc(t[about]), ...(about === 'claim_id' ? [desc(t.relay_depth)] : []), asc(t.id))
    .limit(atMost(PAGE))
    .offset(sql.placeholder('offset'));
});

export type AttributionRow = Awaited<ReturnType<typeof attributionRows>>[number];

export const attributionsAbout = (tx: Tx, about: About, ids: Iterable<string>): Promise<AttributionRow[]> =>
  inPages(ids, async (page) => {
    const rows: AttributionRow[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const more = await attributionRows(tx, about, { ...page, offset });
      rows.push(...more);
      if (more.length < PAGE) return rows;
      await nextTurn();
    }
  });

const NONE: string[] = [];

export const attributionOf = (row: AttributionRow): Attribution => ({
  id: row.id,
  party: row.party_id,
  stance: row.stance as Stance,
  lineage: row.lineage as Attribution['lineage'],
  // Engines join them in no particular order.
  relays: row.relays?.split(',').sort() ?? NONE,
  in_reply_to: row.in_reply_to_id,
  source: row.source_id,
  said: row.said,
  said_from: row.said_from,
  said_to: row.said_to,
});

export const aboutSourcesOf = (rows: AttributionRow[]): SourceAttribution[] =>
  rows
    .sort(byId)
    .flatMap((row) =>
      row.about_source_id === null ? [] : [{ ...attributionOf(row), about_source: row.about_source_id }],
    );

export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

const partyRows = prepared((tx) => {
  const { parties: t } = tx.tables;
  const { id, key, kind, name, part_of_id, independent_voice, unnamed, count_min, count_max } = t;
  return tx.db
    .select({ id, key, kind, name, part_of_id, independent_voice, unnamed, count_min, count_max })
    .from(t)
    .where(isMeant(tx, t.id));
});

/** The parties, and all that they are part of. */
export async function loadParties(tx: Tx, ids: ReadonlySet<string>) {
  const parties = new Map<string, Party>();
  const keys: ClaimGraphs['keys'] = new Map();
  const rows = await inPages(await reachedBy(tx, 'wholes', ids), (page) => partyRows(tx, null, page));
  for (const row of rows) {
    const { id, key, kind, name, part_of_id, independent_voice, unnamed, count_min, count_max } = row;
    const count = count_min === null && count_max === null ? null : { min: count_min, max: count_max };
    parties.set(id, { id, kind, name, part_of: part_of_id, independent_voice, unnamed, count });
    keys.set(id, key);
  }
  return { parties, keys };
}

const sourceRows = prepared((tx) => {
  const { sources: t } = tx.tables;
  const { id, title, part_of_id, publisher_id, published_from, published_to } = t;
  return tx.db
    .select({ id, title, part_of_id, publisher_id, published_from, published_to })
    .from(t)
    .where(isMeant(tx, t.id));
});

const keyRows = prepared((tx) => {
  const { sources: t } = tx.tables;
  return tx.db.select({ id: t.id, key: t.key }).from(t).where(isMeant(tx, t.id));
});

/** The keys of sources by id. */
export async function sourceKeysOf(tx: Tx, ids: Iterable<string>): Promise<Map<string, string | null>> {
  const rows = await inPages(ids, (page) => keyRows(tx, null, page));
  return new Map(rows.map(({ id, key }) => [id, key]));
}

const derivationRows = prepared((tx) => {
  const { source_derivations: t } = tx.tables;
  return tx.db
    .select({ from: t.source_id, to: t.derived_from_id })
    .from(t)
    .where(isMeant(tx, t.source_id))
    .orderBy(asc(t.derived_from_id));
});

const authorRows = prepared((tx) => {
  const { source_authors: t } = tx.tables;
  return tx.db
    .select({ source: t.source_id, party: t.party_id })
    .from(t)
    .where(isMeant(tx, t.source_id))
    .orderBy(asc(t.party_id));
});

type LoadedSources = Map<string, Source & { derived_from: string[]; authors: string[] }>;

/** Sources, what is said of them as a whole, and who may withdraw the sources that somebody withdraws or corrects. */
interface SourcesSpokenOf {
  sources: ReadonlyMap<string, Source>;
  about: AttributionRow[];
  /** Parties. */
  entitled: string[];
}

/**
 * The sources with all that they are part of or derived from, and what is said of any of these. What is
 * said stands in further sources, of which something may be said in turn.
 */
export async function loadSourcesSpokenOf(tx: Tx, ids: ReadonlySet<string>): Promise<SourcesSpokenOf> {
  const sources = await loadSources(tx, await reachedBy(tx, 'known', ids));
  const about = await attributionsAbout(tx, 'about_source_id', sources.keys());
  const changing = about.filter(({ stance }) => stance === 'retracts' || stance === 'corrects');
  const changed = new Set(changing.flatMap(({ about_source_id }) => about_source_id ?? []));
  const authors = await inPages(changed, (page) => authorRows(tx, null, page), linkedAtOnce(tx));
  for (const { source, party } of authors) sourceOf(source, sources).authors.push(party);
  const publishers = publishersIn(sources, wholesOfAll(changed, sources));
  return { sources, about, entitled: [...publishers, ...authors.map(({ party }) => party)] };
}

const publishersIn = (sources: ReadonlyMap<string, Source>, ids: Iterable<string>): string[] =>
  [...ids].flatMap((id) => sourceOf(id, sources).publisher ?? []);

/** A source with what it is part of, up to where a publisher is named, and the parties that may withdraw or correct it. */
export async function loadEntitled(tx: Tx, id: string): Promise<Pick<ClaimGraph, 'sources' | 'parties'>> {
  const sources = await loadSources(tx, await reachedBy(tx, 'publishedWith', [id]));
  const authors = await authorRows(tx, null, { ids: JSON.stringify([id]) });
  for (const { party } of authors) sourceOf(id, sources).authors.push(party);
  const publishers = publishersIn(sources, sources.keys());
  const { parties } = await loadParties(tx, new Set([...publishers, ...authors.map(({ party }) => party)]));
  return { sources, parties };
}

async function loadSources(tx: Tx, ids: readonly string[]): Promise<LoadedSources> {
  const sources: LoadedSources = new Map();
  const rows = await inPages(ids, (page) => sourceRows(tx, null, page));
  for (const { part_of_id: part_of, publisher_id: publisher, ...row } of rows) {
    sources.set(row.id, { ...row, part_of, derived_from: [], publisher, authors: [] });
  }
  const derivations = await inPages(ids, (page) => derivationRows(tx, null, page), linkedAtOnce(tx));
  for (const { from, to } of derivations) {
    await tx.yield();
    sourceOf(from, sources).derived_from.push(to);
  }
  return sources;
}

/** The id of the party of an attribution. */
export async function partyOfAttribution(tx: Tx, id: string): Promise<string | undefined> {
  const { attributions: t } = tx.tables;
  const [row] = await tx.db.select({ party: t.party_id }).from(t).where(eq(t.id, id));
  return row?.party;
}
