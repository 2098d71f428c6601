import { type Naming, namingOf } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { isId, isKey } from '../lib/ids.js';
import type { Stored } from '../register/noun.js';
import { findRows, liveIdsOfKeys } from '../register/register.store.js';
import { nounOf } from '../search/search.js';
import { type EntityNoun, entityNouns } from './types.js';

/** An object as the Reconciliation API sees it. */
export interface Entity {
  noun: EntityNoun;
  /** Of a predicate its key. */
  id: string;
  name: string;
  /** The stored document, in which references are markers. */
  // biome-ignore lint/suspicious/noExplicitAny: documents of several nouns
  view: any;
  naming: Naming;
}

/** The noun of which this can be an id. */
export const nounOfId = (id: string): EntityNoun | null => {
  if (isId('party', id)) return 'party';
  if (isId('source', id)) return 'source';
  return isKey(id) ? 'predicate' : null;
};

/** The objects of a noun with these ids, in the order of their ids; those that are not there are left out. */
export const entitiesOf = async (tx: Tx, noun: EntityNoun, ids: readonly string[]): Promise<Entity[]> =>
  entitiesFrom(tx, noun, await findRows(tx, nounOf[noun], [...new Set(ids)]));

/** The same from rows. */
export async function entitiesFrom(
  tx: Tx,
  noun: EntityNoun,
  rows: readonly Pick<Stored, 'id' | 'doc'>[],
): Promise<Entity[]> {
  const naming = await namingOf(
    tx,
    rows.map(({ doc }) => doc),
  );
  return rows.map(({ id, doc }) => {
    const view = JSON.parse(doc);
    return { noun, id, name: view[nounOf[noun].nameMember!], view, naming };
  });
}

/** Objects of all nouns by their ids. */
export async function entitiesById(tx: Tx, ids: readonly string[]): Promise<Map<string, Entity>> {
  const found = new Map<string, Entity>();
  for (const noun of entityNouns) {
    const own = ids.filter((id) => nounOfId(id) === noun);
    for (const entity of await entitiesOf(tx, noun, own)) found.set(entity.id, entity);
  }
  return found;
}

/** The objects of these nouns that have the text for their id or key. */
export async function entitiesNamed(tx: Tx, nouns: readonly EntityNoun[], text: string): Promise<Entity[]> {
  const found: Entity[] = [];
  for (const noun of nouns) {
    const ids = nounOfId(text) === noun ? [text] : [];
    if (isKey(text)) ids.push(...(await liveIdsOfKeys(tx, noun, [text])).map(({ id }) => id));
    if (ids.length > 0) found.push(...(await entitiesOf(tx, noun, ids)));
  }
  return found;
}
