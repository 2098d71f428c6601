import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lt, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { isMeant } from '../../db/query/closures.js';
import { atMost } from '../../db/query/conditions.js';
import { prepared } from '../../db/query/prepared.js';
import { encodeReference, fillReferences, type Reference } from '../../db/query/references.js';
import { documentJoin, withDocument } from '../../db/query/rows.js';
import type { Tx } from '../../db/store/store.js';
import { lookUp } from '../../lib/collections.js';
import { effectiveUnit } from '../../lib/units.js';
import { zip } from '../../lib/zip.js';
import { affirms, carries, opposes, type Stance } from '../graph/graph.js';
import type { Standing } from '../standing/standing.js';
import type { ComparableValue } from '../values/value.js';
import { type WordsOf, wordsOf } from './comparable-claim-texts.store.js';
import type { ComparableClaim } from './conflicts.js';
import type { Predicates } from './figure-predicates.store.js';

/** Claims with their documents. */
function claimRows(tx: Tx) {
  const { claims: t } = tx.tables;
  return tx.db.select(withDocument(tx, 'claims')).from(t).innerJoin(tx.documents, documentJoin(tx, t));
}

type Row = Awaited<ReturnType<typeof claimRows>>[number];

/** The output form of a claim, as far as figures need it. */
type Output = Omit<ComparableClaim, 'subject' | 'predicate'> & { subject: Reference; predicate: Reference };

/** A claim as a figure: what is compared, and what is shown of it. */
export interface Figure {
  id: string;
  subject: string;
  predicate: string;
  comparable: ComparableClaim;
  shown: { subject: Reference; predicate: Reference };
  view: FigureView;
  text: string;
  /** Everything that carried it was taken back. */
  retracted: boolean;
  /** Nobody had said it by the day that is asked for. */
  unsaid: boolean;
}

export interface FigureView extends Record<string, unknown> {
  standing: Standing;
  superseded_by: Reference[];
}

/** How figures are read. */
export interface Reading {
  predicates: Predicates;
  /** Only from what the world had said by the end of this day, as days since 1970-01-01. */
  knownBy: number | null;
}

interface Said {
  stance: Stance;
  party: Reference;
  source: Reference | null;
  /** Who took it back. */
  taken_back_by: Reference | null;
}

const distinct = (references: Reference[]): Reference[] => [
  ...new Map(references.map((reference) => [reference.id, reference])).values(),
];

/** The parties that have one of these stances and have not taken it back. */
const by = (said: Said[], has: (stance: Stance) => boolean) =>
  distinct(
    said
      .filter(({ stance, taken_back_by }) => taken_back_by === null && has(stance))
      .map(({ party }) => party),
  );

/** Figures of claims, references filled in, so that names can be shown. */
async function figuresOf(tx: Tx, rows: Row[], reading: Reading): Promise<Figure[]> {
  const words = await wordsOf(tx, rows, reading.knownBy);
  const claims = rows.map((row) => ({ row, words: lookUp(words, row.id) }));
  const texts = claims.map(
    ({ row: { doc }, words: { said, superseded_by } }) =>
      `{"claim":${doc},"said":${JSON.stringify(said)},"superseded_by":${JSON.stringify(superseded_by)}}`,
  );
  const unnamed = await unnamedParties(
    tx,
    rows.flatMap(({ value_party_id }) => value_party_id ?? []),
  );
  const filled = await fillReferences(tx, texts);
  return zip(claims, filled).map(([{ row, words }, text]) =>
    figureOf(row, text, reading.predicates, unnamed, words),
  );
}

function figureOf(
  row: Row,
  text: string,
  predicates: Predicates,
  unnamed: Set<string>,
  words: WordsOf,
): Figure {
  const { claim, said, superseded_by } = JSON.parse(text) as {
    claim: Output;
    said: Said[];
    superseded_by: Reference[];
  };
  const standing = words.standing ?? (JSON.parse(row.standing) as Standing);
  const carried = said.filter(({ stance }) => carries(stance));
  const retracted_by = distinct(carried.flatMap(({ taken_back_by }) => taken_back_by ?? []));
  const retracted = standing.retracted || (standing.support === 'none' && retracted_by.length > 0);
  const { value, scope, occurred, occurred_from, occurred_to } = claim;
  const compared = value.type === 'party' ? { ...value, unnamed: unnamed.has(value.party.id) } : value;
  const predicate = predicates.get(row.predicate_id!) ?? null;
  return {
    id: row.id,
    subject: row.subject_id!,
    predicate: row.predicate_id!,
    text: row.text,
    retracted,
    unsaid: words.standing !== null && said.length === 0,
    comparable: { ...claim, subject: row.subject_id, predicate, value: compared },
    shown: { subject: claim.subject, predicate: claim.predicate },
    view: {
      claim: { id: row.id, key: row.key, name: row.text },
      value,
      unit: unitIn(value, predicate?.unit ?? null),
      scope,
      occurred,
      occurred_from,
      occurred_to,
      asserted_by: by(said, affirms),
      reported_by: by(said, (stance) => stance === 'reports'),
      denied_by: by(said, opposes),
      retracted,
      retracted_by,
      superseded_by,
      sources: distinct(said.flatMap(({ source }) => source ?? [])),
      standing,
    },
  };
}

