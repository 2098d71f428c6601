import { fold } from '../../lib/text.js';

export interface Scope {
  scope: string | null;
  places: readonly { name: string | null; iso_3166: string | null }[];
}

/**
 * Why two claims count different things, as parts of sentences; empty where they may count the same.
 *
 * Scopes are free text; two scopes are the same if their words are. A claim with a scope and a claim without one
 * differ, since a scope narrows what is counted. A claim without places may hold anywhere, so places differ only if
 * both claims give some and these are not the same.
 */
export function scopeDifferences(a: Scope, b: Scope, withPlaces: boolean): string[] {
  const why: string[] = [];
  if (a.scope === null && b.scope !== null) why.push(`only one is narrowed (“${b.scope}”)`);
  if (a.scope !== null && b.scope === null) why.push(`only one is narrowed (“${a.scope}”)`);
  if (a.scope !== null && b.scope !== null && fold(a.scope) !== fold(b.scope)) {
    why.push(`different things are counted (“${a.scope}” and “${b.scope}”)`);
  }
  if (withPlaces) {
    const [first, second] = [placesOf(a), placesOf(b)];
    const same = first.length === second.length && first.every((place, i) => place === second[i]);
    if (first.length > 0 && second.length > 0 && !same) {
      why.push(`different places (${shown(a)} and ${shown(b)})`);
    }
  }
  return why;
}

/** Codes where there are any, else names; places known by their coordinates alone are not compared. */
const placesOf = ({ places }: Scope): string[] =>
  [...new Set(places.map(({ name, iso_3166 }) => iso_3166 ?? (name === null ? '' : fold(name))))]
    .filter((place) => place !== '')
    .sort();

const shown = ({ places }: Scope): string =>
  places
    .map(({ name, iso_3166 }) => name ?? iso_3166)
    .filter((name) => name !== null)
    .join(', ');
