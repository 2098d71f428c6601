import type { Naming } from '../db/query/references.js';
import type { EntityNoun, EntityView } from './types.js';

/** Most characters of a description. */
const LENGTH = 200;

const facts: Record<EntityNoun, (view: EntityView, naming: Naming) => (string | null | undefined)[]> = {
  party: ({ kind, country, born, description }) => [
    kind?.replace('_', ' '),
    country,
    born && `born ${born}`,
    description,
  ],
  source: ({ type, publisher, published, url }, naming) => [
    type?.replace('_', ' '),
    naming(publisher)?.name,
    published,
    url,
  ],
  predicate: ({ value_type, unit, description }) => [value_type, unit, description],
};

/** What tells an object from others of its name, in a line. */
export function describe(noun: EntityNoun, view: EntityView, naming: Naming): string {
  const text = facts[noun](view, naming).filter(Boolean).join(' · ');
  const points = Array.from(text);
  return points.length > LENGTH ? `${points.slice(0, LENGTH - 1).join('')}…` : text;
}
