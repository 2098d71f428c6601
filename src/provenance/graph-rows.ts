import type { Attribution, ClaimGraph, Party, Source, SourceAttribution, Stance } from './graph.js';

/**
 * What the provenance of some claims is computed from, as it comes from the store: JSON texts of arrays of
 * rows. Whoever hands them to a worker need not read what may be 10,000 attributions.
 */
export interface GraphRows {
  /** Each of {@link ClaimRow}. */
  claims: string[];
  /** Each of {@link AttributionRow}; every text but the last is full. */
  attributions: string[];
  /** Each of {@link AttributionRow}: what is said of sources in which the claims stand. */
  about_sources: string[];
  /** Each of {@link PartyRow}. */
  parties: string[];
  /** Each of {@link SourceRow}. */
  sources: string[];
  /** Pairs of a source and one that it is derived from. */
  derivations: string[];
}

/** Characters of rows on which work takes so long that it would hold the event loop: about 1,000 attributions. */
const LARGE = 200_000;

export const isLarge = ({ claims: _, ...rows }: GraphRows): boolean =>
  Object.values(rows).reduce((sum, texts) => texts.reduce((length, text) => length + text.length, sum), 0) >
  LARGE;

/** A claim of which nothing is said. */
export const noRows = (claim: string): GraphRows => ({
  claims: [JSON.stringify([[claim, null, '', 0]] satisfies ClaimRow[])],
  attributions: [],
  about_sources: [],
  parties: [],
  sources: [],
  derivations: [],
});

export type ClaimRow = [id: string, subject: string | null, standing: string, unnamed_only: boolean | 0 | 1];
export type AttributionRow = [
  id: string,
  key: string | null,
  claim: string | null,
  party: string,
  stance: Stance,
  lineage: Attribution['lineage'],
  in_reply_to: string | null,
  source: string | null,
  said_from: number | null,
  said_to: number | null,
  about_source: string | null,
  height: number,
  relays: string | null,
];
export type PartyRow = [part_of: string | null, doc: string];
export type SourceRow = [id: string, part_of: string | null, doc: string];

/** What is shown in a reference beside the id. */
export interface Named {
  key: string | null;
  name: string;
}

export interface Graphs {
  /** By claim, in the order of their ids. They share parties, sources and what is said of sources. */
  graphs: Map<string, ClaimGraph>;
  /** Parties and attributions; an attribution is named after its party. */
  named: Map<string, Named>;
  /** What is stored about them. */
  stored: {
    /** By claim: the standing as JSON text, and whether all its origins are unnamed. */
    standings: Map<string, { standing: string; unnamedOnly: boolean }>;
    /** By attribution. */
    heights: Map<string, number>;
  };
}

export function readGraphs(rows: GraphRows): Graphs {
  const parties = new Map<string, Party>();
  const named = new Map<string, Named>();
  const stored: Graphs['stored'] = { standings: new Map(), heights: new Map() };
  for (const [part_of, doc] of rowsOf<PartyRow>(rows.parties)) {
    const { id, key, name, independent_voice, unnamed, count } = JSON.parse(doc) as Party & Named;
    parties.set(id, { id, name, part_of, independent_voice, unnamed, count });
    named.set(id, { key, name });
  }
  const sources = readSources(rows);

  const about_sources: SourceAttribution[] = inOrder(rows.about_sources).map((row) => ({
    ...attributionOf(row),
    about_source: row[10]!,
  }));
  const byClaim = new Map<string, Attribution[]>();
  const graphs = new Map<string, ClaimGraph>();
  for (const [id, subject, standing, unnamed] of rowsOf<ClaimRow>(rows.claims)) {
    const attributions: Attribution[] = [];
    byClaim.set(id, attributions);
    stored.standings.set(id, { standing, unnamedOnly: Boolean(unnamed) });
    graphs.set(id, { subject, attributions, about_sources, parties, sources });
  }
  for (const row of inOrder(rows.attributions)) {
    const attribution = attributionOf(row);
    byClaim.get(row[2]!)!.push(attribution);
    named.set(attribution.id, { key: row[1], name: parties.get(attribution.party)!.name });
    stored.heights.set(attribution.id, row[11]);
  }
  return { graphs, named, stored };
}

/** The only claim of the rows. */
export function onlyGraph(rows: GraphRows): { id: string; graph: ClaimGraph; named: Graphs['named'] } {
  const { graphs, named } = readGraphs(rows);
  const [[id, graph]] = [...graphs] as [[string, ClaimGraph]];
  return { id, graph, named };
}

const rowsOf = <Row>(texts: readonly string[]): Row[] => texts.flatMap((text) => JSON.parse(text) as Row[]);

/** Rows in the order of their ids. Sorting the ids alone takes a fraction of the time. */
function inOrder(texts: readonly string[]): AttributionRow[] {
  const rows = new Map(rowsOf<AttributionRow>(texts).map((row) => [row[0], row]));
  return [...rows.keys()].sort().map((id) => rows.get(id)!);
}

function attributionOf(row: AttributionRow): Attribution {
  const [id, , , party, stance, lineage, in_reply_to, source, said_from, said_to, , , relays] = row;
  return { id, party, stance, lineage, relays: idsIn(relays), in_reply_to, source, said_from, said_to };
}

/** In order, so that the same rows make the same paths on every engine. Most relay one or none. */
function idsIn(joined: string | null): string[] {
  if (joined === null) return [];
  return joined.includes(',') ? joined.split(',').sort() : [joined];
}

function readSources(rows: GraphRows): Map<string, Source> {
  const derived = new Map<string, string[]>();
  for (const [from, to] of rowsOf<[string, string]>(rows.derivations)) {
    derived.set(from, [...(derived.get(from) ?? []), to]);
  }
  return new Map(
    rowsOf<SourceRow>(rows.sources).map(([id, part_of, doc]) => {
      const { title, reporting_period_from, reporting_period_to } = JSON.parse(doc) as Source;
      const derived_from = (derived.get(id) ?? []).sort();
      return [id, { id, title, part_of, derived_from, reporting_period_from, reporting_period_to }];
    }),
  );
}
