import { mark } from '../db/references.js';
import type { Tx } from '../db/store.js';
import { contentOf } from '../register/documents.js';
import type { Stored } from '../register/noun.js';
import { findRows } from '../register/register.store.js';
import { calendarWarnings, identifierWarnings, sameAs, type Warning } from '../register/warnings.js';
import { sourceNoun } from './source.js';
import type { SourceInput } from './sources.schemas.js';
import { othersAt } from './sources.store.js';

/** What is probably a slip in a source: a second one of the same document, a date of another calendar. */
export async function sourceWarnings(tx: Tx, stored: Stored, input: SourceInput): Promise<Warning[]> {
  const warnings = calendarWarnings(
    tx,
    (['published', 'modified', 'reporting_period', 'retrieved_at'] as const).map((member) => ({
      pointer: `/${member}`,
      text: input[member],
    })),
  );
  const others = (ids: string[]) => unrelated(tx, stored, ids);
  const known = new Set<string>();
  for (const member of ['url', 'archived_url'] as const) {
    const address = input[member];
    if (address === null) continue;
    const ids = await others((await othersAt(tx, address, stored.id)).filter((id) => !known.has(id)));
    for (const id of ids) known.add(id);
    const detail =
      'another source has this address; if it is the same document, use that one and remove this one';
    warnings.push(...sameAs('same_address', `/${member}`, 'source', ids, detail));
  }
  return [...warnings, ...(await identifierWarnings(tx, 'source', stored.id, input.identifiers, others))];
}

/** Those of the sources that are no part, whole, fellow part or other edition of this one: these share addresses. */
async function unrelated(tx: Tx, stored: Stored, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const own = mark('source', stored.id);
  const { part_of, supersedes } = contentOf(stored.doc) as SourceInput;
  const isRelated = ({ id, doc }: Stored): boolean => {
    const other = contentOf(doc) as SourceInput;
    const it = mark('source', id);
    return (
      [own, part_of].includes(other.part_of ?? '') ||
      part_of === it ||
      supersedes.includes(it) ||
      other.supersedes.includes(own)
    );
  };
  return (await findRows(tx, sourceNoun, ids)).filter((other) => !isRelated(other)).map(({ id }) => id);
}
