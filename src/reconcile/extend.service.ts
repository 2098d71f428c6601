import type { Reader } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import { entitiesById } from './entities.service.js';
import { type Cell, propertiesById } from './properties.js';
import type { ExtendQuery } from './queries.schemas.js';
import { typesOf } from './types.js';

export interface Extension {
  meta: { id: string; name: string; type?: { id: string; name: string } }[];
  rows: Record<string, Record<string, Cell[]>>;
}

/** Properties of objects; what an object lacks, and all of an object that is not there, is empty. */
export async function extensionOf(reader: Reader, { ids, properties }: ExtendQuery): Promise<Extension> {
  const asked = properties.map(({ id }) => lookUp(propertiesById, id));
  const entities = await reader.read((tx) => entitiesById(tx, ids));
  const rows = ids.map((id) => {
    const entity = entities.get(id);
    const cells = asked.map((property) => {
      const value = entity && property.of[entity.noun];
      return [property.id, value ? value(entity.view, entity.naming) : []] as const;
    });
    return [id, Object.fromEntries(cells)] as const;
  });
  return {
    meta: asked.map(({ id, name, refersTo }) => ({
      id,
      name,
      ...(refersTo && { type: typesOf(refersTo, {})[0] }),
    })),
    rows: Object.fromEntries(rows),
  };
}
