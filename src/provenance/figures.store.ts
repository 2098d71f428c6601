import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, ne, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { claimNoun } from '../claims/claim.js';
import { fillReferences, mark, type Reference } from '../db/references.js';
import { documentJoin, withDocument } from '../db/rows.js';
import type { Tx } from '../db/store.js';
import { carriedDocuments } from '../register/register.store.js';
import type { ComparableClaim } from './conflicts.js';

/** Attributions of a claim from which a figure tells who says it. */
const SAID = 100;

/** Claims, their documents, and those of their first attributions. */
function claimRows(tx: Tx) {
  const { claims: t, history } = tx.tables;
  return tx.db
    .select({ ...withDocument(tx, 'claims'), carried: carriedDocuments(tx, claimNoun, SAID) })
    .from(t)
    .innerJoin(history, documentJoin(tx, t));
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
  view: Record<string, unknown>;
  text: string;
}

interface Said {
  stance: string;
  party: Reference;
  source: Reference | null;
}

const distinct = (references: Reference[]): Reference[] => [
  ...new Map(references.map((reference) => [reference.id, reference])).values(),
];

const by = (said: Said[], ...stances: string[]) =>
  distinct(said.filter(({ stance }) => stances.includes(stance)).map(({ party }) => party));

export type Predicates = Map<string, NonNullable<ComparableClaim['predicate']>>;

export async function predicatesNamed(tx: Tx, where: SQL | undefined): Promise<Predicates> {
  const { predicates: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.id, doc: tx.tables.history.doc })
    .from(t)
    .innerJoin(tx.tables.history, documentJoin(tx, t))
    .where(where);
  return new Map(
    rows.map(({ id, doc }) => {
      const { functional, measure, unit } = JSON.parse(doc) as NonNullable<ComparableClaim['predicate']>;
      return [id, { key: id, functional, measure, unit }];
    }),
  );
}

export const functionalPredicates = (tx: Tx) =>
  predicatesNamed(tx, eq(tx.tables.predicates.functional, true));

export const onePredicate = async (tx: Tx, id: string) =>
  predicatesNamed(tx, eq(tx.tables.predicates.id, id));

/** Figures of claims, references filled in, so that names can be shown. */
async function figuresOf(tx: Tx, rows: Row[], predicates: Predicates): Promise<Figure[]> {
  const texts = rows.map((row) => {
    const own = JSON.stringify({ id: row.id, key: row.key, name: row.text });
    // The claim is named in each of its attributions; it need not be looked up.
    const marker = JSON.stringify(mark('claim', row.id));
    return `{"claim":${row.doc},"said":[${(row.carried ?? '').replaceAll(marker, () => own)}]}`;
  });
  const unnamed = await unnamedParties(
    tx,
    rows.flatMap(({ value_party_id }) => value_party_id ?? []),
  );
  const filled = await fillReferences(tx, texts);
  return rows.map((row, i) => figureOf(row, filled[i]!, predicates, unnamed));
}

function figureOf(row: Row, text: string, predicates: Predicates, unnamed: Set<string>): Figure {
  const { claim, said } = JSON.parse(text) as { claim: Output; said: Said[] };
  const { value, scope, occurred, occurred_from, occurred_to } = claim;
  const compared = value.type === 'party' ? { ...value, unnamed: unnamed.has(value.party.id) } : value;
  const predicate = predicates.get(row.predicate_id!) ?? null;
  return {
    id: row.id,
    subject: row.subject_id!,
    predicate: row.predicate_id!,
    text: row.text,
    comparable: { ...claim, subject: row.subject_id, predicate, value: compared },
    shown: { subject: claim.subject, predicate: claim.predicate },
    view: {
      claim: { id: row.id, key: row.key, name: row.text },
      value,
      scope,
      occurred,
      occurred_from,
      occurred_to,
      asserted_by: by(said, 'asserts', 'confirms'),
      reported_by: by(said, 'reports'),
      denied_by: by(said, 'denies', 'disputes'),
      sources: distinct(said.flatMap(({ source }) => source ?? [])),
      standing: JSON.parse(row.standing) as object,
    },
  };
}

async function unnamedParties(tx: Tx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { parties: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.id })
    .from(t)
    .where(and(inArray(t.id, ids), eq(t.unnamed, true)));
  return new Set(rows.map(({ id }) => id));
}

export async function figureOfClaim(tx: Tx, id: string, predicates: Predicates): Promise<Figure | null> {
  const { claims: t } = tx.tables;
  const [row] = await claimRows(tx).where(
    and(eq(t.id, id), isNotNull(t.subject_id), isNotNull(t.predicate_id)),
  );
  return row ? ((await figuresOf(tx, [row], predicates))[0] ?? null) : null;
}

/** The predicate of a claim, if it has one together with a subject. */
export async function predicateOf(tx: Tx, id: string): Promise<string | null> {
  const { claims: t } = tx.tables;
  const [row] = await tx.db
    .select({ predicate: t.predicate_id })
    .from(t)
    .where(and(eq(t.id, id), isNotNull(t.subject_id)));
  return row?.predicate ?? null;
}

/** Which way a list is read. */
export interface Way {
  /** The id at which to begin. */
  from: string;
  back: boolean;
}

const inOrder = (id: SQLiteColumn, { back }: Way) => (back ? desc(id) : asc(id));

/** Other facts under the same subject and predicate, younger than `floor`, beyond a position, by id. */
export async function rivals(
  tx: Tx,
  { id, subject, predicate }: Figure,
  floor: string,
  way: Way,
  predicates: Predicates,
  limit: number,
): Promise<Figure[]> {
  const { claims: t } = tx.tables;
  const alike = and(
    eq(t.subject_id, subject),
    eq(t.predicate_id, predicate),
    eq(t.kind, 'fact'),
    ne(t.id, id),
  );
  const beyond = way.back ? lt(t.id, way.from) : gt(t.id, way.from);
  const rows = await claimRows(tx)
    .where(and(alike, gt(t.id, floor), beyond))
    .orderBy(inOrder(t.id, way))
    .limit(limit);
  return figuresOf(tx, rows, predicates);
}

/** Facts under functional predicates, from a position on, by id. */
export async function comparableFigures(
  tx: Tx,
  way: Way,
  where: (SQL | undefined)[],
  predicates: Predicates,
  limit: number,
): Promise<Figure[]> {
  const { claims: t } = tx.tables;
  const from = way.back ? lte(t.id, way.from) : gte(t.id, way.from);
  const rows = await claimRows(tx)
    .where(and(eq(t.kind, 'fact'), isNotNull(t.subject_id), from, ...where))
    .orderBy(inOrder(t.id, way))
    .limit(limit);
  return figuresOf(tx, rows, predicates);
}

/** The facts about one subject under one predicate by time, undated ones last. */
export async function figuresByTime(
  tx: Tx,
  subject: string,
  predicate: string,
  predicates: Predicates,
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
  return figuresOf(tx, rows, predicates);
}

/** How the subject and the predicate of figures are shown. */
export async function subjectAndPredicate(tx: Tx, subject: string, predicate: string) {
  const text = JSON.stringify({ subject: mark('party', subject), predicate: mark('predicate', predicate) });
  return JSON.parse((await fillReferences(tx, [text]))[0]!) as { subject: Reference; predicate: Reference };
}
