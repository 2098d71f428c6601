import { setImmediate as nextTurn } from 'node:timers/promises';
import { asc, desc, sql } from 'drizzle-orm';
import { isMeant } from '../db/closures.js';
import { prepared } from '../db/prepared.js';
import type { Tx } from '../db/store.js';
import { dayText } from '../lib/edtf.js';
import type {
  Attribution,
  ClaimGraph,
  ClaimGraphs,
  Party,
  Source,
  SourceAttribution,
  Stance,
} from './graph.js';
import type { Computed } from './standing.js';

/** What is stored beside a claim and follows from its attributions. */
export interface StoredStanding {
  computed: Computed;
  /** Of the claim's attributions, in the order of its graph. */
  heights: number[];
}

export interface LoadedGraphs extends ClaimGraphs {
  /** By claim. */
  stored: Map<string, StoredStanding>;
}

/** Reads all that the standing of some claims is computed from. */
export async function loadGraphs(tx: Tx, claimIds: readonly string[]): Promise<LoadedGraphs> {
  const claims = await inPages(claimIds, (ids) => claimRows(tx, null, ids));
  const said = await attributionsAbout(tx, 'claim_id', claimIds);
  const sources = await loadSources(tx, new Set(said.flatMap(({ source_id }) => source_id ?? [])));
  const aboutSources = await attributionsAbout(tx, 'about_source_id', sources.keys());
  const named = [...said, ...aboutSources].map(({ party_id }) => party_id);
  const subjects = claims.flatMap(({ subject_id }) => subject_id ?? []);
  const { parties, keys } = await loadParties(tx, new Set([...named, ...subjects]));
  for (const { id, key } of [...said, ...aboutSources]) keys.set(id, key);

  const about_sources = aboutSourcesOf(aboutSources);
  const graphs = new Map<string, ClaimGraph & { attributions: Attribution[] }>();
  const stored: LoadedGraphs['stored'] = new Map();
  for (const { id, subject_id: subject, ...computed } of claims) {
    graphs.set(id, { subject, attributions: [], about_sources, parties, sources });
    stored.set(id, { computed: computed as Computed, heights: [] });
  }
  for (const row of said.sort(byId)) {
    graphs.get(row.claim_id!)!.attributions.push(attributionOf(row));
    stored.get(row.claim_id!)!.heights.push(row.height);
  }
  return { graphs, keys, stored };
}

/** A claim that is not stored yet, with its attributions in the order of their ids. */
export type NewClaim = Pick<ClaimGraph, 'subject' | 'attributions'>;

/** The graphs of such claims, which share what they name. */
export async function graphsOfNew(tx: Tx, claims: readonly NewClaim[]): Promise<ClaimGraph[]> {
  const said = claims.flatMap(({ attributions }) => attributions);
  const sources = await loadSources(tx, new Set(said.flatMap(({ source }) => source ?? [])));
  const aboutSources = await attributionsAbout(tx, 'about_source_id', sources.keys());
  const named = [...said.map(({ party }) => party), ...aboutSources.map(({ party_id }) => party_id)];
  const subjects = claims.flatMap(({ subject }) => subject ?? []);
  const { parties } = await loadParties(tx, new Set([...named, ...subjects]));
  const about_sources = aboutSourcesOf(aboutSources);
  return claims.map((claim) => ({ ...claim, about_sources, parties, sources }));
}

/** The same of one claim. */
export async function loadGraph(
  tx: Tx,
  claimId: string,
): Promise<{ graph: ClaimGraph; keys: ClaimGraphs['keys']; stored: StoredStanding }> {
  const { graphs, keys, stored } = await loadGraphs(tx, [claimId]);
  return { graph: graphs.get(claimId)!, keys, stored: stored.get(claimId)! };
}

/** Rows that one query reads: a few milliseconds, in which it holds the event loop on SQLite. */
const PAGE = 1_000;

/** Reads the rows with some ids; between two queries other requests get their turn. */
async function inPages<Row>(
  ids: Iterable<string>,
  read: (page: { ids: string }) => Promise<Row[]>,
): Promise<Row[]> {
  const all = [...ids];
  const rows: Row[] = [];
  for (let start = 0; start < all.length; start += PAGE) {
    if (start > 0) await nextTurn();
    const ids = JSON.stringify(all.slice(start, start + PAGE));
    for (const row of await read({ ids })) rows.push(row);
  }
  return rows;
}

const claimRows = prepared((tx) => {
  const { claims: t } = tx.tables;
  const { last_said, attribution_count, support, contested, retracted, min_origins, unnamed_only, standing } =
    t;
  const computed = {
    last_said,
    attribution_count,
    support,
    contested,
    retracted,
    min_origins,
    unnamed_only,
    standing,
  };
  return tx.db
    .select({ id: t.id, subject_id: t.subject_id, ...computed })
    .from(t)
    .where(isMeant(tx, t.id))
    .orderBy(asc(t.id));
});

type About = 'claim_id' | 'about_source_id';

