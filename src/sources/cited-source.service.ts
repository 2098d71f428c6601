import type { Reference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { partyType } from '../parties/party.js';
import { outputTexts } from '../resources/render.js';
import type { Shown } from '../resources/resource-type.js';
import { findRows } from '../resources/resources.store.js';
import { authorOf, type CitedSource } from './citation/cited-source.js';
import { sourceType } from './source.js';

type Output = Omit<CitedSource, 'authors'> & { authors: Reference[] };
type Names = { family_name: string | null; given_name: string | null };

/** Sources as citations need them: names filled in, those of persons in parts. */
export function citedSources(tx: Tx, rows: [Shown]): Promise<[CitedSource]>;
export function citedSources(tx: Tx, rows: Shown[]): Promise<CitedSource[]>;
export async function citedSources(tx: Tx, rows: Shown[]): Promise<CitedSource[]> {
  const texts = await outputTexts(tx, sourceType, rows);
  const sources = texts.map((text) => JSON.parse(text) as Output);
  const ids = new Set(sources.flatMap(({ authors }) => authors.map(({ id }) => id)));
  const parties = await findRows(tx, partyType, [...ids]);
  const authors = new Map(parties.map(({ id, doc }) => [id, JSON.parse(doc) as Names]));
  return sources.map((source) => ({
    ...source,
    authors: source.authors.map(({ id, name }) => {
      const { family_name = null, given_name = null } = authors.get(id) ?? {};
      return authorOf(name ?? id, family_name, given_name);
    }),
  }));
}
