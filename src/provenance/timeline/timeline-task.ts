import { type ClaimGraph, type ClaimGraphs, sourceOf } from '../graph/graph.js';
import { partyOf } from '../graph/hierarchy.js';
import { timelineOf } from './timeline.js';

/** Most events of one answer: each takes a computation of the standing. */
const MOST_EVENTS = 500;

export interface TimelineTask {
  graph: ClaimGraph;
  keys: ClaimGraphs['keys'];
  sourceKeys: ReadonlyMap<string, string | null>;
  claim: { id: string; key: string | null; name: string };
}

/** The timeline of a claim with references in place of ids, as JSON text. */
export function timelineText({ graph, keys, sourceKeys, claim }: TimelineTask): string {
  const { events, undated, total } = timelineOf(graph, MOST_EVENTS);
  const said = new Map([...graph.attributions, ...graph.about_sources].map((each) => [each.id, each]));
  const party = (id: string) => ({ id, key: keys.get(id) ?? null, name: partyOf(id, graph.parties).name });
  const attribution = (id: string | null) => {
    const found = id === null ? undefined : said.get(id);
    return found ? { id: found.id, key: keys.get(found.id) ?? null, name: party(found.party).name } : null;
  };
  const source = (id: string | null) =>
    id === null ? null : { id, key: sourceKeys.get(id) ?? null, name: sourceOf(id, graph.sources).title };
  return JSON.stringify({
    claim,
    items: events.map((event) => ({
      ...event,
      attribution: attribution(event.attribution),
      party: party(event.party),
      about_source: source(event.about_source),
      in_reply_to: attribution(event.in_reply_to),
      source: source(event.source),
    })),
    undated,
    complete: total === events.length,
  });
}
