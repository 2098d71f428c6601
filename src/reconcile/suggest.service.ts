import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import { fold } from '../lib/text.js';
import { suggest } from '../search/suggest.service.js';
import { describe } from './describe.js';
import { type Entity, entitiesFrom, entitiesNamed } from './entities.service.js';
import { type Among, typesOf } from './types.js';

/** Suggestions of one answer. */
const PAGE = 10;

const page = <T>(all: readonly T[], skip: number): T[] => all.slice(skip, skip + PAGE);

/** Objects that somebody may mean who is still typing; the first `skip` of them are left out. */
export async function suggestedEntities(tx: Tx, prefix: string, { nouns, kinds }: Among, skip: number) {
  const named = await entitiesNamed(tx, nouns, prefix.trim());
  const hits = await suggest(tx, nouns, prefix);
  const read = new Map<string, Entity>();
  for (const noun of nouns) {
    const own = hits.filter(({ type }) => type === noun);
    for (const entity of await entitiesFrom(tx, noun, own)) read.set(entity.id, entity);
  }
  const all = new Set([...named.map(({ id }) => id), ...hits.map(({ id }) => id)]);
  for (const entity of named) read.set(entity.id, entity);
  const wanted = Array.from(all, (id) => lookUp(read, id)).filter(
    ({ view: { kind } }) => kind === undefined || kinds === null || kinds.includes(kind),
  );
  return page(wanted, skip).map(({ noun, id, name, view, naming }) => ({
    id,
    name,
    description: describe(noun, view, naming),
    notable: typesOf(noun, view),
  }));
}

/** Types or properties of which the id or a word of the name begins with what was typed; all of them before that. */
export function startingWith<T extends { id: string; name: string }>(
  all: readonly T[],
  prefix: string,
  skip: number,
): T[] {
  const typed = fold(prefix);
  const begins = ({ id, name }: T) =>
    id.startsWith(prefix.trim().toLowerCase()) || ` ${fold(name)}`.includes(` ${typed}`);
  return page(typed === '' ? all : all.filter(begins), skip);
}
