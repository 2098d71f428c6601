import type { Attribution, ClaimGraph, Party, Source, Stance } from './graph.js';

/**
 * What the provenance of some claims is computed from, as it comes from the store: texts of many rows each.
 * Whoever hands them to a worker need not read what may be 10,000 attributions. A row is a JSON array; a pair
 * of ids has a space between them, and a comma before the next pair.
 */
export interface GraphRows {
  /** Each of {@link ClaimRow}. */
  claims: string[];
  attributions: AttributionRows[];
  /** The same read later: they stand for those of the same ids, or come on top. */
  anew: AttributionRows[];
  /** What is said of sources in which the claims stand. */
  about_sources: AttributionRows[];
  /** Each of {@link PartyRow}. */
  parties: string[];
  /** Each of {@link SourceRow}. */
  sources: string[];
  /** Pairs of a source and one that it is derived from. */
  derivations: string[];
}

/** Some of the attributions of one claim, or of what is said of one source. */
export interface AttributionRows {
  /** The claim or source. */
  about: string;
  /** Each of {@link AttributionRow}. */
  rows: string;
}

/** Characters of rows on which work takes so long that it would hold the event loop: about 1,000 attributions. */
const LARGE = 200_000;

/** Characters of rows that are kept in one place: those of about 20 claims with 10,000 attributions each. */
export const MOST_KEPT = 64_000_000;

export const isLarge = (rows: GraphRows): boolean => sizeOf(rows) > LARGE;

/** Characters of all rows but those of the claims themselves. */
export function sizeOf({ attributions, anew, about_sources, ...others }: GraphRows): number {
  const { parties, sources, derivations } = others;
  const said = [...attributions, ...anew, ...about_sources].map(({ rows }) => rows);
  const texts = [...said, ...parties, ...sources, ...derivations];
  return texts.reduce((sum, text) => sum + text.length, 0);
}

/** A claim of which nothing is said. */
export const noRows = (claim: string): GraphRows => ({
  claims: [JSON.stringify([[claim, null, '', 0]] satisfies ClaimRow[])],
  attributions: [],
  anew: [],
  about_sources: [],
  parties: [],
  sources: [],
  derivations: [],
});

/** A number, which the store may give as a text. */
type Plain = number | string | null;
const numberOf = (plain: Plain): number | null => (plain === null ? null : Number(plain));

export type ClaimRow = [id: string, subject: string | null, standing: string, unnamed_only: boolean | 0 | 1];
export type AttributionRow = [
  id: string,
  key: string | null,
  party: string,
  stance: Stance,
  lineage: Attribution['lineage'],
  in_reply_to: string | null,
  source: string | null,
  said_from: Plain,
  said_to: Plain,
  height: Plain,
  /** Ids of what it relays, with commas between them. */
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
  /** A party, or an attribution, which is named after its party. */
  named: (id: string) => Named;
  /** What is stored about them. */
  stored: {
    /** By claim: the standing as JSON text, and whether all its origins are unnamed. */
    standings: Map<string, { standing: string; unnamedOnly: boolean }>;
    /** Of a claim's attributions, in their order. */
    heights: (claim: string) => number[];
  };
}

/** The parties that the claims are about. */
export const subjectsOf = (claims: readonly string[]): string[] =>
  rowsOf<ClaimRow>(claims).flatMap(([, subject]) => subject ?? []);

/** `said` takes about as long as all else; who has little time makes it first. */
export function readGraphs(rows: GraphRows, said = saidOfClaims(rows)): Graphs {
  const parties = new Map<string, Party>();
  const keys = new Map<string, string | null>();
  for (const [part_of, doc] of rowsOf<PartyRow>(rows.parties)) {
    const { id, key, name, independent_voice, unnamed, count } = JSON.parse(doc) as Party & Named;
    parties.set(id, { id, name, part_of, independent_voice, unnamed, count });
    keys.set(id, key);
  }
  const sources = readSources(rows);
  const saidOfSources = rowsAbout(rows.about_sources);
  const about_sources = [...saidOfSources]
    .flatMap(([about_source, rows]) => rows.map((row) => ({ ...attributionOf(row), about_source })))
    .sort(byId);
  const graphs: Graphs['graphs'] = new Map();
  const standings: Graphs['stored']['standings'] = new Map();
  for (const [id, subject, standing, unnamed] of rowsOf<ClaimRow>(rows.claims)) {
    const attributions = (said.get(id) ?? []).sort(byFirst).map(attributionOf);
    standings.set(id, { standing, unnamedOnly: Boolean(unnamed) });
    graphs.set(id, { subject, attributions, about_sources, parties, sources });
  }

  const rowById = once(() => {
    const found = new Map<string, AttributionRow>();
    for (const rows of said.values()) for (const row of rows) found.set(row[0], row);
    return found;
  });
  const named = (id: string): Named => {
    const party = parties.get(id);
    if (party) return { key: keys.get(id)!, name: party.name };
    const [, key, by] = rowById().get(id)!;
    return { key, name: parties.get(by)!.name };
  };
  const heights = (claim: string) => (said.get(claim) ?? []).map((row) => Number(row[9]));
  return { graphs, named, stored: { standings, heights } };
}