/** The unit in which a value counts. */
function unitIn(value: ComparableValue, ofPredicate: string | null): string | null {
  if (value.type === 'quantity') return effectiveUnit(value.unit, ofPredicate);
  return value.type === 'change' ? value.unit : null;
}

const unnamedRows = prepared((tx) => {
  const { parties: t } = tx.tables;
  return tx.db
    .select({ id: t.id })
    .from(t)
    .where(and(isMeant(tx, t.id), eq(t.unnamed, true)));
});

async function unnamedParties(tx: Tx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await unnamedRows(tx, null, { ids: JSON.stringify(ids) });
  return new Set(rows.map(({ id }) => id));
}

const structuredClaim = prepared((tx) => {
  const { claims: t } = tx.tables;
  return claimRows(tx).where(
    and(eq(t.id, sql.placeholder('id')), isNotNull(t.subject_id), isNotNull(t.predicate_id)),
  );
});

export async function figureOfClaim(tx: Tx, id: string, reading: Reading): Promise<Figure | null> {
  const [row] = await structuredClaim(tx, null, { id });
  return row ? ((await figuresOf(tx, [row], reading))[0] ?? null) : null;
}

const predicateOfClaim = prepared((tx) => {
  const { claims: t } = tx.tables;
  return tx.db
    .select({ predicate: t.predicate_id })
    .from(t)
    .where(and(eq(t.id, sql.placeholder('id')), isNotNull(t.subject_id)));
});

/** The predicate of a claim, if it has one together with a subject. */
export const predicateOf = async (tx: Tx, id: string): Promise<string | null> =>
  (await predicateOfClaim(tx, null, { id }))[0]?.predicate ?? null;

/** Which way a list is read. */
export interface Way {
  /** The id at which to begin. */
  from: string;
  back: boolean;
}

const inOrder = (id: SQLiteColumn, { back }: Pick<Way, 'back'>) => (back ? desc(id) : asc(id));

/** One query for each direction and limit. */
const rivalRows = prepared((tx, way: `${'back' | 'on'} ${number}`) => {
  const { claims: t } = tx.tables;
  const [direction, limit] = way.split(' ');
  const back = direction === 'back';
  const given = (name: string) => sql.placeholder(name);
  const beyond = (back ? lt : gt)(t.id, given('from'));
  return claimRows(tx)
    .where(
      and(
        ...[eq(t.subject_id, given('subject')), eq(t.predicate_id, given('predicate'))],
        ...[eq(t.kind, 'fact'), ne(t.id, given('id')), gt(t.id, given('floor')), beyond],
      ),
    )
    .orderBy(inOrder(t.id, { back }))
    .limit(atMost(Number(limit)));
});

/** Other facts under the same subject and predicate, younger than `floor`, beyond a position, by id. */
export async function competing(
  tx: Tx,
  { id, subject, predicate }: Figure,
  floor: string,
  way: Way,
  reading: Reading,
  limit: number,
): Promise<Figure[]> {
  const asked = { id, subject, predicate, floor, from: way.from };
  const rows = await rivalRows(tx, `${way.back ? 'back' : 'on'} ${limit}`, asked);
  return figuresOf(tx, rows, reading);
}

/** Facts under functional predicates, from a position on, by id. */
export async function comparableFigures(
  tx: Tx,
  way: Way,
  where: (SQL | undefined)[],
  reading: Reading,
  limit: number,
): Promise<Figure[]> {
  const { claims: t } = tx.tables;
  const from = way.back ? lte(t.id, way.from) : gte(t.id, way.from);
  const rows = await claimRows(tx)
    .where(and(eq(t.kind, 'fact'), isNotNull(t.subject_id), from, ...where))
    .orderBy(inOrder(t.id, way))
    .limit(limit);
  return figuresOf(tx, rows, reading);
}

/** The facts about one subject under one predicate by time, undated ones last. */
export async function figuresByTime(
  tx: Tx,
  subject: string,
  predicate: string,
  reading: Reading,
  limit: number,
): Promise<Figure[]> {
  const { claims: t } = tx.tables;
  const rows: Row[] = [];
  for (const dated of [isNotNull(t.occurred_from), isNull(t.occurred_from)]) {
    rows.push(
      ...(await claimRows(tx)
        .where(and(eq(t.subject_id, subject), eq(t.predicate_id, predicate), dated))
        .orderBy(asc(t.occurred_from), asc(t.id))
        .limit(limit - rows.length)),
    );
    if (rows.length >= limit) break;
  }
  return figuresOf(tx, rows, reading);
}

/** How the subject and the predicate of figures are shown. */
export async function subjectAndPredicate(tx: Tx, subject: string, predicate: string) {
  const text = JSON.stringify({
    subject: encodeReference('party', subject),
    predicate: encodeReference('predicate', predicate),
  });
  return JSON.parse((await fillReferences(tx, [text]))[0]) as { subject: Reference; predicate: Reference };
}
