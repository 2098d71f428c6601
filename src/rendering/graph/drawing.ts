import { groupBy } from '../../lib/collections.js';
import type {
  NodeOf,
  ProvenanceEdge,
  ProvenanceGraph,
  ProvenanceNode,
} from '../../provenance/view/graph-view.schemas.js';

/** Most attributions that a drawing holds; a larger drawing could not be read. */
export const MAX_BOXES = 200;
/** Most lines between them: the time of the layout grows faster than their number. */
export const MAX_LINKS = 300;
/** From this many on, boxes leave out quotes and sources, and ends of unknown lineage say so in words. */
const MANY = 60;

/** One attribution as it is drawn. */
export interface Box {
  /** A short name that needs no escaping: a1, a2, … */
  name: string;
  attribution: NodeOf<'attribution'>;
  party: NodeOf<'party'>;
  speaker: NodeOf<'party'> | null;
  source: NodeOf<'source'> | null;
  /** The place in the source, such as a page. */
  place: string | null;
  quote: string | null;
  /** The document that the attribution is about, where it is about no single claim. */
  about: NodeOf<'source'> | null;
  /** Relayed attributions that the drawing has no room for. */
  hidden: number;
}

export interface Link {
  from: Box;
  to: Box;
  /** `whole`: what is said of a whole document, to what stands in that document. */
  kind: 'relays' | 'inferred' | 'replies' | 'takes_back' | 'whole';
  /** EDTF. */
  date: string | null;
}

/** The part of a graph that is drawn, ready to be written in any notation of graphs. */
export interface Drawing {
  claim: NodeOf<'claim'>;
  boxes: Box[];
  links: Link[];
  compact: boolean;
  /** Attributions and links that are left out. */
  hidden: { attributions: number; links: number };
}

export function drawingOf(graph: ProvenanceGraph): Drawing {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const edges = groupBy(graph.edges, (edge) => edge.from);
  const from = (id: string): ProvenanceEdge[] => edges.get(id) ?? [];
  const attributions = graph.nodes.filter((node) => node.kind === 'attribution');
  const chosen = choose(attributions, graph.edges);

  const boxes = attributions
    .filter(({ id }) => chosen.has(id))
    .map((attribution, i): Box => {
      const own = from(attribution.id);
      const target = <Kind extends ProvenanceNode['kind']>(kind: Kind, edge: ProvenanceEdge['kind']) => {
        const node = nodes.get(own.find((e) => e.kind === edge)?.to ?? '');
        return node?.kind === kind ? (node as NodeOf<Kind>) : null;
      };
      return {
        name: `a${i + 1}`,
        attribution,
        party: target('party', 'made_by')!,
        speaker: target('party', 'spoken_by'),
        source: target('source', 'stands_in'),
        place: own.find(({ kind }) => kind === 'stands_in')?.label ?? null,
        quote: target('quote', 'quotes')?.label ?? null,
        about: target('source', 'about'),
        hidden: own.filter(({ kind, to }) => kind === 'relays' && !chosen.has(to)).length,
      };
    });

  const byId = new Map(boxes.map((box) => [box.attribution.id, box]));
  const links = boxes.flatMap((box) => [
    ...from(box.attribution.id).flatMap((edge) => linkOf(edge, box, byId.get(edge.to))),
    ...wholes(box, boxes),
  ]);
  const kept = thinned(links);
  return {
    claim: graph.nodes.find((node) => node.kind === 'claim')!,
    boxes,
    links: kept,
    compact: boxes.length > MANY,
    hidden: { attributions: attributions.length - boxes.length, links: links.length - kept.length },
  };
}

function linkOf({ kind, inferred, label }: ProvenanceEdge, from: Box, to: Box | undefined): Link[] {
  if (!to || (kind !== 'relays' && kind !== 'in_reply_to')) return [];
  const reply = from.attribution.stance === 'retracts' ? 'takes_back' : 'replies';
  return [{ from, to, kind: kind === 'in_reply_to' ? reply : inferred ? 'inferred' : 'relays', date: label }];
}

function wholes(from: Box, boxes: Box[]): Link[] {
  const { about } = from;
  if (about === null) return [];
  const within = boxes.filter((to) => to.about === null && to.source?.id === about.id);
  return within.map((to) => ({ from, to, kind: 'whole', date: null }));
}

/** Boxes at which a dotted line leads to a question mark. */
export const openEnds = ({ boxes, compact }: Drawing): Box[] =>
  compact ? [] : boxes.filter(({ attribution }) => attribution.uncertain);

/** What is left out, in words; null when everything is drawn. */
export function hiddenWords({ hidden: { attributions, links } }: Drawing): string | null {
  const parts = [
    attributions > 0 &&
      `${attributions.toLocaleString('en')} more attribution${attributions === 1 ? '' : 's'}`,
    links > 0 && `${links.toLocaleString('en')} more link${links === 1 ? '' : 's'}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : `Not drawn: ${parts.join(' and ')}.`;
}

/** At most {@link MAX_LINKS}. Every attribution keeps its first links, so that none falls out of its chain. */
function thinned(links: Link[]): Link[] {
  const rank = new Map<Box, number>();
  const ranked = links.map((link) => {
    const nth = rank.get(link.from) ?? 0;
    rank.set(link.from, nth + 1);
    return { link, nth };
  });
  const last = ranked.map(({ nth }) => nth).sort((a, b) => a - b)[MAX_LINKS];
  if (last === undefined) return links;
  return ranked
    .filter(({ nth }) => nth < last || last === 0)
    .slice(0, MAX_LINKS)
    .map(({ link }) => link);
}

/**
 * The attributions to draw. Where there are too many, first a number of those that speak against the claim
 * and what they answer, then whole chains, each from its outlet down to its end.
 */
function choose(attributions: NodeOf<'attribution'>[], edges: ProvenanceEdge[]): Set<string> {
  const ids = attributions.map(({ id }) => id);
  if (ids.length <= MAX_BOXES) return new Set(ids);
  const relays = groupBy(
    edges.filter(({ kind }) => kind === 'relays'),
    ({ from }) => from,
  );
  const relayed = new Set([...relays.values()].flat().map(({ to }) => to));
  const answers = new Map(
    edges.filter(({ kind }) => kind === 'in_reply_to').map(({ from, to }) => [from, to]),
  );
  const chosen = new Set<string>();
  const add = (id: string | undefined) => {
    if (id !== undefined && chosen.size < MAX_BOXES) chosen.add(id);
  };
  const opposing = new Set(['denies', 'disputes', 'retracts']);
  for (const { id } of attributions.filter(({ stance }) => opposing.has(stance)).slice(0, MAX_BOXES / 8)) {
    add(id);
    add(answers.get(id));
  }
  // Outlets first; circles have none and come last.
  for (const start of [...ids.filter((id) => !relayed.has(id)), ...ids]) {
    const open = [start];
    const seen = new Set<string>();
    for (let id = open.pop(); id !== undefined && chosen.size < MAX_BOXES; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      add(id);
      open.push(...(relays.get(id) ?? []).map(({ to }) => to).reverse());
    }
    if (chosen.size >= MAX_BOXES) break;
  }
  return chosen;
}
