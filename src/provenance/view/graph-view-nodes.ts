import type { z } from 'zod';
import type { Attribution } from '../../attributions/attributions.schemas.js';
import type { Claim } from '../../claims/claims.schemas.js';
import type { Party } from '../../parties/parties.schemas.js';
import type { Source } from '../../sources/sources.schemas.js';
import type { ProvenanceNode } from './graph-view.schemas.js';
import type { ChainFacts } from './graph-view-links.js';

/** The members of the output forms that a graph is made of. */
export type GraphClaim = Pick<z.infer<typeof Claim>, 'id' | 'key' | 'kind' | 'text' | 'occurred'>;
export type GraphAttribution = Omit<
  z.infer<typeof Attribution>,
  'claim' | 'capacity' | 'note' | 'created_at' | 'updated_at' | 'version' | 'retracted' | 'retracted_by'
>;
export type GraphParty = Pick<
  z.infer<typeof Party>,
  'id' | 'key' | 'kind' | 'name' | 'part_of' | 'independent_voice' | 'unnamed' | 'count'
>;
export type GraphSource = Pick<
  z.infer<typeof Source>,
  | 'id'
  | 'key'
  | 'type'
  | 'title'
  | 'url'
  | 'publisher'
  | 'published'
  | 'reporting_period'
  | 'part_of'
  | 'derived_from'
  | 'status'
  | 'status_date'
>;

export type Reference = { id: string; key: string | null; name: string };

export function attributionNode(
  a: GraphAttribution,
  { uncertain }: ChainFacts,
  retractedBy: string | null,
): ProvenanceNode {
  return {
    id: a.id,
    kind: 'attribution',
    key: a.key,
    label: `${a.party.name} ${a.stance}`,
    stance: a.stance,
    manner: a.manner,
    basis: a.basis,
    lineage: a.lineage,
    uncertain: uncertain.has(a.id),
    taken_back: retractedBy !== null,
    retracted_by: retractedBy,
    said: a.said,
    said_from: a.said_from,
    said_to: a.said_to,
    said_as_stated: a.said_as_stated,
    party_as_stated: a.party_as_stated,
    source_access: a.source_access,
  };
}

export function partyNode({ id, key, name }: Reference, party: GraphParty | undefined): ProvenanceNode {
  return {
    id,
    kind: 'party',
    key,
    label: name,
    party_kind: party?.kind ?? null,
    unnamed: party?.unnamed ?? false,
    count: party?.count ?? null,
    independent_voice: party?.independent_voice ?? false,
  };
}

export function sourceNode({ id, key, name }: Reference, source: GraphSource | undefined): ProvenanceNode {
  return {
    id,
    kind: 'source',
    key,
    label: name,
    source_type: source?.type ?? null,
    title: name,
    publisher: source?.publisher ?? null,
    published: source?.published ?? null,
    reporting_period: source?.reporting_period ?? null,
    url: source?.url ?? null,
    status: source?.status ?? 'current',
    status_date: source?.status_date ?? null,
  };
}

/** Where in the source, as one would write it: "p. 4, para. 17". */
export function placeIn(locator: GraphAttribution['locator']): string | null {
  if (locator === null) return null;
  const parts = [
    locator.page && `p. ${locator.page}`,
    locator.section,
    locator.paragraph && `para. ${locator.paragraph}`,
    locator.timecode,
  ].filter((part) => part !== null && part !== '');
  return parts.length > 0 ? parts.join(', ') : null;
}
