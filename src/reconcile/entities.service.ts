import { type Naming, namingOf } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { mapInTurns } from '../lib/event-loop.js';
import { isId, isKey } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { mergedInto } from '../resources/merged.store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows, idsOfKeys } from '../resources/resources.store.js';
import { nounOf } from '../search/search.js';
import { type EntityNoun, type EntityView, entityNouns } from './types.js';

/** An object as the Reconciliation API sees it. */
export interface Entity {
  noun: EntityNoun;
  /** Of a predicate its key. */
  id: string;
  name: string;
  /** The stored document, in which references are reference tokens. */
  view: EntityView;
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
  rows: readonly Pick<ResourceRow, 'id' | 'doc'>[],
): Promise<Entity[]> {
  const naming = await namingOf(
    tx,
    rows.map(({ doc }) => doc),
  );
  return mapInTurns(tx, rows, ({ id, doc }) => {
    const view = JSON.parse(doc) as EntityView;
    return { noun, id, name: view.name ?? view.title ?? view.label ?? id, view, naming };
  });
}

/** What stands for each of these objects now: itself, or what it was merged into. */
export async function currentIds(tx: Tx, noun: EntityNoun, ids: readonly string[]): Promise<string[]> {
  const into = await mergedInto(tx, noun, ids);
  return ids.map((id) => into.get(id) ?? id);
}

/** Objects of all nouns by the ids that were asked for. */
export async function entitiesById(tx: Tx, ids: readonly string[]): Promise<Map<string, Entity>> {
  const found = new Map<string, Entity>();
  for (const noun of entityNouns) {
    const own = ids.filter((id) => nounOfId(id) === noun);
    const now = await currentIds(tx, noun, own);
    const entities = new Map((await entitiesOf(tx, noun, now)).map((entity) => [entity.id, entity]));
    for (const [id, nowId] of zip(own, now)) {
      const entity = entities.get(nowId);
      if (entity) found.set(id, entity);
    }
  }
  return found;
}

/** The objects of these nouns that have the text for their id or key, or stand for one that has. */
export async function entitiesNamed(tx: Tx, nouns: readonly EntityNoun[], text: string): Promise<Entity[]> {
  const found: Entity[] = [];
  for (const noun of nouns) {
    const ids = nounOfId(text) === noun ? [text] : [];
    if (isKey(text)) ids.push(...(await idsOfKeys(tx, noun, [text])).values());
    if (ids.length > 0) found.push(...(await entitiesOf(tx, noun, await currentIds(tx, noun, ids))));
  }
  return found;
}
