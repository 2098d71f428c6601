import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { isOneOf } from '../db/closures.js';
import { contains, isAnyOf, isRecorded, isTagged, overlaps } from '../db/conditions.js';
import { prepared } from '../db/prepared.js';
import type { Tx } from '../db/store.js';
import { fold } from '../lib/text.js';
import { urlForm } from '../lib/url-form.js';
import { hasIdentifier, MOST_ALIKE } from '../register/identifiers.store.js';
import type { Conditions } from '../register/register.store.js';
import { filterIds, filterKeys, partyIds } from '../register/resolve.js';
import type { sourceFilters } from './sources.schemas.js';

type Filters = z.infer<z.ZodObject<typeof sourceFilters>>;

export async function sourceConditions(tx: Tx, filters: Filters): Promise<Conditions> {
  const {
    sources: t,
    source_urls: urls,
    source_authors: authors,
    source_derivations: derived,
    source_supersessions: newer,
  } = tx.tables;
  const publishers = await partyIds(tx, 'publisher', filters.publisher, filters.publisher_exact);
  const authorIds = await filterIds(tx, 'party', 'author', filters.author);
  const origins = await filterIds(tx, 'source', 'derived_from', filters.derived_from);
  const older = await filterIds(tx, 'source', 'supersedes', filters.supersedes);
  return [
    isAnyOf(t.id, await filterKeys(tx, 'source', filters.key)),
    isAnyOf(t.type, filters.type),
    filters.title === undefined ? undefined : contains(t.folded_title, fold(filters.title)),
    filters.url === undefined
      ? undefined
      : inArray(
          t.id,
          tx.db
            .select({ id: urls.source_id })
            .from(urls)
            .where(eq(urls.url, urlForm(filters.url))),
        ),
    hasIdentifier(tx, 'source', t.id, filters.identifier),
    publishers && isOneOf(tx, t.publisher_id, publishers),
    authorIds &&
      inArray(
        t.id,
        tx.db.select({ id: authors.source_id }).from(authors).where(inArray(authors.party_id, authorIds)),
      ),
    isAnyOf(t.part_of_id, await filterIds(tx, 'source', 'part_of', filters.part_of)),
    origins &&
      inArray(
        t.id,
        tx.db
          .select({ id: derived.source_id })
          .from(derived)
          .where(inArray(derived.derived_from_id, origins)),
      ),
    isTagged(t.language, filters.language),
    isRecorded(t, filters),
    older &&
      inArray(
        t.id,
        tx.db.select({ id: newer.source_id }).from(newer).where(inArray(newer.superseded_id, older)),
      ),
    isAnyOf(t.status, filters.source_status),
    isAnyOf(t.reliability, filters.reliability),
    overlaps(t.published_from, t.published_to, filters.published_from, filters.published_to),
  ];
}

/** Whether `part_of` or `derived_from` lead from one source to another: the reverse link would be a cycle. */
export async function drawsOn(tx: Tx, sources: string[], target: string): Promise<boolean> {
  const { sources: t, source_derivations: derived } = tx.tables;
  const seen = new Set<string>();
  let at = sources;
  while (at.length > 0) {
    if (at.includes(target)) return true;
    for (const id of at) seen.add(id);
    const wholes = await tx.db.select({ next: t.part_of_id }).from(t).where(inArray(t.id, at));
    const origins = await tx.db
      .select({ next: derived.derived_from_id })
      .from(derived)
      .where(inArray(derived.source_id, at));
    at = [...wholes, ...origins].flatMap(({ next }) => (next === null || seen.has(next) ? [] : [next]));
  }
  return false;
}

/** Whether `supersedes` leads from a source, at any depth, to another or is that one. */
export async function isSuperseded(tx: Tx, from: string, target: string): Promise<boolean> {
  const { source_supersessions: t } = tx.tables;
  const seen = new Set([from]);
  for (let at = [from]; at.length > 0; ) {
    if (at.includes(target)) return true;
    const older = await tx.db.select({ id: t.superseded_id }).from(t).where(inArray(t.source_id, at));
    at = older.map(({ id }) => id).filter((id) => !seen.has(id));
    for (const id of at) seen.add(id);
  }
  return false;
}

const byAddress = prepared(({ db, tables: { source_urls: t } }) =>
  db
    .select({ id: t.source_id })
    .from(t)
    .where(and(eq(t.url, sql.placeholder('url')), ne(t.source_id, sql.placeholder('except'))))
    .orderBy(t.source_id)
    .limit(MOST_ALIKE),
);

/** Some other sources with this address, in whatever form it is written. */
export async function othersAt(tx: Tx, address: string, except: string): Promise<string[]> {
  const rows = await byAddress(tx, null, { url: urlForm(address), except });
  return rows.map(({ id }) => id);
}
