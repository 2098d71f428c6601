import { edgeKinds } from './edge-kinds.js';
import type { ProvenanceEdge, ProvenanceGraph, ProvenanceNode } from './graph-view.schemas.js';
import { chainFacts } from './graph-view-links.js';
import {
  attributionNode,
  type GraphAttribution,
  type GraphClaim,
  type GraphParty,
  type GraphSource,
  partyNode,
  placeIn,
  type Reference,
  sourceNode,
} from './graph-view-nodes.js';

export interface GraphInput {
  claim: GraphClaim;
  /** All of the claim's; those of whole sources (`about_source`) may stand among them. */
  attributions: readonly GraphAttribution[];
  /** By attribution that was taken back, the id of the one that does it. */
  retractedBy: ReadonlyMap<string, string>;
  /** By id. An object that is referred to but missing here becomes a node with only a name. */
  parties: ReadonlyMap<string, GraphParty>;
  sources: ReadonlyMap<string, GraphSource>;
}

/** The provenance of a claim as nodes and edges; the order of the input does not matter. */
export function buildGraph({ claim, parties, sources, retractedBy, ...input }: GraphInput): ProvenanceGraph {
  const attributions = [...input.attributions].sort(byId);
  const edges: ProvenanceEdge[] = [];
  const link = (
    from: string,
    kind: ProvenanceEdge['kind'],
    to: { id: string } | null,
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

  const facts = chainFacts(attributions, sources);
  const attributionNodes: ProvenanceNode[] = [];
  const quotes: ProvenanceNode[] = [];
  for (const a of attributions) {
    attributionNodes.push(attributionNode(a, facts, retractedBy.get(a.id) ?? null));
    addParty(a.party);
    addParty(a.speaker);
    addSource(a.source);
    addSource(a.about_source);
    const date = a.said ?? (a.source && sources.get(a.source.id)?.published) ?? null;
    link(a.id, 'about', a.about_source ?? claim);
    link(a.id, 'made_by', a.party);
    link(a.id, 'spoken_by', a.speaker);
    link(a.id, 'stands_in', a.source, placeIn(a.locator));
    for (const relayed of a.relays) link(a.id, 'relays', relayed, date);
    for (const id of facts.inferred.get(a.id) ?? []) link(a.id, 'relays', { id }, date, true);
    link(a.id, 'in_reply_to', a.in_reply_to, date);
    if (a.quote === null) continue;
    const { exact, prefix, suffix } = a.quote;
    const id = `quote:${a.id}`;
    quotes.push({ id, kind: 'quote', label: exact, prefix, suffix });
    edges.push({ from: a.id, to: id, kind: 'quotes', label: null, inferred: false });
  }

  const { id, key, kind, text, occurred } = claim;
  const groups = [attributionNodes, [...partyNodes.values()], [...sourceNodes.values()], quotes];
  const nodes: ProvenanceNode[] = [
    { id, kind: 'claim', key, label: text, claim_kind: kind, occurred },
    ...groups.flatMap((group) => group.sort(byId)),
  ];
  const known = new Set(nodes.map((node) => node.id));
  return {
    nodes,
    edges: edges
      .filter(({ to }) => known.has(to))
      .sort((a, b) => order[a.kind] - order[b.kind] || compare(a.from, b.from) || compare(a.to, b.to)),
  };
}

const order = Object.fromEntries(edgeKinds.map((kind, i) => [kind, i])) as Record<
  ProvenanceEdge['kind'],
  number
>;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: { id: string }, b: { id: string }): number => compare(a.id, b.id);
