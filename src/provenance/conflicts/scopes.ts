import { fold } from '../../lib/text.js';

export interface Scope {
  scope: string | null;
  places: readonly { name: string | null; iso_3166: string | null }[];
}

/**
 * What tells that two claims count different things, in parts of sentences; empty where nothing does.
 *
 * Scopes are free text and the same only if their words are. A claim that gives a scope and one that gives
 * none differ: what narrows a figure is not to be overlooked. A claim without places leaves open where, so
 * places differ only if both give some, and not the same ones.
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
