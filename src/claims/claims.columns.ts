import type { z } from 'zod';
import { attributionType } from '../attributions/attribution.js';
import { decodeReference, type Naming, type StoredForm } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { type AnyOf, type Column, keyOf, keysOf } from '../http/formats/csv.js';
import { effectiveUnit } from '../lib/units.js';
import { partyType } from '../parties/party.js';
import { predicateType } from '../predicates/predicate.js';
import { findRows } from '../resources/resources.store.js';
import { sourceType } from '../sources/source.js';
import type { Claim } from './claims.schemas.js';

type Stored = StoredForm<z.infer<typeof Claim>>;

/** A claim as it is stored, with what columns load besides. */
type View = Omit<Stored, 'value'> & {
  value: AnyOf<Stored['value']>;
  source_urls?: string[];
  retracted_by?: string[];
  unit?: string | null;
};

const distinct = (values: (string | null | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== null && value !== undefined)),
];

/** The attributions of the claim that count: those that were not taken back. */
const counting = (claim: View) => claim.attributions.filter((a) => !a.retracted);

const who = (claim: View, naming: Naming, ...stances: string[]): string[] =>
  distinct(counting(claim).flatMap((a) => (stances.includes(a.stance) ? [naming(a.party)?.name] : [])));

const sourcesOf = (claim: View): string[] => distinct(counting(claim).map((a) => a.source));

/** Gives claims the addresses of their sources. */
async function loadUrls(tx: Tx, claims: View[]): Promise<void> {
  const ids = distinct(claims.flatMap(sourcesOf)).map(decodeReference);
  const sources = await findRows(tx, sourceType, ids);
  const urls = new Map(sources.map(({ id, doc }) => [id, (JSON.parse(doc) as { url: string | null }).url]));
  for (const claim of claims) {
    claim.source_urls = distinct(sourcesOf(claim).map((source) => urls.get(decodeReference(source))));
  }
}

/** Gives claims the names of those who took words back, or withdrew the source in which the words stand. */
async function loadRetracting(tx: Tx, claims: View[]): Promise<void> {
  const retractionsOf = (claim: View) => distinct(claim.attributions.map((a) => a.retracted_by));
  const retractions = await findRows(
    tx,
    attributionType,
    distinct(claims.flatMap(retractionsOf)).map(decodeReference),
  );
  const partyOf = new Map(
    retractions.map(({ id, doc }) => [id, decodeReference((JSON.parse(doc) as { party: string }).party)]),
  );
  const parties = await findRows(tx, partyType, distinct([...partyOf.values()]));
  const names = new Map(parties.map(({ id, doc }) => [id, (JSON.parse(doc) as { name: string }).name]));
  const nameOf = new Map([...partyOf].map(([id, party]) => [id, names.get(party)]));
  for (const claim of claims) {
    claim.retracted_by = distinct(retractionsOf(claim).map((each) => nameOf.get(decodeReference(each))));
  }
}

/** Gives claims the unit in which they count, which may be that of their predicate. */
async function loadUnits(tx: Tx, claims: View[]): Promise<void> {
  const inPredicates = claims.filter(({ value }) => value.type === 'quantity');
  const ids = distinct(inPredicates.map(({ predicate }) => predicate)).map(decodeReference);
  const rows = await findRows(tx, predicateType, ids);
  const units = new Map(rows.map(({ id, doc }) => [id, (JSON.parse(doc) as { unit: string | null }).unit]));
  for (const claim of claims) claim.unit = claim.value.unit ?? null;
  for (const claim of inPredicates) {
    const unit = units.get(decodeReference(claim.predicate ?? '')) ?? null;
    claim.unit = effectiveUnit(claim.value.unit ?? null, unit);
  }
}

/** The columns of a CSV of claims: one row a claim, with who says and who denies it in all attributions that count. */
export const claimColumns: Column<View>[] = [
  { name: 'id', value: (claim) => claim.id },
  { name: 'key', value: (claim) => claim.key },
  { name: 'kind', value: (claim) => claim.kind },
  { name: 'text', value: (claim) => claim.text },
  { name: 'subject', value: (claim, naming) => naming(claim.subject)?.name },
  { name: 'subject_key', value: (claim, naming) => keyOf(naming(claim.subject)) },
  { name: 'predicate', value: (claim, naming) => naming(claim.predicate)?.key },
  { name: 'predicate_label', value: (claim, naming) => naming(claim.predicate)?.name },
  { name: 'value_type', value: (claim) => claim.value.type },
  { name: 'value', value: ({ value }) => value.value ?? value.amount },
  { name: 'lower', value: ({ value }) => value.lower },
  { name: 'upper', value: ({ value }) => value.upper },
  { name: 'lower_exclusive', value: ({ value }) => value.lower_exclusive },
  { name: 'upper_exclusive', value: ({ value }) => value.upper_exclusive },
  { name: 'approximate', value: ({ value }) => value.approximate },
  { name: 'unit', load: loadUnits, value: (claim) => claim.unit },
  { name: 'currency', value: ({ value }) => value.currency },
  { name: 'per', value: ({ value }) => value.per },
  {
    name: 'value_text',
    value: ({ value }, naming) =>
      naming(value.party)?.name ?? value.name ?? value.date ?? value.text ?? value.direction,
  },
  { name: 'as_stated', value: ({ value }) => value.as_stated },
  { name: 'scope', value: (claim) => claim.scope },
  { name: 'occurred', value: (claim) => claim.occurred },
  { name: 'occurred_from', value: (claim) => claim.occurred_from },
  { name: 'occurred_to', value: (claim) => claim.occurred_to },
  {
    name: 'participants',
    value: (claim, naming) => claim.participants.map(({ party, role }) => `${naming(party)?.name} (${role})`),
  },
  { name: 'places', value: (claim) => claim.places.flatMap((p) => p.iso_3166 ?? p.name ?? []) },
  { name: 'topics', value: (claim) => claim.topics },
  { name: 'support', value: ({ standing }) => standing.support },
  { name: 'origins_min', value: ({ standing }) => standing.origins.min },
  { name: 'origins_max', value: ({ standing }) => standing.origins.max },
  { name: 'contested', value: ({ standing }) => standing.contested },
  { name: 'self_denied', value: ({ standing }) => standing.self_denied },
  { name: 'retracted', value: ({ standing }) => standing.retracted },
  { name: 'asserted_by', carried: true, value: (claim, naming) => who(claim, naming, 'asserts', 'confirms') },
  { name: 'reported_by', carried: true, value: (claim, naming) => who(claim, naming, 'reports') },
  { name: 'denied_by', carried: true, value: (claim, naming) => who(claim, naming, 'denies', 'disputes') },
  { name: 'retracted_by', carried: true, load: loadRetracting, value: (claim) => claim.retracted_by },
  { name: 'said', carried: true, value: (claim) => distinct(counting(claim).map((a) => a.said)) },
  {
    name: 'sources',
    carried: true,
    value: (claim, naming) => distinct(sourcesOf(claim).map((source) => naming(source)?.name)),
  },
  { name: 'source_keys', carried: true, value: (claim, naming) => keysOf(sourcesOf(claim), naming) },
  { name: 'source_urls', carried: true, load: loadUrls, value: (claim) => claim.source_urls },
  { name: 'quotes', carried: true, value: (claim) => distinct(counting(claim).map((a) => a.quote?.exact)) },
  { name: 'attribution_count', value: (claim) => claim.attribution_count },
  { name: 'created_at', value: (claim) => claim.created_at },
  { name: 'updated_at', value: (claim) => claim.updated_at },
  { name: 'activity_at', value: (claim) => claim.activity_at },
];
