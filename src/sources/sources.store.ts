import { and, eq, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { isOneOf, reachedBy } from '../db/query/closures.js';
import { atMost, contains, isAnyOf, isTagged } from '../db/query/conditions.js';
import { isNamed, narrowedBy, narrowedOverlap, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { preparedForEach } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import { fold } from '../lib/text.js';
import { urlForm } from '../lib/url-form.js';
import { hasIdentifier, MOST_ALIKE } from '../resources/identifiers.store.js';
import { filterIds, filterKeys, partyIds } from '../resources/resolve.js';
import type { Conditions } from '../resources/resources.store.js';
import type { sourceFilters } from './sources.schemas.js';

type Filters = z.infer<z.ZodObject<typeof sourceFilters>>;

export async function sourceConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const {
    sources: t,
    source_urls: urls,
    source_authors: authors,
    source_derivations: derived,
    source_supersessions: newer,
  } = tx.tables;
  const narrow = narrowing(tx, t, sorted);
  const publishers = await partyIds(tx, 'publisher', filters.publisher, filters.publisher_exact);
  const authorIds = await filterIds(tx, 'party', 'author', filters.author);
  const wholes = await filterIds(tx, 'source', 'part_of', filters.part_of);
  const origins = await filterIds(tx, 'source', 'derived_from', filters.derived_from);
  const older = await filterIds(tx, 'source', 'supersedes', filters.supersedes);
  const url = filters.url === undefined ? undefined : eq(urls.url, urlForm(filters.url));
  return [
    isNamed(t.id, await filterKeys(tx, 'source', filters.key)),
    await narrow(t.type, (column) => isAnyOf(column, filters.type), filters.type?.length),
    filters.title === undefined ? undefined : contains(t.folded_title, fold(filters.title)),
    await narrowedBy(tx, t.id, urls, urls.source_id, url),
    await hasIdentifier(tx, 'source', t.id, filters.identifier),
    await narrow(
      t.publisher_id,
      (column) => publishers && isOneOf(tx, column, publishers),
      publishers?.length,
    ),
    await narrowedBy(tx, t.id, authors, authors.source_id, isAnyOf(authors.party_id, authorIds)),
    await narrow(t.part_of_id, (column) => isAnyOf(column, wholes), wholes?.length),
    await narrowedBy(tx, t.id, derived, derived.source_id, isAnyOf(derived.derived_from_id, origins)),
    await narrow(t.language, (column) => isTagged(column, filters.language)),
    ...(await narrowedRecorded(narrow, t, filters)),
    await narrowedBy(tx, t.id, newer, newer.source_id, isAnyOf(newer.superseded_id, older)),
    await narrow(t.status, (column) => isAnyOf(column, filters.source_status), filters.source_status?.length),
    await narrow(
      t.reliability,
      (column) => isAnyOf(column, filters.reliability),
      filters.reliability?.length,
    ),
    ...(await narrowedOverlap(
      narrow,
      [t.published_from, t.published_to],
      filters.published_from,
      filters.published_to,
    )),
  ];
}

/** Whether `part_of` or `derived_from` lead from one of some sources to another: the reverse link would be a cycle. */
export const drawsOn = async (tx: Tx, sources: readonly string[], target: string): Promise<boolean> =>
  (await reachedBy(tx, 'drawnOn', sources)).includes(target);

/** Whether `supersedes` leads from a source, at any depth, to another or is that one. */
export const isSuperseded = async (tx: Tx, from: string, target: string): Promise<boolean> =>
  (await reachedBy(tx, 'superseded', [from])).includes(target);

const byAddress = preparedForEach(({ db, dialect, tables: { source_urls: t } }) =>
  db
    .select({ id: t.source_id })
    .from(t)
    .where(and(eq(t.url, sql.placeholder('url')), ne(t.source_id, sql.placeholder('except'))))
    .orderBy(dialect.opaque(t.source_id))
    .limit(atMost(MOST_ALIKE)),
);

/** Some other sources with this address, in whatever form it is written. */
export async function othersAt(tx: Tx, address: string, except: string): Promise<string[]> {
  const rows = await byAddress.run(tx, null, { url: urlForm(address), except });
  return rows.map(({ id }) => id);
}

/** Looks up at once what {@link othersAt} needs for several sources. */
export const foreseeAddresses = (
  tx: Tx,
  all: readonly { id: string; addresses: readonly string[] }[],
): Promise<void> =>
  byAddress.foresee(
    tx,
    null,
    all.flatMap(({ id, addresses }) => addresses.map((address) => ({ url: urlForm(address), except: id }))),
  );
