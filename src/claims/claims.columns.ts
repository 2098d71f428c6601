import type { z } from 'zod';
import { attributionType } from '../attributions/attribution.js';
import { decodeReference, type Naming, type StoredForm } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { type AnyOf, type Column, keyOf } from '../http/formats/csv.js';
import { effectiveUnit } from '../lib/units.js';
import { partyType } from '../parties/party.js';
import { predicateType } from '../predicates/predicate.js';
import { cachedMemberById, documentsById } from '../resources/documents.store.js';
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

type Attribution = View['attributions'][number];

const distinct = (values: (string | null | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== null && value !== undefined)),
];

/** What the attributions of the claim that count show, each once: those that were not taken back. */
function shown(claim: View, of: (attribution: Attribution) => string | null | undefined): string[] {
  const found = new Set<string>();
  for (const attribution of claim.attributions) {
    const value = attribution.retracted ? null : of(attribution);
    if (value !== null && value !== undefined) found.add(value);
  }
  return [...found];
}

const who = (claim: View, naming: Naming, ...stances: string[]): string[] =>
  shown(claim, ({ stance, party }) => (stances.includes(stance) ? naming(party)?.name : null));

const sourcesOf = (claim: View): string[] => shown(claim, ({ source }) => source);

/** Gives claims the addresses of their sources. */
async function loadUrls(tx: Tx, claims: View[]): Promise<void> {
  const ids = distinct(claims.flatMap(sourcesOf)).map(decodeReference);
  const urls = await cachedMemberById(tx, sourceType, 'url', ids);
  for (const claim of claims) {
    claim.source_urls = shown(claim, ({ source }) => source && urls.get(decodeReference(source)));
  }
}

/** Gives claims the names of those who took words back, or withdrew the source in which the words stand. */
async function loadRetracting(tx: Tx, claims: View[]): Promise<void> {
  const retractionsOf = (claim: View) => distinct(claim.attributions.map((a) => a.retracted_by));
  const ids = distinct(claims.flatMap(retractionsOf)).map(decodeReference);
  const retractions = await documentsById<{ party: string }>(tx, attributionType, ids);
  const partyIds = distinct([...retractions.values()].map(({ party }) => party)).map(decodeReference);
  const parties = await documentsById<{ name: string }>(tx, partyType, partyIds);
  const nameOf = (retraction: string) => {
    const party = retractions.get(decodeReference(retraction))?.party;
    return party && parties.get(decodeReference(party))?.name;
  };
  for (const claim of claims) claim.retracted_by = distinct(retractionsOf(claim).map(nameOf));
}

/** Gives claims the unit in which they count, which may be that of their predicate. */
async function loadUnits(tx: Tx, claims: View[]): Promise<void> {
  const inPredicates = claims.filter(({ value }) => value.type === 'quantity');
  const ids = distinct(inPredicates.map(({ predicate }) => predicate)).map(decodeReference);
  const predicates = await documentsById<{ unit: string | null }>(tx, predicateType, ids);
  for (const claim of claims) claim.unit = claim.value.unit ?? null;
  for (const claim of inPredicates) {
    const unit = predicates.get(decodeReference(claim.predicate ?? ''))?.unit ?? null;
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
  { name: 'said', carried: true, value: (claim) => shown(claim, ({ said }) => said) },
  {
    name: 'sources',
    carried: true,
    value: (claim, naming) => shown(claim, ({ source }) => naming(source)?.name),
  },
  {
    name: 'source_keys',
    carried: true,
    value: (claim, naming) => shown(claim, ({ source }) => keyOf(naming(source))),
  },
  { name: 'source_urls', carried: true, load: loadUrls, value: (claim) => claim.source_urls },
  { name: 'quotes', carried: true, value: (claim) => shown(claim, ({ quote }) => quote?.exact) },
  { name: 'attribution_count', value: (claim) => claim.attribution_count },
  { name: 'created_at', value: (claim) => claim.created_at },
  { name: 'updated_at', value: (claim) => claim.updated_at },
  { name: 'activity_at', value: (claim) => claim.activity_at },
];
