import type { z } from 'zod';
import type { Column } from '../../http/formats/csv.js';
import type { Conflict } from './conflicts.schemas.js';
import { estimateColumns, type Figure } from './estimates.columns.js';

type Pair = Omit<z.infer<typeof Conflict>, 'sides'> & { sides: [Figure, Figure] };

/** The columns of one of the two figures: `first_claim`, `second_claim` and so on. */
const sideColumns = (side: 'first' | 'second'): Column<Pair>[] =>
  estimateColumns.map(({ name, value }) => ({
    name: `${side}_${name}`,
    value: (pair, naming) => value(pair.sides[side === 'first' ? 0 : 1], naming),
  }));

/** The columns of a CSV of conflicts: one row for each pair. */
export const conflictColumns: Column<Pair>[] = [
  { name: 'kind', value: (pair) => pair.kind },
  { name: 'why', value: (pair) => pair.why },
  { name: 'subject', value: (pair) => pair.subject.key ?? pair.subject.id },
  { name: 'predicate', value: (pair) => pair.predicate.key },
  ...sideColumns('first'),
  ...sideColumns('second'),
];
