import { decodeReference } from '../db/query/references.js';
import { edtfBounds, edtfDays } from '../lib/edtf.js';
import { retractionEnding } from '../lib/retraction-ending.js';
import type { MapReference, Representation, ResourceRow, ResourceType } from '../resources/resource-type.js';
import { AttributionInput } from './attributions.schemas.js';

/** Lineage where none is given: who passes on relays; of anyone else we do not know. */
const defaultLineage = (relays: unknown[]) => (relays.length > 0 ? 'relays' : 'unknown');

/** What an attribution is about: a claim, or a source as a whole. */
export function aboutOf({ claim, about_source }: Pick<AttributionInput, 'claim' | 'about_source'>) {
  if (claim !== null) return { noun: 'claim', reference: claim } as const;
  if (about_source !== null) return { noun: 'source', reference: about_source } as const;
  throw new Error('the attribution is about nothing');
}

const optionally = (reference: string | null, map: (reference: string) => string) =>
  reference === null ? null : map(reference);

/** What standing is computed from, of an attribution whose references are resolved. */
export function saidIn(id: string, input: AttributionInput) {
  const view = attributionType.view(input) as AttributionInput;
  const [said_from, said_to] = edtfDays(view.said);
  return {
    id,
    party: decodeReference(view.party),
    stance: view.stance,
    lineage: view.lineage ?? defaultLineage(view.relays),
    relays: view.relays.map(decodeReference).sort(),
    in_reply_to: view.in_reply_to && decodeReference(view.in_reply_to),
    source: view.source && decodeReference(view.source),
    said: view.said,
    said_from,
    said_to,
  };
}

export type Said = ReturnType<typeof saidIn>;

/** Who says what about a claim (or a whole source), where, when, through whom. */
export const attributionType: ResourceType<AttributionInput> = {
  name: 'attribution',
  plural: 'attributions',
  table: 'attributions',
  input: AttributionInput,
  members: Object.keys(AttributionInput.shape),
  nameMember: 'party',

  mapReferences: (a, map: MapReference) => ({
    ...a,
    claim: optionally(a.claim, (to) => map(to, 'claim', '/claim')),
    about_source: optionally(a.about_source, (to) => map(to, 'source', '/about_source')),
    party: map(a.party, 'party', '/party'),
    speaker: optionally(a.speaker, (to) => map(to, 'party', '/speaker')),
    source: optionally(a.source, (to) => map(to, 'source', '/source')),
    relays: a.relays.map((relayed, i) => map(relayed, 'attribution', `/relays/${i}`)),
    in_reply_to: optionally(a.in_reply_to, (to) => map(to, 'attribution', '/in_reply_to')),
  }),

  view(a) {
    return {
      claim: a.claim,
      about_source: a.about_source,
      party: a.party,
      speaker: a.speaker,
      party_as_stated: a.party_as_stated,
      stance: a.stance,
      manner: a.manner,
      basis: a.basis,
      said: a.said,
      ...edtfBounds('said', a.said),
      said_as_stated: a.said_as_stated,
      source: a.source,
      source_access: a.source_access,
      locator: a.locator,
      quote: a.quote,
      lineage: a.lineage ?? defaultLineage(a.relays),
      relays: a.relays,
      in_reply_to: a.in_reply_to,
      capacity: a.capacity,
      note: a.note,
    };
  },

  /** The lineage that follows from the relays is left to follow from them. */
  toInput(view: Representation) {
    const { lineage, relays } = view as Pick<AttributionInput, 'lineage' | 'relays'>;
    return { ...view, lineage: lineage === defaultLineage(relays) ? null : lineage };
  },

  columns(view) {
    const a = view as AttributionInput;
    const [said_from, said_to] = edtfDays(a.said);
    return {
      claim_id: a.claim && decodeReference(a.claim),
      about_source_id: a.about_source && decodeReference(a.about_source),
      party_id: decodeReference(a.party),
      speaker_id: a.speaker && decodeReference(a.speaker),
      source_id: a.source && decodeReference(a.source),
      source_access: a.source_access,
      stance: a.stance,
      manner: a.manner,
      basis: a.basis,
      lineage: a.lineage,
      in_reply_to_id: a.in_reply_to && decodeReference(a.in_reply_to),
      said: a.said,
      said_from,
      said_to,
    };
  },

  childRows: (view, id) => [
    {
      table: 'attribution_relays',
      rows: (view as AttributionInput).relays.map((relayed) => ({
        attribution_id: id,
        relayed_id: decodeReference(relayed),
      })),
    },
  ],

  referrers: [
    {
      noun: 'attribution',
      table: 'attribution_relays',
      column: 'relayed_id',
      from: 'attribution_id',
      member: 'relays',
    },
    {
      noun: 'attribution',
      table: 'attributions',
      column: 'in_reply_to_id',
      from: 'id',
      member: 'in_reply_to',
    },
  ],
  textColumns: ['retracted_by_id'],

  text(row) {
    const { doc, retracted_by_id: by } = row as ResourceRow & { retracted_by_id: string | null };
    const { none, before, after } = retractionEnding;
    return doc.slice(0, -1) + (by === null ? none : before + by + after);
  },
};
