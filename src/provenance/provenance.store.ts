import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../db/store.js';
import { type AttributionRows, type GraphRows, subjectsOf } from './graph-rows.js';

/** Objects with documents, which are larger than rows, that are read at once. */
const DOCS_AT_ONCE = 200;

/** What was read, and the ids of the parties and sources that it tells of. */
export interface ReadGraph {
  rows: GraphRows;
  members: ReadonlySet<string>;
}

/** Reads from the register all that the provenance of some claims is computed from. */
export async function graphRows(tx: Tx, claimIds: readonly string[]): Promise<GraphRows> {
  return (await readGraph(tx, claimIds)).rows;
}

export async function readGraph(tx: Tx, claimIds: readonly string[]): Promise<ReadGraph> {
  const { rowsAtOnce } = tx.dialect;
  const { claims, parties, sources, source_derivations } = tx.tables;
  const ofClaims = await inChunks(claimIds, rowsAtOnce, (ids) =>
    jsonOf(tx, ['id', 'subject_id', 'standing', 'unnamed_only'], sql`${claims} where id in ${ids}`),
  );
  const said = await attributionPages(tx, 'claim_id', claimIds);
  const behind = await inChunks([...said.sources], DOCS_AT_ONCE, (ids) => sourcesBehind(tx, ids));
  const sourceIds = [...new Set(behind.flat())];
  const about = await attributionPages(tx, 'about_source_id', sourceIds);
  const named = new Set([...said.parties, ...about.parties, ...subjectsOf(texts(ofClaims))]);
  const ofParties = await inChunks([...named], DOCS_AT_ONCE, (ids) =>
    jsonOf(tx, ['part_of_id', 'doc'], sql`${parties} where id in ${partiesAbove(tx, ids)}`),
  );
  const ofSources = await inChunks(sourceIds, DOCS_AT_ONCE, (ids) =>
    jsonOf(tx, ['id', 'part_of_id', 'doc'], sql`${sources} where id in ${ids}`),
  );
  const rows: GraphRows = {
    claims: texts(ofClaims),
    attributions: said.pages,
    anew: [],
    about_sources: about.pages,
    parties: texts(ofParties),
    sources: texts(ofSources),
    derivations: await inChunks(sourceIds, rowsAtOnce, (ids) =>
      pairs(tx, 'source_id', 'derived_from_id', sql`${source_derivations} where source_id in ${ids}`),
    ),
  };
  return { rows, members: new Set([...ofParties, ...ofSources].flatMap(({ ids }) => ids.split(','))) };
}

interface Page {
  json: string;
  ids: string;
}

const texts = (pages: readonly Page[]): string[] => pages.map(({ json }) => json);

async function jsonOf(tx: Tx, columns: string[], from: SQL): Promise<Page> {
  const { jsonRows, joined } = tx.dialect;
  const [row] = await tx.rows<Page>(
    sql`select ${jsonRows(names(...columns))} as json, ${joined(sql`id`)} as ids from ${from}`,
  );
  return row!;
}

/** Between chunks other requests get their turn. */
async function inChunks<Result>(
  ids: readonly string[],
  size: number,
  read: (ids: string[]) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < ids.length; start += size) {
    if (start > 0) await nextTurn();
    results.push(await read(ids.slice(start, start + size)));
  }
  return results;
}

const names = (...columns: string[]) => columns.map((column) => sql.identifier(column));
/** Columns that the index of a claim's attributions holds: their rows, which are long, are not looked at. */
const columns = names(
  ...['id', 'key', 'party_id', 'stance', 'lineage', 'in_reply_to_id', 'source_id', 'said_from', 'said_to'],
  'height',
);

/** Attributions and what they relay, and whom and what they name. */
interface Said {
  pages: AttributionRows[];
  parties: Set<string>;
  sources: Set<string>;
}

/** The attributions of some claims, or of what is said about some sources. */
async function attributionPages(
  tx: Tx,
  about: 'claim_id' | 'about_source_id',
  ids: readonly string[],
): Promise<Said> {
  const { rowsAtOnce } = tx.dialect;
  const found: Said = { pages: [], parties: new Set(), sources: new Set() };
  const order = about === 'claim_id' ? sql`claim_id, height desc, id` : sql`about_source_id, id`;
  let full = ids.length > 0;
  for (let offset = 0; full; offset += rowsAtOnce) {
    if (offset > 0) await nextTurn();
    const where = sql`where ${sql.identifier(about)} in ${[...ids]}
      order by ${order} limit ${rowsAtOnce} offset ${offset}`;
    full = (await readSaid(tx, about, where, found)) === rowsAtOnce;
  }
  return found;
}

