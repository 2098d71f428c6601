import type { Naming } from '../db/references.js';
import type { Column } from '../http/formats.js';

// biome-ignore lint/suspicious/noExplicitAny: the output form, with markers
type View = any;

const distinct = (values: (string | null | undefined)[]): string =>
  [...new Set(values.filter(Boolean))].join('; ');

const who = (claim: View, naming: Naming, ...stances: string[]): string => {
  const matching = claim.attributions.filter((a: View) => stances.includes(a.stance));
  return distinct(matching.map((a: View) => naming(a.party)?.name));
};

/** The columns of a CSV of claims: one row a claim, with who says and who denies it in its first attributions. */
export const claimColumns: Column[] = [
  { name: 'id', value: (claim) => claim.id },
  { name: 'key', value: (claim) => claim.key },
  { name: 'kind', value: (claim) => claim.kind },
  { name: 'text', value: (claim) => claim.text },
  { name: 'subject', value: (claim, naming) => naming(claim.subject)?.name },
  { name: 'predicate', value: (claim, naming) => naming(claim.predicate)?.key },
  { name: 'value_type', value: (claim) => claim.value.type },
  { name: 'value', value: ({ value }) => value.value ?? value.amount },
  { name: 'lower', value: ({ value }) => value.lower },
  { name: 'upper', value: ({ value }) => value.upper },
  { name: 'approximate', value: ({ value }) => value.approximate },
  { name: 'unit', value: ({ value }) => value.unit },
  { name: 'currency', value: ({ value }) => value.currency },
  { name: 'per', value: ({ value }) => value.per },
  {
    name: 'value_text',
    value: ({ value }, naming) => naming(value.party)?.name ?? value.name ?? value.date ?? value.text,
  },
  { name: 'as_stated', value: ({ value }) => value.as_stated },
  { name: 'scope', value: (claim) => claim.scope },
  { name: 'occurred', value: (claim) => claim.occurred },
  { name: 'occurred_from', value: (claim) => claim.occurred_from },
  { name: 'occurred_to', value: (claim) => claim.occurred_to },
  { name: 'places', value: (claim) => claim.places.map((p: View) => p.iso_3166 ?? p.name).join('; ') },
  { name: 'topics', value: (claim) => claim.topics.join('; ') },
  { name: 'asserted_by', carried: true, value: (claim, naming) => who(claim, naming, 'asserts', 'confirms') },
  { name: 'reported_by', carried: true, value: (claim, naming) => who(claim, naming, 'reports') },
  { name: 'denied_by', carried: true, value: (claim, naming) => who(claim, naming, 'denies', 'disputes') },
  { name: 'said', carried: true, value: (claim) => distinct(claim.attributions.map((a: View) => a.said)) },
  {
    name: 'sources',
    carried: true,
    value: (claim, naming) => distinct(claim.attributions.map((a: View) => naming(a.source)?.name)),
  },
  { name: 'attribution_count', value: (claim) => claim.attribution_count },
  { name: 'created_at', value: (claim) => claim.created_at },
  { name: 'updated_at', value: (claim) => claim.updated_at },
];
