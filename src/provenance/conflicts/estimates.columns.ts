import type { z } from 'zod';
import type { AnyOf, Column } from '../../http/formats/csv.js';
import type { Estimates } from './conflicts.schemas.js';

type Named = { name: string };
const names = (references: Named[]) => references.map(({ name }) => name);

type Estimate = z.infer<typeof Estimates>['items'][number];
/** A figure, with all members that values have. */
export type Figure = Omit<Estimate, 'value'> & { value: AnyOf<Estimate['value']> };

/** The columns of a CSV of estimates. */
export const estimateColumns: Column<Figure>[] = [
  { name: 'claim', value: (figure) => figure.claim.key ?? figure.claim.id },
  { name: 'text', value: (figure) => figure.text },
  { name: 'value_type', value: ({ value }) => value.type },
  { name: 'value', value: ({ value }) => value.value ?? value.amount },
  { name: 'lower', value: ({ value }) => value.lower },
  { name: 'upper', value: ({ value }) => value.upper },
  { name: 'lower_exclusive', value: ({ value }) => value.lower_exclusive },
  { name: 'upper_exclusive', value: ({ value }) => value.upper_exclusive },
  { name: 'approximate', value: ({ value }) => value.approximate },
  { name: 'unit', value: ({ unit, value }) => unit ?? value.currency },
  { name: 'per', value: ({ value }) => value.per },
  {
    name: 'value_text',
    value: ({ value }) => value.party?.name ?? value.name ?? value.date ?? value.text ?? value.direction,
  },
  { name: 'scope', value: (figure) => figure.scope },
  { name: 'occurred', value: (figure) => figure.occurred },
  { name: 'occurred_from', value: (figure) => figure.occurred_from },
  { name: 'occurred_to', value: (figure) => figure.occurred_to },
  { name: 'asserted_by', value: (figure) => names(figure.asserted_by) },
  { name: 'reported_by', value: (figure) => names(figure.reported_by) },
  { name: 'denied_by', value: (figure) => names(figure.denied_by) },
  { name: 'retracted_by', value: (figure) => names(figure.retracted_by) },
  { name: 'superseded_by', value: (figure) => figure.superseded_by.map(({ key, id }) => key ?? id) },
  { name: 'sources', value: (figure) => names(figure.sources) },
  { name: 'support', value: (figure) => figure.standing.support },
  { name: 'origins_min', value: (figure) => figure.standing.origins.min },
  { name: 'origins_max', value: (figure) => figure.standing.origins.max },
];
