import { and, eq, gte, lte, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import { decodeReference } from '../db/query/references.js';
import { insertRows } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { nounsOfClaims } from '../lib/ids.js';
import { renewEntries } from '../search/words/renew.store.js';
import { mergeIn } from './merged.store.js';

interface Entry {
  seq: number;
  noun: string;
  object_id: string;
  version: number;
  operation: string;
  recorded_at: string;
  doc: string;
}

/** Records which parties versions concern, for feeds about these, and marks the claims to which they belong as changed. */
export async function recordConcerned(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const before = await documentsBefore(tx, entries);
  const about: About[] = [];
  for (const entry of entries) {
    await tx.yield();
    about.push({ entry, claims: claimsNowAndBefore(entry, before) });
  }
  const subjects = new Map(
    entries.flatMap(({ seq, noun, object_id, doc }) =>
      noun === 'claim' ? [[object_id, { since: seq, subject: subjectIn(doc) }] as const] : [],
    ),
  );
  await recordSubjects(tx, about, subjects, before);
  // A claim that is recorded along is marked by its row.
  await touchClaims(
    tx,
    about.map(({ entry, claims }) => ({ entry, claims: claims.filter((id) => !subjects.has(id)) })),
  );
}

/** A version, and the claims that its attribution, relation or assessment is about, or was about until then. */
interface About {
  entry: Entry;
  claims: string[];
}

/** Each claim once. */
const claimsIn = (about: readonly About[]): string[] => [...new Set(about.flatMap(({ claims }) => claims))];

/**
 * Records which parties versions concern: a party itself, and the one into which it is merged; the pair of a judgement; the
 * subject of a claim, and the one it had before; the subjects of the claims that an attribution, a relation or an
 * assessment is about or was about until then, as they are now.
 */
async function recordSubjects(
  tx: Tx,
  about: readonly About[],
  /** Of the claims that are recorded along, by id, with the number of the version that gives it to them. */
  known: ReadonlyMap<string, { since: number; subject: string | null }>,
  before: ReadonlyMap<number, string>,
): Promise<void> {
  const isKnown = (id: string, { seq }: Entry) => (known.get(id)?.since ?? Number.POSITIVE_INFINITY) <= seq;
  const others = await subjectsOf(
    tx,
    claimsIn(
      about.map(({ entry, claims }) => ({ entry, claims: claims.filter((id) => !isKnown(id, entry)) })),
    ),
  );
  const subjectOf = (id: string, entry: Entry) =>
    isKnown(id, entry) ? known.get(id)?.subject : others.get(id);
  const rows: { party_id: string; seq: number }[] = [];
  for (const { entry, claims } of about) {
    await tx.yield();
    const parties =
      claims.length > 0
        ? claims.map((id) => subjectOf(id, entry))
        : ownParties(entry, subjectOf(entry.object_id, entry), before.get(entry.seq));
    for (const party_id of new Set(parties)) if (party_id) rows.push({ party_id, seq: entry.seq });
  }
  await insertRows(tx, 'history_subjects', rows);
}

const touched = prepared((tx) => {
  const { claims: t } = tx.tables;
  const values = {
    activity_at: sql.placeholder('at') as never,
    valid_from: sql.placeholder('valid_from') as never,
  };
  return tx.db
    .update(t)
    .set(values)
    .where(and(isMeant(tx, t.id), ne(t.activity_at, sql.placeholder('at')))) as never;
});

/**
 * Sets `activity_at` of claims whose attributions, relations or assessments changed; a version of the claim itself sets
 * it with its row. The index of words is renewed, since the words of attributions are found with their claim.
 */
async function touchClaims(tx: Tx, about: readonly About[]): Promise<void> {
  const ids = claimsIn(about);
  const [first] = about;
  if (!first || ids.length === 0) return;
  await renewEntries(tx, 'claim', claimsIn(about.filter(({ entry }) => entry.noun === 'attribution')));
  await touched(tx, null, { ids: JSON.stringify(ids), at: first.entry.recorded_at, valid_from: tx.at });
}

type References = { subject?: string | null; claim?: string | null; from?: string; to?: string };

/** The claims that an attribution, a relation or an assessment is about. */
function claimsOf({ noun, doc }: Entry): string[] {
  if (!nounsOfClaims.has(noun)) return [];
  const { claim, from, to } = JSON.parse(doc) as References;
  return [claim, from, to].flatMap((marker) => (marker ? [decodeReference(marker)] : []));
}

const versionsBefore = prepared((tx) => {
  const { history: t } = tx.tables;
  const before = alias(t, 'before');
  return tx.db
    .select({ seq: t.seq, doc: before.doc })
    .from(t)
    .innerJoin(before, and(eq(before.object_id, t.object_id), eq(before.version, sql`${t.version} - 1`)))
    .where(and(gte(t.seq, sql.placeholder('first')), lte(t.seq, sql.placeholder('last'))));
});

/** The documents before these versions, by their numbers: of claims, and of what is about claims and was updated. */
async function documentsBefore(tx: Tx, entries: readonly Entry[]): Promise<Map<number, string>> {
  const meant = entries.filter(({ noun, version, operation }) =>
    noun === 'claim' ? version > 1 : operation === 'update' && nounsOfClaims.has(noun),
  );
  const [first, last] = [meant.at(0), meant.at(-1)];
  if (!first || !last) return new Map();
  const documents = await versionsBefore(tx, null, { first: first.seq, last: last.seq });
  return new Map(documents.map(({ seq, doc }) => [seq, doc]));
}

/** The claims that an attribution, a relation or an assessment is about, and those that it was about until then. */
function claimsNowAndBefore(entry: Entry, before: ReadonlyMap<number, string>): string[] {
  const now = claimsOf(entry);
  // A damaged history may lack the version before.
  const doc = entry.operation === 'update' ? before.get(entry.seq) : undefined;
  if (doc === undefined) return now;
  return [...now, ...claimsOf({ ...entry, doc }).filter((id) => !now.includes(id))];
}

/** `subject` is that of a claim, `before` its document until now. */
function ownParties(
  { noun, object_id, operation, doc }: Entry,
  subject: string | null | undefined,
  before: string | undefined,
): string[] {
  if (noun === 'party')
    return operation === 'merge' ? [object_id, decodeReference(mergeIn(doc).into)] : [object_id];
  if (noun === 'judgement') return judgedParties(doc);
  if (noun !== 'claim') return [];
  return [subject, before === undefined ? null : subjectIn(before)].flatMap((id) => id ?? []);
}

/** The pair of a judgement, where it is of parties. */
function judgedParties(doc: string): string[] {
  const { noun, one, other } = JSON.parse(doc) as { noun: string; one: string; other: string };
  return noun === 'party' ? [decodeReference(one), decodeReference(other)] : [];
}

/** The id of the subject that the document of a claim names. */
function subjectIn(doc: string): string | null {
  const { subject } = JSON.parse(doc) as References;
  return subject ? decodeReference(subject) : null;
}

const subjectRows = prepared((tx) => {
  const { claims: t } = tx.tables;
  return tx.db.select({ id: t.id, subject: t.subject_id }).from(t).where(isMeant(tx, t.id));
});

async function subjectsOf(tx: Tx, claimIds: string[]): Promise<Map<string, string | null>> {
  if (claimIds.length === 0) return new Map();
  const rows = await subjectRows(tx, null, { ids: JSON.stringify(claimIds) });
  return new Map(rows.map(({ id, subject }) => [id, subject]));
}
