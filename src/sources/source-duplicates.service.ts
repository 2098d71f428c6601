import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import { haveDayInCommon } from '../lib/edtf.js';
import { othersAlike } from '../resources/alike-texts.js';
import { contentOf } from '../resources/documents.js';
import { type Duplicate, duplicates, sameIdentifiers } from '../resources/duplicates.js';
import { foreseeIdentified } from '../resources/identifiers.store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows } from '../resources/resources.store.js';
import { sourceType } from './source.js';
import type { SourceInput } from './sources.schemas.js';
import { foreseeAddresses, othersAt } from './sources.store.js';

/** Other sources that may be the same document: by address, by identifier, by title and date. */
export async function sourceDuplicates(
  tx: Tx,
  stored: ResourceRow,
  later: ReadonlySet<string> = new Set(),
): Promise<Duplicate[]> {
  const source = contentOf(stored.doc) as SourceInput;
  const others = (ids: string[]) => unrelated(tx, stored, ids);
  const found: Duplicate[] = [];
  const known = new Set<string>();
  for (const member of ['url', 'archived_url'] as const) {
    const address = source[member];
    if (address === null) continue;
    const ids = await others((await othersAt(tx, address, stored.id)).filter((id) => !known.has(id)));
    for (const id of ids) known.add(id);
    const detail =
      'another source has this address; if it is the same document, use that one and remove this one';
    found.push(...duplicates('source', ids, 'same_address', `/${member}`, detail));
  }
  return [
    ...found,
    ...(await sameIdentifiers(tx, 'source', stored.id, source.identifiers, others)),
    ...(await sameTitles(tx, stored.id, source, others, later)),
  ];
}

/** Looks up at once what {@link sourceDuplicates} needs for several sources, but for their titles. */
export async function foreseeSourceDuplicates(
  tx: Tx,
  all: readonly { stored: ResourceRow }[],
): Promise<void> {
  const sources = all.map(({ stored }) => {
    const { url, archived_url, identifiers } = contentOf(stored.doc) as SourceInput;
    return { id: stored.id, identifiers, addresses: [url ?? [], archived_url ?? []].flat() };
  });
  await foreseeAddresses(tx, sources);
  await foreseeIdentified(tx, 'source', sources);
}

/** Sources of nearly the same title that were published on days that can be the same. */
async function sameTitles(
  tx: Tx,
  id: string,
  { title, published }: SourceInput,
  others: (ids: string[]) => Promise<string[]>,
  later: ReadonlySet<string>,
): Promise<Duplicate[]> {
  if (published === null) return [];
  const alike = await othersAlike(tx, 'source', id, title, later);
  const same: ResourceRow[] = [];
  for (const row of await findRows(tx, sourceType, [...alike.keys()])) {
    await tx.yield();
    const other = (contentOf(row.doc) as SourceInput).published;
    if (other !== null && haveDayInCommon(published, other)) same.push(row);
  }
  const detail =
    'another source has this title and date; if it is the same document, use that one and remove this one';
  const unlike = await others(same.map((other) => other.id));
  return unlike.map((other) => ({
    ...{ noun: 'source', id: other, score: lookUp(alike, other) },
    reasons: [{ code: 'same_title', pointer: '/title', detail }],
  }));
}

/** Those of the sources that are no part, whole, fellow part or other edition of this one: these share addresses. */
async function unrelated(tx: Tx, stored: ResourceRow, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const own = encodeReference('source', stored.id);
  const { part_of, supersedes } = contentOf(stored.doc) as SourceInput;
  const isRelated = ({ id, doc }: ResourceRow): boolean => {
    const other = contentOf(doc) as SourceInput;
    const it = encodeReference('source', id);
    return (
      [own, part_of].includes(other.part_of ?? '') ||
      part_of === it ||
      supersedes.includes(it) ||
      other.supersedes.includes(own)
    );
  };
  const found: string[] = [];
  for (const other of await findRows(tx, sourceType, ids)) {
    await tx.yield();
    if (!isRelated(other)) found.push(other.id);
  }
  return found;
}