interface SaidPage {
  /** Null in the last row, whose `rows` and `sources` are the ids of parties and sources. */
  about: string | null;
  rows: string | null;
  n: number;
  sources: string | null;
}

/** Adds some attributions to what was found; gives their number. */
async function readSaid(
  tx: Tx,
  about: 'claim_id' | 'about_source_id',
  where: SQL,
  found: Said,
): Promise<number> {
  const { attributions: t, attribution_relays: links } = tx.tables;
  const { plainRows, joined } = tx.dialect;
  const target = sql.identifier(about);
  const relayed = sql`(select ${joined(sql`relayed_id`)} from ${links} where attribution_id = said.id)`;
  // The second part tells whom and what they name: distinct texts within the first would have to be sorted.
  const pages = await tx.rows<SaidPage>(sql`
    with said as (select ${sql.join([target, ...columns], sql`, `)} from ${t} ${where})
    select ${target} as about, ${plainRows([...columns, relayed])} as rows, count(*) as n, null as sources
    from said group by ${target}
    union all
    select null, ${joined(sql`party_id`)}, 0, ${joined(sql`source_id`)}
    from (select distinct party_id, source_id from said) named`);
  let count = 0;
  for (const { about, rows, n, sources } of pages) {
    count += n;
    if (about !== null) {
      found.pages.push({ about, rows: rows! });
      continue;
    }
    for (const id of rows?.split(',') ?? []) found.parties.add(id);
    for (const id of sources?.split(',') ?? []) found.sources.add(id);
  }
  return count;
}

/** Some attributions of claims as they are now. */
export async function attributionsAnew(tx: Tx, ids: readonly string[]): Promise<AttributionRows[]> {
  const found: Said = { pages: [], parties: new Set(), sources: new Set() };
  await readSaid(tx, 'claim_id', sql`where id in ${oneOf(tx, ids)}`, found);
  return found.pages;
}

/** What attributions are about, and whom and what they name. */
export type Mentions = Pick<
  Tx['tables']['attributions']['$inferSelect'],
  'claim_id' | 'about_source_id' | 'party_id' | 'source_id'
>;

/** That of some attributions, by id; those that are no more are left out. */
export async function mentionsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Mentions>> {
  const { attributions: t } = tx.tables;
  const { id, claim_id, about_source_id, party_id, source_id } = t;
  const rows = await tx.db
    .select({ id, claim_id, about_source_id, party_id, source_id })
    .from(t)
    .where(sql`${id} in ${oneOf(tx, ids)}`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** One query for any number of them. */
const oneOf = (tx: Tx, ids: readonly string[]): SQL => tx.dialect.textsIn(sql`${JSON.stringify(ids)}`);

/** Pairs of ids as {@link GraphRows} has them. */
async function pairs(tx: Tx, from: string, to: string, where: SQL): Promise<string> {
  const [a, b] = names(from, to);
  const [row] = await tx.rows<{ pairs: string | null }>(
    sql`select ${tx.dialect.joined(sql`${a} || ' ' || ${b}`)} as pairs from ${where}`,
  );
  return row!.pairs ?? '';
}

/**
 * The sources, and all that they are part of or derived from. The two numbered rows let one recursive term
 * follow two kinds of links, each by its index.
 */
async function sourcesBehind(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { sources: t, source_derivations: d } = tx.tables;
  const [found] = await tx.rows<{ ids: string }>(sql`with recursive found (id) as (
    select id from ${t} where id in ${[...ids]}
    union select coalesce(part.part_of_id, derived.derived_from_id) from found
    cross join (select 1 as kind union all select 2) link
    left join ${t} part on link.kind = 1 and part.id = found.id
    left join ${d} derived on link.kind = 2 and derived.source_id = found.id
    where coalesce(part.part_of_id, derived.derived_from_id) is not null
  ) select ${tx.dialect.joined(sql`id`)} as ids from found`);
  return found!.ids.split(',');
}

/** A subquery: the parties, and all that they are part of. */
function partiesAbove(tx: Tx, ids: readonly string[]): SQL {
  const { parties: t } = tx.tables;
  return sql`(with recursive found (id) as (
    select id from ${t} where id in ${[...ids]}
    union select whole.part_of_id from ${t} whole join found on found.id = whole.id
    where whole.part_of_id is not null
  ) select id from found)`;
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
    select id, doc from ${t} where id in (
      select said.id from ${t} said join ${parties} party on party.id = said.party_id
      where said.claim_id = ${claimId} and party.unnamed
      order by case said.lineage when 'originates' then 0 else 1 end, said.id limit ${WORDED}
    )`);
  return rows.map(({ id, doc }) => [
    id,
    (JSON.parse(doc) as { party_as_stated: string | null }).party_as_stated,
  ]);
}
