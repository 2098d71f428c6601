import * as filter from '../../http/request/filters.js';
import { invalidQuery } from '../../http/request/query.js';

/** The parameter of routes that show a claim as it was known on a day. */
export const knownByFilter = filter.dayTo(
  'Only what had been said by the end of that date, whenever it was recorded here; words without a date are left out',
);

/** Refuses filters on stored columns, which hold what is known now. */
export function refuseBesideKnownBy<Filters extends { known_by?: number | undefined }>(
  filters: Filters,
  names: readonly (keyof Filters & string)[],
): void {
  if (filters.known_by === undefined) return;
  const faults = names
    .filter((name) => filters[name] !== undefined)
    .map((parameter) => ({
      parameter,
      code: 'misplaced_parameter',
      detail: `with known_by this is computed for each item of the page; leave ${parameter} out`,
    }));
  if (faults.length > 0) throw invalidQuery(faults);
}