const attributionRows = prepared((tx, about: About) => {
  const { attributions: t, attribution_relays: links } = tx.tables;
  const { id, key, party_id, stance, lineage, in_reply_to_id, source_id, said_from, said_to, height } = t;
  const own = { id, key, party_id, stance, lineage, in_reply_to_id, source_id, said_from, said_to, height };
  const relayed = tx.dialect.joined(sql.identifier('relayed_id'));
  return tx.db
    .select({
      ...own,
      claim_id: about === 'claim_id' ? t.claim_id : sql<null>`null`,
      about_source_id: about === 'about_source_id' ? t.about_source_id : sql<null>`null`,
      relays: sql<string | null>`(select ${relayed} from ${links} where attribution_id = ${t}.id)`,
    })
    .from(t)
    .where(isMeant(tx, t[about]))
    .orderBy(asc(t[about]), ...(about === 'claim_id' ? [desc(t.height)] : []), asc(t.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset'));
});

type AttributionRow = Awaited<ReturnType<typeof attributionRows>>[number];

const attributionsAbout = (tx: Tx, about: About, ids: Iterable<string>): Promise<AttributionRow[]> =>
  inPages(ids, async (page) => {
    const rows: AttributionRow[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const more = await attributionRows(tx, about, { ...page, limit: PAGE, offset });
      rows.push(...more);
      if (more.length < PAGE) return rows;
      await nextTurn();
    }
  });

const NONE: string[] = [];

const attributionOf = (row: AttributionRow): Attribution => ({
  id: row.id,
  party: row.party_id,
  stance: row.stance as Stance,
  lineage: row.lineage as Attribution['lineage'],
  // Engines join them in no certain order.
  relays: row.relays?.split(',').sort() ?? NONE,
  in_reply_to: row.in_reply_to_id,
  source: row.source_id,
  said_from: row.said_from,
  said_to: row.said_to,
});

const aboutSourcesOf = (rows: AttributionRow[]): SourceAttribution[] =>
  rows.sort(byId).map((row) => ({ ...attributionOf(row), about_source: row.about_source_id! }));

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

const partyRows = prepared((tx) => {
  const { parties: t } = tx.tables;
  const { id, key, name, part_of_id, independent_voice, unnamed, count_min, count_max } = t;
  return tx.db
    .select({ id, key, name, part_of_id, independent_voice, unnamed, count_min, count_max })
    .from(t)
    .where(isMeant(tx, t.id));
});

/** The parties, and all that they are part of. */
async function loadParties(tx: Tx, ids: ReadonlySet<string>) {
  const parties = new Map<string, Party>();
  const keys: ClaimGraphs['keys'] = new Map();
  for (let wanted: Iterable<string> = ids; ; ) {
    const rows = await inPages(wanted, (page) => partyRows(tx, null, page));
    for (const { id, key, name, part_of_id, independent_voice, unnamed, count_min, count_max } of rows) {
      const count = count_min === null && count_max === null ? null : { min: count_min, max: count_max };
      parties.set(id, { id, name, part_of: part_of_id, independent_voice, unnamed, count });
      keys.set(id, key);
    }
    const above = rows.flatMap(({ part_of_id }) => part_of_id ?? []).filter((id) => !parties.has(id));
    if (above.length === 0) return { parties, keys };
    wanted = new Set(above);
  }
}

const sourceRows = prepared((tx) => {
  const { sources: t } = tx.tables;
  const { id, title, part_of_id, reporting_from, reporting_to } = t;
  return tx.db
    .select({ id, title, part_of_id, reporting_from, reporting_to })
    .from(t)
    .where(isMeant(tx, t.id));
});

const derivationRows = prepared((tx) => {
  const { source_derivations: t } = tx.tables;
  return tx.db
    .select({ from: t.source_id, to: t.derived_from_id })
    .from(t)
    .where(isMeant(tx, t.source_id))
    .orderBy(asc(t.derived_from_id));
});

/** The sources, and all that they are part of or derived from. */
async function loadSources(tx: Tx, ids: ReadonlySet<string>): Promise<Map<string, Source>> {
  const sources = new Map<string, Source & { derived_from: string[] }>();
  for (let wanted: ReadonlySet<string> = ids; ; ) {
    const rows = await inPages(wanted, (page) => sourceRows(tx, null, page));
    for (const { id, title, part_of_id: part_of, reporting_from, reporting_to } of rows) {
      const [reporting_period_from, reporting_period_to] = [dayText(reporting_from), dayText(reporting_to)];
      sources.set(id, { id, title, part_of, derived_from: [], reporting_period_from, reporting_period_to });
    }
    const derivations = await inPages(wanted, (page) => derivationRows(tx, null, page));
    for (const { from, to } of derivations) sources.get(from)!.derived_from.push(to);
    const behind = [
      ...rows.flatMap(({ part_of_id }) => part_of_id ?? []),
      ...derivations.map(({ to }) => to),
    ];
    wanted = new Set(behind.filter((id) => !sources.has(id)));
    if (wanted.size === 0) return sources;
  }
}

/** More are never told in one sentence. */
const WORDED = 500;

/** The documents' wording for parties that are not named, by attribution: for telling a claim in words. */
export async function wordingOf(
  tx: Tx,
  claimId: string,
): Promise<[attribution: string, wording: string | null][]> {
  const { attributions: t, history, parties } = tx.tables;
  const rows = await tx.rows<{ id: string; doc: string }>(sql`
    select id, doc from ${t} join ${history} on ${history}.seq = ${t}.seq where id in (
      select said.id from ${t} said join ${parties} party on party.id = said.party_id
      where said.claim_id = ${claimId} and party.unnamed
      order by case said.lineage when 'originates' then 0 else 1 end, said.id limit ${WORDED}
    )`);
  return rows.map(({ id, doc }) => [
    id,
    (JSON.parse(doc) as { party_as_stated: string | null }).party_as_stated,
  ]);
}