/** The ids of all that the rows tell of; of attributions first those of the claims. */
export function idsIn(rows: GraphRows): Record<'said' | 'parties' | 'sources', string[]> {
  const said = (all: ReadonlyMap<string, AttributionRow[]>) =>
    [...all.values()].flatMap((of) => of.map(([id]) => id)).sort();
  const parties = rowsOf<PartyRow>(rows.parties).map(([, doc]) => (JSON.parse(doc) as Party).id);
  const sources = rowsOf<SourceRow>(rows.sources).map(([id]) => id);
  return {
    said: [...said(saidOfClaims(rows)), ...said(rowsAbout(rows.about_sources))],
    parties: [...new Set(parties)],
    sources: [...new Set(sources)],
  };
}

/** What most who read graphs have no use for is made for those who ask. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** The only claim of the rows. */
export function onlyGraph(rows: GraphRows): { id: string; graph: ClaimGraph; named: Graphs['named'] } {
  const { graphs, named } = readGraphs(rows);
  const [[id, graph]] = [...graphs] as [[string, ClaimGraph]];
  return { id, graph, named };
}

const rowsOf = <Row>(texts: readonly string[]): Row[] => texts.flatMap((text) => JSON.parse(text) as Row[]);

function rowsAbout(pages: readonly AttributionRows[]): Map<string, AttributionRow[]> {
  const found = new Map<string, AttributionRow[]>();
  for (const { about, rows } of pages) {
    const read = JSON.parse(rows) as AttributionRow[];
    found.set(about, found.get(about)?.concat(read) ?? read);
  }
  return found;
}

/** Of each claim, the rows of its attributions. */
export function saidOfClaims({ attributions, anew }: GraphRows): Map<string, AttributionRow[]> {
  const said = rowsAbout(attributions);
  for (const [claim, later] of rowsAbout(anew)) {
    const ids = new Set(later.map(([id]) => id));
    const earlier = said.get(claim)?.filter(([id]) => !ids.has(id)) ?? [];
    said.set(claim, [...earlier, ...later]);
  }
  return said;
}

const byFirst = (a: AttributionRow, b: AttributionRow): number => (a[0] < b[0] ? -1 : 1);
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

const NONE: string[] = [];

// By index: taking the row apart as a list costs as much as all else here.
const attributionOf = (row: AttributionRow): Attribution => ({
  id: row[0],
  party: row[2],
  stance: row[3],
  lineage: row[4],
  relays: row[10] === null ? NONE : inOrder(row[10].split(',')),
  in_reply_to: row[5],
  source: row[6],
  said_from: numberOf(row[7]),
  said_to: numberOf(row[8]),
});

/** So that the same rows make the same paths on every engine. Most are in order, and to look is far cheaper. */
const inOrder = (ids: string[]): string[] =>
  ids.every((id, i) => i === 0 || ids[i - 1]! < id) ? ids : ids.sort();

function eachPair(texts: readonly string[], tell: (from: string, to: string) => void): void {
  for (const text of texts) {
    for (let at = 0; at < text.length; ) {
      const space = text.indexOf(' ', at);
      const comma = text.indexOf(',', space);
      const end = comma === -1 ? text.length : comma;
      tell(text.slice(at, space), text.slice(space + 1, end));
      at = end + 1;
    }
  }
}

function readSources(rows: GraphRows): Map<string, Source> {
  const derived = new Map<string, string[]>();
  eachPair(rows.derivations, (from, to) => derived.set(from, [...(derived.get(from) ?? []), to]));
  return new Map(
    rowsOf<SourceRow>(rows.sources).map(([id, part_of, doc]) => {
      const { title, reporting_period_from, reporting_period_to } = JSON.parse(doc) as Source;
      const derived_from = (derived.get(id) ?? []).sort();
      return [id, { id, title, part_of, derived_from, reporting_period_from, reporting_period_to }];
    }),
  );
}
