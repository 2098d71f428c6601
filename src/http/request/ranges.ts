import type { FieldError } from '../../lib/errors.js';

/** Ranges whose ends are not named `…_from` and `…_to`. */
const ENDS = new Map([
  ['value_max', 'value_min'],
  ['until', 'since'],
]);

/** The faults of ranges of which the end comes before the start, in a query that keeps to its schema. */
export function rangeFaults(query: Readonly<Record<string, unknown>>): FieldError[] {
  const faults: FieldError[] = [];
  for (const [parameter, end] of Object.entries(query)) {
    const other =
      ENDS.get(parameter) ?? (parameter.endsWith('_to') ? parameter.replace(/to$/, 'from') : null);
    const start = other === null ? undefined : query[other];
    if (start === undefined || end === undefined) continue;
    // Both are days, instants or order keys of numbers.
    if ((end as string | number) >= (start as string | number)) continue;
    faults.push({ parameter, code: 'inverted_range', detail: `comes before ${other}; swap the two` });
  }
  return faults;
}
