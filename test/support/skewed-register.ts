import { getTableColumns, sql } from 'drizzle-orm';
import type { TableName } from '../../src/db/query/rows.js';
import type { Tx } from '../../src/db/store/store.js';
import { unitForm } from '../../src/lib/units.js';
import type { TestApp } from './app.js';

/**
 * A register in which nearly all rows have one value of a filter, and few have another: two objects of each noun, with
 * the keys `many` and `few`, and copies of them, of which every hundredth is one of the few.
 */
export async function fillSkewed(
  t: Pick<TestApp, 'send' | 'store' | 'newKey'>,
  copies: number,
): Promise<void> {
  const headers = { authorization: `Bearer ${await t.newKey(['write', 'review'])}` };
  for (const part of ['many', 'few'] as const) {
    await t.send('PUT', `/v1/parties/${part}-whole`, { kind: 'other', name: part });
    await t.send('PUT', `/v1/sources/${part}-whole`, { type: 'other', title: part });
    await t.send('PUT', `/v1/sources/${part}-older`, { type: 'other', title: part });
    await t.send('PUT', `/v1/claims/${part}-end`, { kind: 'demand', text: part });
  }
  for (const noun of Object.keys(bodies('many'))) {
    for (const part of ['many', 'few'] as const) {
      const { status, text } = await t.send('PUT', `/v1/${noun}/${part}`, bodies(part)[noun], headers);
      if (status !== 201) throw new Error(`${noun} ${part}: ${text}`);
    }
  }
  const about = { about_source: 'few', party: 'few', stance: 'denies' };
  await t.send('PUT', '/v1/attributions/of-source', about);
  await t.store.write(async (tx) => {
    for (const copied of COPIED) await copy(tx, copied, copies);
  });
}

/** The objects by plural, in the order in which they refer to each other. */
function bodies(part: 'many' | 'few'): Record<string, object> {
  const many = part === 'many';
  const year = many ? '2010' : '2024';
  const country = many ? 'AF' : 'PK';
  return {
    parties: {
      ...{ kind: many ? 'organization' : 'person', name: many ? 'Crowd' : 'Hermit', country },
      ...{
        part_of: `${part}-whole`,
        identifiers: [{ scheme: 'wikidata', value: many ? 'Q1' : 'Q2' }],
        unnamed: !many,
      },
    },
    predicates: {
      ...{ label: part, value_type: many ? 'quantity' : 'money', functional: many },
      measure: many ? 'level' : 'period_total',
    },
    sources: {
      ...{ type: many ? 'article' : 'report', title: many ? 'Daily' : 'Yearbook', publisher: part },
      ...{ published: year, language: many ? 'en' : 'ps', reliability: many ? 'C' : 'A', authors: [part] },
      ...{ part_of: `${part}-whole`, derived_from: [`${part}-whole`], supersedes: [`${part}-older`] },
      ...{
        url: `https://example.org/${part}`,
        identifiers: [{ scheme: 'doi', value: many ? '10.1000/1' : '10.1000/2' }],
      },
    },
    claims: {
      ...{ kind: many ? 'fact' : 'opinion', text: part, language: many ? 'en' : 'ps', occurred: year },
      ...{ subject: part, predicate: part, topics: [part], places: [{ name: part, iso_3166: country }] },
      // The whole of the few takes part in many.
      participants: [part, ...(many ? ['few-whole'] : [])].map((party) => ({ party, role: 'witness' })),
      value: many
        ? { type: 'quantity', value: '5', unit: 'persons' }
        : { type: 'money', value: '7', currency: 'PKR' },
    },
    attributions: {
      ...{ claim: part, party: part, speaker: part, source: part, said: year },
      ...{ stance: many ? 'asserts' : 'denies', manner: many ? 'states' : 'estimates' },
      ...{ basis: many ? 'witnessed' : 'told', lineage: many ? 'originates' : 'unknown' },
      note: part,
    },
    relations: { from: part, to: `${part}-end`, type: many ? 'supports' : 'updates', note: part },
    assessments: {
      ...{ claim: part, credibility: many ? 2 : 6, assessor: part, assessed_at: `${year}-01-01T00:00:00Z` },
      ...(many
        ? { likelihood: 'likely', confidence: 'moderate' }
        : { likelihood: 'unlikely', confidence: 'low' }),
      rationale: part,
    },
    judgements: {
      ...{ noun: many ? 'party' : 'source', one: part, other: many ? 'many-whole' : 'few-whole' },
      ...{ judgement: many ? 'not_the_same' : 'unsure', reason: part },
    },
  };
}

