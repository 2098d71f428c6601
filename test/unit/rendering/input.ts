import type { GraphInput } from '../../../src/provenance/view/graph-view.js';
import type {
  GraphAttribution,
  GraphParty,
  GraphSource,
} from '../../../src/provenance/view/graph-view-nodes.js';

/** A claim's provenance built by names alone: ids are the names with the noun in front. */
export interface Sketch {
  claim?: string;
  parties?: Record<string, Partial<Omit<GraphParty, 'part_of'>> & { part_of?: string }>;
  sources?: Record<
    string,
    Partial<Omit<GraphSource, 'part_of' | 'derived_from'>> & { part_of?: string; derived_from?: string[] }
  >;
  attributions: Record<string, SketchedAttribution>;
}

type SketchedAttribution = Partial<
  Omit<
    GraphAttribution,
    'id' | 'party' | 'speaker' | 'source' | 'relays' | 'in_reply_to' | 'about_source' | 'quote'
  >
> & {
  party: string;
  speaker?: string;
  source?: string;
  about_source?: string;
  relays?: string[];
  in_reply_to?: string;
  /** The attribution that takes it back. */
  retracted_by?: string;
  quote?: string;
};

export function sketch({
  claim = 'A thing happened.',
  parties = {},
  sources = {},
  attributions,
}: Sketch): GraphInput {
  const partyMap = new Map<string, GraphParty>();
  const sourceMap = new Map<string, GraphSource>();
  const partyRef = (name: string) => {
    const { part_of, ...members } = parties[name] ?? {};
    const id = `party_${name}`;
    if (!partyMap.has(id)) {
      const base = {
        id,
        key: null,
        kind: 'organization',
        name,
        part_of: null,
        independent_voice: false,
      } as const;
      partyMap.set(id, { ...base, unnamed: false, count: null, ...members });
      if (part_of) partyMap.get(id)!.part_of = partyRef(part_of);
    }
    return { id, key: null, name: partyMap.get(id)!.name };
  };
  const sourceRef = (name: string) => {
    const { part_of, derived_from = [], ...members } = sources[name] ?? {};
    const id = `source_${name}`;
    if (!sourceMap.has(id)) {
      const base = { id, key: null, type: 'article', title: name, url: null, publisher: null } as const;
      const source: GraphSource = {
        ...base,
        published: null,
        reporting_period: null,
        part_of: null,
        derived_from: [],
        status: 'current',
        status_date: null,
        ...members,
      };
      sourceMap.set(id, source);
      if (part_of) source.part_of = sourceRef(part_of);
      source.derived_from = derived_from.map(sourceRef);
    }
    return { id, key: null, name: sourceMap.get(id)!.title };
  };
  const attributionRef = (name: string) => ({ id: `attribution_${name}`, key: null, name });

  const retractedBy = new Map<string, string>();
  const list = Object.entries(attributions).map(([name, a]): GraphAttribution => {
    const {
      party,
      speaker,
      source,
      about_source,
      relays = [],
      in_reply_to,
      retracted_by,
      quote,
      ...members
    } = a;
    if (retracted_by) retractedBy.set(`attribution_${name}`, `attribution_${retracted_by}`);
    return {
      id: `attribution_${name}`,
      key: null,
      party_as_stated: null,
      stance: 'asserts',
      manner: null,
      basis: null,
      said: null,
      said_from: null,
      said_to: null,
      said_as_stated: null,
      source_access: null,
      locator: null,
      lineage: relays.length > 0 ? 'relays' : 'unknown',
      ...members,
      party: partyRef(party),
      speaker: speaker === undefined ? null : partyRef(speaker),
      source: source === undefined ? null : sourceRef(source),
      about_source: about_source === undefined ? null : sourceRef(about_source),
      relays: relays.map(attributionRef),
      in_reply_to: in_reply_to === undefined ? null : attributionRef(in_reply_to),
      quote: quote === undefined ? null : { exact: quote, prefix: null, suffix: null },
    };
  });
  return {
    claim: { id: 'claim_1', key: null, kind: 'fact', text: claim, occurred: null },
    attributions: list,
    retractedBy,
    parties: partyMap,
    sources: sourceMap,
  };
}
