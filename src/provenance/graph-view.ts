import type { z } from 'zod';
import type { Attribution } from '../attributions/attributions.schemas.js';
import type { Claim } from '../claims/claims.schemas.js';
import type { Party } from '../parties/parties.schemas.js';
import type { Source } from '../sources/sources.schemas.js';
import {
  edgeKinds,
  type ProvenanceEdge,
  type ProvenanceGraph,
  type ProvenanceNode,
} from './graph-view.schemas.js';

/** The members of the output forms that a graph is made of. */
export type GraphClaim = Pick<z.infer<typeof Claim>, 'id' | 'key' | 'kind' | 'text' | 'occurred'>;
export type GraphAttribution = Omit<
  z.infer<typeof Attribution>,
  'claim' | 'capacity' | 'note' | 'created_at' | 'updated_at' | 'version'
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
>;

export interface GraphInput {
  claim: GraphClaim;
  /** All of the claim's; those of whole sources (`about_source`) may stand among them. */
  attributions: readonly GraphAttribution[];
  /** By id. What is referred to and not given here becomes a node with a name alone. */
  parties: ReadonlyMap<string, GraphParty>;
  sources: ReadonlyMap<string, GraphSource>;
}

type Reference = { id: string; key: string | null; name: string };

/** Stances whose chain is followed to its origin. */
const supporting = new Set<string>(['asserts', 'confirms', 'reports']);

/** The claim's provenance as nodes and edges; the same whatever the order of what is put in. */
export function buildGraph({ claim, attributions, parties, sources }: GraphInput): ProvenanceGraph {
  const edges: ProvenanceEdge[] = [];
  const link = (
    from: string,
    kind: ProvenanceEdge['kind'],
    to: Reference | null,
    label: string | null = null,
    inferred = false,
  ) => {
    if (to !== null) edges.push({ from, to: to.id, kind, label, inferred });
  };

  const partyNodes = new Map<string, ProvenanceNode>();
  const addParty = (reference: Reference | null): void => {
    for (let next = reference; next !== null && !partyNodes.has(next.id); ) {
      const party = parties.get(next.id);
      partyNodes.set(next.id, partyNode(next, party));
      link(next.id, 'part_of', party?.part_of ?? null);
      next = party?.part_of ?? null;
    }
  };

  const sourceNodes = new Map<string, ProvenanceNode>();
  const addSource = (reference: Reference | null): void => {
    const waiting = [reference];
    while (waiting.length > 0) {
      const next = waiting.pop() ?? null;
      if (next === null || sourceNodes.has(next.id)) continue;
      const source = sources.get(next.id);
      sourceNodes.set(next.id, sourceNode(next, source));
      link(next.id, 'part_of', source?.part_of ?? null);
      for (const origin of source?.derived_from ?? []) link(next.id, 'derived_from', origin);
      waiting.push(source?.part_of ?? null, ...(source?.derived_from ?? []));
    }
  };

  const inferredFrom = inference(attributions, sources);
  const attributionNodes: ProvenanceNode[] = [];
  const quotes: ProvenanceNode[] = [];
  for (const a of attributions) {
    const end = supporting.has(a.stance) && a.lineage !== 'originates' && a.relays.length === 0;
    const inferred = end && a.source ? inferredFrom(a.source.id) : [];
    attributionNodes.push(attributionNode(a, end && inferred.length === 0));
    addParty(a.party);
    addParty(a.speaker);
    addSource(a.source);
    addSource(a.about_source);
    const date = a.said ?? (a.source && sources.get(a.source.id)?.published) ?? null;
    link(a.id, 'about', a.about_source ?? { ...claim, name: claim.text });
    link(a.id, 'made_by', a.party);
    link(a.id, 'spoken_by', a.speaker);
    link(a.id, 'stands_in', a.source, placeIn(a.locator));
    for (const relayed of a.relays) link(a.id, 'relays', relayed, date);
    for (const relayed of inferred) link(a.id, 'relays', { ...relayed, name: '' }, date, true);
    link(a.id, 'in_reply_to', a.in_reply_to, date);
    if (a.quote === null) continue;
    const { exact, prefix, suffix } = a.quote;
    const id = `quote:${a.id}`;
    quotes.push({ id, kind: 'quote', label: exact, prefix, suffix });
    edges.push({ from: a.id, to: id, kind: 'quotes', label: null, inferred: false });
  }

  const { id, key, kind, text, occurred } = claim;
  const groups = [attributionNodes, [...partyNodes.values()], [...sourceNodes.values()], quotes];
  return {
    nodes: [
      { id, kind: 'claim', key, label: text, claim_kind: kind, occurred },
      ...groups.flatMap((nodes) => nodes.sort((a, b) => compare(a.id, b.id))),
    ],
    edges: edges.sort(
      (a, b) =>
        edgeKinds.indexOf(a.kind) - edgeKinds.indexOf(b.kind) ||
        compare(a.from, b.from) ||
        compare(a.to, b.to),
    ),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Inferred links of one attribution; more say no more, and are many where two large sources meet. */
const MAX_INFERRED = 100;

/** What an attribution in a source may have from elsewhere: attributions in the sources that this one draws on. */
function inference(attributions: readonly GraphAttribution[], sources: GraphInput['sources']) {
  const bySource = new Map<string, GraphAttribution[]>();
  for (const a of attributions) {
    if (a.source === null || a.about_source !== null) continue;
    const others = bySource.get(a.source.id);
    if (others) others.push(a);
    else bySource.set(a.source.id, [a]);
  }
  const known = new Map<string, GraphAttribution[]>();
  return (source: string): GraphAttribution[] => {
    const before = known.get(source);
    if (before) return before;
    const found = [...drawnOn(source, sources)].flatMap((id) => bySource.get(id) ?? []);
    const first = found.sort((a, b) => compare(a.id, b.id)).slice(0, MAX_INFERRED);
    known.set(source, first);
    return first;
  };
}

/** The sources that a source draws on, directly or through others. */
function drawnOn(id: string, sources: GraphInput['sources']): Set<string> {
  const found = new Set<string>([id]);
  for (const next of found) {
    for (const origin of sources.get(next)?.derived_from ?? []) found.add(origin.id);
  }
  found.delete(id);
  return found;
}

function attributionNode(a: GraphAttribution, uncertain: boolean): ProvenanceNode {
  return {
    id: a.id,
    kind: 'attribution',
    key: a.key,
    label: `${a.party.name} ${a.stance}`,
    stance: a.stance,
    manner: a.manner,
    basis: a.basis,
    lineage: a.lineage,
    uncertain,
    said: a.said,
    said_from: a.said_from,
    said_to: a.said_to,
    said_as_stated: a.said_as_stated,
    party_as_stated: a.party_as_stated,
    source_access: a.source_access,
  };
}

function partyNode({ id, key, name }: Reference, party: GraphParty | undefined): ProvenanceNode {
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

function sourceNode({ id, key, name }: Reference, source: GraphSource | undefined): ProvenanceNode {
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
  };
}

/** Where in the source, as one would write it: "p. 4, para. 17". */
function placeIn(locator: GraphAttribution['locator']): string | null {
  if (locator === null) return null;
  const parts = [
    locator.page && `p. ${locator.page}`,
    locator.section,
    locator.paragraph && `para. ${locator.paragraph}`,
    locator.timecode,
  ].filter((part) => part !== null && part !== '');
  return parts.length > 0 ? parts.join(', ') : null;
}