interface Copied {
  table: TableName;
  /** Columns of the copies that are not as in what is copied; `n.i` is the number of the copy, `t` what is copied. */
  columns: Record<string, string>;
  /** Rows that belong to the objects, with the column that names the object. */
  belongings?: [TableName, string][];
}

const isFew = 'n.i % 100 = 0';
const ofFew = (few: string, many: string) => `CASE WHEN ${isFew} THEN ${few} ELSE ${many} END`;
const idOf = (noun: string) => `'${noun}_0000000000' || (1000000000000000 + n.i)`;
/** Half of the few are older than all others. */
const older = (old: string, other: string) => `CASE WHEN n.i % 200 = 100 THEN ${old} ELSE ${other} END`;
const stamp = older(
  "'2012-01-01T00:00:00.000Z'",
  ofFew("'2026-01-01T00:00:00.000Z'", "'2020-01-01T00:00:00.000Z'"),
);
/** Some of the many have a trait of the few. */
const alike = (few: string, other: string) => `CASE WHEN n.i % 100 = 50 THEN ${few} ELSE ${other} END`;
const recorded = { key: 'NULL', created_at: stamp, updated_at: stamp };
const dated = (name: string) =>
  Object.fromEntries(['from', 'to'].map((end) => [`${name}_${end}`, older('0', `t.${name}_${end}`)]));

const COPIED: Copied[] = [
  {
    table: 'parties',
    columns: { ...recorded, id: idOf('party') },
    belongings: [
      ['party_names', 'party_id'],
      ['identifiers', 'object_id'],
    ],
  },
  { table: 'predicates', columns: { ...recorded, id: "'predicate-' || n.i" } },
  {
    table: 'sources',
    columns: {
      ...recorded,
      ...dated('published'),
      id: idOf('source'),
      status: ofFew("'withdrawn'", 't.status'),
      language: alike("'ps'", 't.language'),
    },
    belongings: [
      ['source_urls', 'source_id'],
      ['source_authors', 'source_id'],
      ['source_derivations', 'source_id'],
      ['source_supersessions', 'source_id'],
      ['identifiers', 'object_id'],
    ],
  },
  {
    table: 'claims',
    columns: {
      ...{
        ...recorded,
        ...dated('occurred'),
        id: idOf('claim'),
        support: ofFew("'corroborated'", "'single_origin'"),
      },
      activity_at: stamp,
      ...{ contested: ofFew('true', 'false'), retracted: ofFew('true', 'false') },
      ...{ unnamed_only: ofFew('true', 'false'), unsourced: ofFew('true', 'false') },
      min_origins: ofFew('3', '1'),
      ...{ unit: ofFew(`'${unitForm('rifles')}'`, 't.unit'), currency: ofFew('t.currency', "'AFN'") },
    },
    belongings: [
      ['claim_participants', 'claim_id'],
      ['claim_places', 'claim_id'],
      ['claim_topics', 'claim_id'],
    ],
  },
  {
    table: 'attributions',
    columns: {
      ...{
        ...recorded,
        ...dated('said'),
        id: idOf('attribution'),
        claim_id: idOf('claim'),
        retracted_by_id: ofFew('t.id', 'NULL'),
      },
      stance: alike("'denies'", 't.stance'),
      // Some sources have many attributions, others one.
      source_id: `CASE WHEN n.i % 3 = 0 THEN ${idOf('source')} ELSE ${alike("(SELECT id FROM sources WHERE key = 'few')", 't.source_id')} END`,
    },
  },
  { table: 'relations', columns: { ...recorded, id: idOf('relation') } },
  // The few claims are not assessed.
  {
    table: 'assessments',
    columns: {
      ...recorded,
      id: idOf('assessment'),
      claim_id: ofFew('t.claim_id', idOf('claim')),
    },
  },
  { table: 'judgements', columns: { ...recorded, id: idOf('judgement') } },
];

async function copy(tx: Tx, { table, columns, belongings = [] }: Copied, copies: number): Promise<void> {
  const numbers = `(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${copies}) SELECT i FROM n) n`;
  const copied = `${numbers} JOIN ${table} t ON t.key = ${ofFew("'few'", "'many'")}`;
  const insert = async (into: TableName, values: Record<string, string>, of: string, from: string) => {
    const names = Object.values(getTableColumns(tx.tables[into])).map(({ name }) => name);
    const select = names.map((name) => values[name] ?? `${of}.${name}`);
    await tx.rows(sql.raw(`INSERT INTO ${into} (${names}) SELECT ${select} FROM ${from} RETURNING 1`));
  };
  await insert(table, columns, 't', copied);
  for (const [child, owner] of belongings) {
    await insert(child, { [owner]: columns.id! }, 'c', `${copied} JOIN ${child} c ON c.${owner} = t.id`);
  }
}
