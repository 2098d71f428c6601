import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../db/store.js';
import type { GraphRows } from './graph-rows.js';

/** Rows that are read at once: a few milliseconds. */
const ROWS_AT_ONCE = 2_500;
/** Documents that are read at once; they are larger than rows. */
const DOCS_AT_ONCE = 200;

/** Reads from the register all that the provenance of some claims is computed from. */
export async function graphRows(tx: Tx, claimIds: readonly string[]): Promise<GraphRows> {
  const { claims, parties, sources, source_derivations } = tx.tables;
  const ofClaims = sql`claim_id in ${[...claimIds]}`;
  const sourceIds = await idsOf(tx, sourcesBehind(tx, ofClaims));
  const ofSources = sourceIds.length > 0 ? sql`about_source_id in ${sourceIds}` : sql`false`;
  const partyIds = await idsOf(tx, partiesAbove(tx, ofClaims, ofSources, claimIds));
  const read = (columns: string[], table: SQL, column: string, ids: readonly string[], atOnce: number) =>
    inChunks(ids, atOnce, async (chunk) => {
      const where = sql`${sql.identifier(column)} in ${chunk}`;
      return jsonOf(
        tx,
        sql`select ${tx.dialect.jsonRows(names(...columns))} as json from ${table} where ${where}`,
      );
    });
  return {
    claims: await read(
      ['id', 'subject_id', 'standing', 'unnamed_only'],
      sql`${claims}`,
      'id',
      claimIds,
      ROWS_AT_ONCE,
    ),
    attributions: await attributionTexts(tx, ofClaims),
    about_sources: sourceIds.length > 0 ? await attributionTexts(tx, ofSources) : [],
    parties: await read(['part_of_id', 'doc'], sql`${parties}`, 'id', partyIds, DOCS_AT_ONCE),
    sources: await read(['id', 'part_of_id', 'doc'], sql`${sources}`, 'id', sourceIds, DOCS_AT_ONCE),
    derivations: await read(
      ['source_id', 'derived_from_id'],
      sql`${source_derivations}`,
      'source_id',
      sourceIds,
      ROWS_AT_ONCE,
    ),
  };
}

async function jsonOf(tx: Tx, query: SQL): Promise<string> {
  const [row] = await tx.rows<{ json: string }>(query);
  return row!.json;
}

const idsOf = async (tx: Tx, ids: SQL): Promise<string[]> => {
  const query = sql`${ids} select ${tx.dialect.jsonRows([sql`id`])} as json from found`;
  return (JSON.parse(await jsonOf(tx, query)) as [string][]).map(([id]) => id);
};

/** Between chunks other requests get their turn. */
async function inChunks(
  ids: readonly string[],
  size: number,
  read: (ids: string[]) => Promise<string>,
): Promise<string[]> {
  const texts: string[] = [];
  for (let start = 0; start < ids.length; start += size) {
    if (start > 0) await nextTurn();
    texts.push(await read(ids.slice(start, start + size)));
  }
  return texts;
}

const names = (...columns: string[]) => columns.map((column) => sql.identifier(column));
const columns = names(
  ...['id', 'key', 'claim_id', 'party_id', 'stance', 'lineage', 'in_reply_to_id', 'source_id'],
  ...['said_from', 'said_to', 'about_source_id', 'height'],
);

async function attributionTexts(tx: Tx, where: SQL): Promise<string[]> {
  const { attributions: t, attribution_relays: links } = tx.tables;
  const relays = sql`(select ${tx.dialect.joined(sql`relayed_id`)} from ${links} where attribution_id = ${t}.id)`;
  const texts: string[] = [];
  for (;;) {
    const [page] = await tx.rows<{ json: string; n: number }>(sql`
      select ${tx.dialect.jsonRows([...columns, sql`relays`])} as json, count(*) as n from (
        select ${sql.join(columns, sql`, `)}, ${relays} as relays from ${t} where ${where}
        order by claim_id, height desc, id limit ${ROWS_AT_ONCE} offset ${texts.length * ROWS_AT_ONCE}
      ) page`);
    if (page!.n > 0 || texts.length === 0) texts.push(page!.json);
    if (page!.n < ROWS_AT_ONCE) return texts;
    await nextTurn();
  }
}

/**
 * `found`: the sources of the attributions, and all that they are part of or derived from. The two numbered
 * rows let one recursive term follow two kinds of links, each by its index.
 */
function sourcesBehind(tx: Tx, attributions: SQL): SQL {
  const { attributions: a, sources: t, source_derivations: d } = tx.tables;
  return sql`with recursive found (id) as (
    select source_id from ${a} where ${attributions} and source_id is not null
    union select coalesce(part.part_of_id, derived.derived_from_id) from found
    cross join (select 1 as kind union all select 2) link
    left join ${t} part on link.kind = 1 and part.id = found.id
    left join ${d} derived on link.kind = 2 and derived.source_id = found.id
    where coalesce(part.part_of_id, derived.derived_from_id) is not null
  )`;
}

/** `found`: the parties of the attributions and the subjects of the claims, and all that they are part of. */
function partiesAbove(tx: Tx, ofClaims: SQL, ofSources: SQL, claimIds: readonly string[]): SQL {
  const { attributions: a, claims, parties: t } = tx.tables;
  return sql`with recursive named (id) as (
    select party_id from ${a} where ${ofClaims}
    union select party_id from ${a} where ${ofSources}
    union select subject_id from ${claims} where id in ${[...claimIds]} and subject_id is not null
  ), found (id) as (
    select id from named
    union select whole.part_of_id from ${t} whole join found on found.id = whole.id
    where whole.part_of_id is not null
  )`;
}

/** More are never told in one sentence. */
const WORDED = 500;

/** The documents' wording for parties that are not named, by attribution: for telling a claim in words. */
export async function wordingOf(
  tx: Tx,
  claimId: string,
): Promise<[attribution: string, wording: string | null][]> {
  const { attributions: t, parties } = tx.tables;
  const rows = await tx.rows<{ id: string; doc: string }>(sql`
    select said.id as id, said.doc as doc from ${t} said join ${parties} party on party.id = said.party_id
    where said.claim_id = ${claimId} and party.unnamed order by case said.lineage when 'originates' then 0 else 1 end, said.id limit ${WORDED}`);
  return rows.map(({ id, doc }) => [
    id,
    (JSON.parse(doc) as { party_as_stated: string | null }).party_as_stated,
  ]);
}
