import { decodeReference, encodeReference } from '../db/query/references.js';
import { ABOVE_ALL, BELOW_ALL, decimalOrderKey, lowerBoundKey, upperBoundKey } from '../lib/decimal.js';
import { edtfBounds, edtfDays } from '../lib/edtf.js';
import { retractionEnding } from '../lib/retraction-ending.js';
import { fold } from '../lib/text.js';
import { unitForm } from '../lib/units.js';
import { unitOf } from '../predicates/predicate.js';
import type { ValueInput } from '../predicates/value.schemas.js';
import type { Representation, ResourceType, Shown } from '../resources/resource-type.js';
import { ClaimInput } from './claims.schemas.js';

/** What a claim shows besides its document. */
interface ClaimRow extends Shown {
  attribution_count: number;
  activity_at: string;
  standing: string;
  /** With attributions only. */
  key: string | null;
  text: string;
}

/** One proposition, whoever says it. Its attributions are objects of their own and stand beside it. */
export const claimType: ResourceType<ClaimInput> = {
  name: 'claim',
  plural: 'claims',
  table: 'claims',
  input: ClaimInput,
  members: Object.keys(ClaimInput.shape),
  sets: ['attributions'],
  nameMember: null,

  mapReferences: (claim, map) => ({
    ...claim,
    subject: claim.subject === null ? null : map(claim.subject, 'party', '/subject'),
    predicate: claim.predicate === null ? null : map(claim.predicate, 'predicate', '/predicate'),
    value:
      claim.value.type === 'party'
        ? { ...claim.value, party: map(claim.value.party, 'party', '/value/party') }
        : claim.value,
    participants: claim.participants.map((participant, i) => ({
      ...participant,
      party: map(participant.party, 'party', `/participants/${i}/party`),
    })),
  }),

  view({ key: _key, attributions: _attributions, occurred, ...rest }) {
    const { occurred_as_stated, occurred_inherited, topics, ...members } = rest;
    return {
      ...members,
      occurred,
      ...edtfBounds('occurred', occurred),
      occurred_as_stated,
      occurred_inherited,
      topics,
    };
  },

  columns(view) {
    const claim = view as ClaimInput;
    const [occurred_from, occurred_to] = edtfDays(claim.occurred);
    return {
      kind: claim.kind,
      text: claim.text,
      language: claim.language,
      subject_id: claim.subject && decodeReference(claim.subject),
      predicate_id: claim.predicate && decodeReference(claim.predicate),
      ...valueColumns(claim.value, claim.predicate),
      occurred_from,
      occurred_to,
    };
  },

  childRows(view, id) {
    const { participants, places, topics, value } = view as ClaimInput;
    const all = [...places, ...(value.type === 'place' ? [value] : [])];
    return [
      {
        table: 'claim_participants',
        rows: participants.map(({ party, role }) => ({
          claim_id: id,
          party_id: decodeReference(party),
          role,
        })),
      },
      {
        table: 'claim_places',
        rows: all.map(({ name, iso_3166 }) => ({
          claim_id: id,
          iso_3166,
          folded: name === null ? null : fold(name),
        })),
      },
      { table: 'claim_topics', rows: topics.map((topic) => ({ claim_id: id, topic })) },
    ];
  },

  referrers: [],
  activity: 'activity_at',
  carries: {
    table: 'attributions',
    owner: 'claim_id',
    order: 'relay_depth',
    member: 'attributions',
    count: 'attribution_count',
    inItem: 100,
    inList: 10,
    textColumns: ['key', 'text'],
    ending: retractionEnding,
  },
  textColumns: ['attribution_count', 'activity_at', 'standing'],

  text(row) {
    const { id, doc, standing, attribution_count, activity_at, carried } = row as ClaimRow;
    // What each attribution is about need not be said inside its claim. No text can hold these members: its quotes
    // are escaped.
    const about = `"claim":${JSON.stringify(encodeReference('claim', id))},"about_source":null,`;
    const attributions = (carried ?? '').replaceAll(about, '');
    const after = `"attribution_count":${attribution_count},"activity_at":"${activity_at}"`;
    return `${doc.slice(0, -1)},"standing":${standing},"attributions":[${attributions}],${after}}`;
  },
};

function unitColumn(value: ValueInput, predicate: string | null): string | null {
  if (!('unit' in value)) return null;
  if (value.unit !== null) return unitForm(value.unit);
  return value.type === 'quantity' && predicate !== null ? unitOf(decodeReference(predicate)) : null;
}

/** Columns of a value: exact order keys of its number and outer bounds, open bounds beyond all numbers. */
function valueColumns(value: ValueInput, predicate: string | null): Representation {
  const columns = {
    value_type: value.type,
    value_party_id: value.type === 'party' ? decodeReference(value.party) : null,
    unit: unitColumn(value, predicate),
    currency: value.type === 'money' ? value.currency : null,
    value_key: null as string | null,
    value_lower_key: null as string | null,
    value_upper_key: null as string | null,
  };
  const number = numberOf(value);
  if (!number) return columns;
  const lower = number.lower ?? number.value;
  const upper = number.upper ?? number.value;
  const some = number.value ?? lower ?? upper;
  columns.value_key = some && decimalOrderKey(some);
  columns.value_lower_key = lower === null ? BELOW_ALL : lowerBoundKey(lower, number.lower_exclusive);
  columns.value_upper_key = upper === null ? ABOVE_ALL : upperBoundKey(upper, number.upper_exclusive);
  return columns;
}

type Bounds = Pick<
  Extract<ValueInput, { type: 'money' }>,
  'value' | 'lower' | 'upper' | 'lower_exclusive' | 'upper_exclusive'
>;

function numberOf(value: ValueInput): Bounds | null {
  if (value.type === 'quantity' || value.type === 'money') return value;
  if (value.type !== 'change' || value.amount === null) return null;
  return { value: value.amount, lower: null, upper: null, lower_exclusive: false, upper_exclusive: false };
}
