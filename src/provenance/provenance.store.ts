import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, desc, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../db/store.js';
import type { Attribution, ClaimGraph, Party, Source, SourceAttribution, Stance } from './graph.js';

/** Reads from the register all that the provenance of one claim is computed from. */
export async function claimGraph(tx: Tx, claimId: string, subject: string | null): Promise<ClaimGraph> {
  const attributions = await attributionsOfClaim(tx, claimId);
  const sources = await sourcesBehind(tx, present(attributions.map(({ source }) => source)));
  const about_sources = await aboutSources(tx, [...sources.keys()]);
  const named = [...attributions, ...about_sources].map(({ party }) => party);
  const parties = await partiesAbove(tx, present([...named, subject]));
  return { subject, attributions, about_sources, parties, sources };
}

/** The graph with the documents' wording for parties that are not named, for telling it in words. */
export async function withWording(tx: Tx, graph: ClaimGraph): Promise<ClaimGraph> {
  const { attributions: t } = tx.tables;
  const unnamed = graph.attributions.filter(({ party }) => graph.parties.get(party)?.unnamed);
  const ids = unnamed.slice(0, WORDED).map(({ id }) => id);
  if (ids.length === 0) return graph;
  const rows = await tx.db.select({ id: t.id, doc: t.doc }).from(t).where(inArray(t.id, ids));
  const wording = new Map(
    rows.map(({ id, doc }) => [id, (JSON.parse(doc) as { party_as_stated: string | null }).party_as_stated]),
  );
  const attributions = graph.attributions.map((attribution) => ({
    ...attribution,
    party_as_stated: wording.get(attribution.id) ?? null,
  }));
  return { ...graph, attributions };
}

/** More are never told in one sentence. */
const WORDED = 500;

const present = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
const list = (ids: string[]) =>
  sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  );

const columnsOf = ({ tables: { attributions: t } }: Tx) => ({
  id: t.id,
  party: t.party_id,
  stance: t.stance,
  lineage: t.lineage,
  in_reply_to: t.in_reply_to_id,
  source: t.source_id,
  said_from: t.said_from,
  said_to: t.said_to,
  about_source: t.about_source_id,
});

type Row = Omit<SourceAttribution, 'relays' | 'about_source'> & { about_source: string | null };

async function withRelays(tx: Tx, rows: Row[]): Promise<Row[] & SourceAttribution[]> {
  const { attribution_relays: links } = tx.tables;
  const relays = new Map<string, string[]>(rows.map(({ id }) => [id, []]));
  const ids = [...relays.keys()];
  for (let start = 0; start < ids.length; start += 500) {
    const chunk = ids.slice(start, start + 500);
    for (const { from, to } of await tx.db
      .select({ from: links.attribution_id, to: links.relayed_id })
      .from(links)
      .where(inArray(links.attribution_id, chunk))
      .orderBy(links.attribution_id, links.relayed_id)) {
      relays.get(from)!.push(to);
    }
  }
  return rows.map((row) => ({ ...row, relays: relays.get(row.id)! })) as Row[] & SourceAttribution[];
}

/** Rows that are read at once; then other requests get their turn. */
const CHUNK = 500;

async function attributionsOfClaim(tx: Tx, claimId: string): Promise<Attribution[]> {
  const { attributions: t } = tx.tables;
  const all: Attribution[] = [];
  let last: { height: number; id: string } | null = null;
  for (;;) {
    const beyond: SQL | undefined = last
      ? or(lt(t.height, last.height), and(eq(t.height, last.height), gt(t.id, last.id)))
      : undefined;
    const rows = await tx.db
      .select({ ...columnsOf(tx), height: t.height })
      .from(t)
      .where(and(eq(t.claim_id, claimId), beyond))
      .orderBy(desc(t.height), asc(t.id))
      .limit(CHUNK);
    all.push(...(await withRelays(tx, rows as (Row & { stance: Stance })[])));
    if (rows.length < CHUNK) break;
    last = rows.at(-1)!;
    await nextTurn();
  }
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function aboutSources(tx: Tx, sources: string[]): Promise<SourceAttribution[]> {
  if (sources.length === 0) return [];
  const { attributions: t } = tx.tables;
  const rows = await tx.db
    .select(columnsOf(tx))
    .from(t)
    .where(inArray(t.about_source_id, sources))
    .orderBy(t.id);
  return withRelays(tx, rows as (Row & { stance: Stance })[]);
}

/** The parties, and all that they are part of. */
async function partiesAbove(tx: Tx, ids: string[]): Promise<Map<string, Party>> {
  if (ids.length === 0) return new Map();
  const { parties: t } = tx.tables;
  const rows = await tx.rows<{ doc: string; part_of_id: string | null }>(sql`
    with recursive above (id) as (
      select id from ${t} where id in (${list(ids)})
      union select whole.part_of_id from ${t} whole join above on above.id = whole.id
      where whole.part_of_id is not null
    )
    select party.doc as doc, party.part_of_id as part_of_id from ${t} party join above on above.id = party.id`);
  return new Map(
    rows.map(({ doc, part_of_id }) => {
      const { id, name, independent_voice, unnamed, count } = JSON.parse(doc) as Party;
      return [id, { id, name, part_of: part_of_id, independent_voice, unnamed, count }];
    }),
  );
}

/** The sources, and all that they are part of or derived from. */
async function sourcesBehind(tx: Tx, ids: string[]): Promise<Map<string, Source>> {
  if (ids.length === 0) return new Map();
  const { sources: t, source_derivations: d } = tx.tables;
  const rows = await tx.rows<{ id: string; part_of_id: string | null; doc: string }>(sql`
    with recursive behind (id) as (
      select id from ${t} where id in (${list(ids)})
      union select coalesce(part.part_of_id, derived.derived_from_id) from behind
      cross join (select 1 as kind union all select 2) link
      left join ${t} part on link.kind = 1 and part.id = behind.id
      left join ${d} derived on link.kind = 2 and derived.source_id = behind.id
      where coalesce(part.part_of_id, derived.derived_from_id) is not null
    )
    select source.id as id, source.part_of_id as part_of_id, source.doc as doc
    from ${t} source join behind on behind.id = source.id`);
  const derivations = await tx.db
    .select({ from: d.source_id, to: d.derived_from_id })
    .from(d)
    .where(
      inArray(
        d.source_id,
        rows.map(({ id }) => id),
      ),
    );
  return new Map(
    rows.map(({ id, part_of_id, doc }) => {
      const view = JSON.parse(doc) as Required<
        Pick<Source, 'title' | 'reporting_period_from' | 'reporting_period_to'>
      >;
      const derived_from = derivations.filter(({ from }) => from === id).map(({ to }) => to);
      const { title, reporting_period_from, reporting_period_to } = view;
      return [
        id,
        { id, title, part_of: part_of_id, derived_from, reporting_period_from, reporting_period_to },
      ];
    }),
  );
}
