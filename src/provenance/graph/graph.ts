/** How a party stands to a claim. */
export type Stance =
  | 'asserts'
  | 'confirms'
  | 'denies'
  | 'disputes'
  | 'declines'
  | 'retracts'
  | 'corrects'
  | 'reports';

/** A party, as far as origins need it. */
export interface Party {
  id: string;
  kind: string;
  name: string;
  /** The body whose voice this is a part of. */
  part_of: string | null;
  /** Judges for itself: nobody below it counts as what stands above it. */
  independent_voice: boolean;
  unnamed: boolean;
  /** How many people or bodies an unnamed party stands for; null when that is not known. */
  count: { min: number | null; max: number | null } | null;
}

/** A document or an utterance, as far as origins need it. */
export interface Source {
  id: string;
  title: string;
  part_of: string | null;
  derived_from: readonly string[];
  /** Who may withdraw it. */
  publisher: string | null;
  authors: readonly string[];
  /** Days since 1970-01-01, as with `said`; null when there is no date. */
  published_from?: number | null;
  published_to?: number | null;
}

/** Who says what about a claim. */
export interface Attribution {
  id: string;
  party: string;
  stance: Stance;
  lineage: 'originates' | 'relays' | 'unknown';
  /** Attributions of the same claim that this one passes on, each once. */
  relays: readonly string[];
  in_reply_to: string | null;
  source: string | null;
  /** Days since 1970-01-01 as `lib/edtf.ts` gives them; null when there is no date. */
  said_from: number | null;
  said_to: number | null;
  /** The date as it was given, in EDTF. */
  said: string | null;
}

/** Who says what about a whole source. */
export interface SourceAttribution extends Attribution {
  about_source: string;
}

/** All that the standing of one claim is computed from. */
export interface ClaimGraph {
  /** The party the claim is about. */
  subject: string | null;
  attributions: readonly Attribution[];
  /** Attributions about whole sources. Those about sources that have nothing to do with the claim are ignored. */
  about_sources: readonly SourceAttribution[];
  /** Every party named above, and all above it by `part_of`. */
  parties: ReadonlyMap<string, Party>;
  /** Every source named above, and all that can be reached from it by `part_of` and `derived_from`. */
  sources: ReadonlyMap<string, Source>;
}

/** Some claims, and the keys that references to their parties and attributions show. */
export interface ClaimGraphs {
  /** By claim. They share parties, sources and what is said of sources. */
  graphs: Map<string, ClaimGraph>;
  /** The keys of parties and attributions, by id. */
  keys: Map<string, string | null>;
}

/** The graph of a claim without attributions. */
export const NOTHING_SAID: ClaimGraph = {
  subject: null,
  attributions: [],
  about_sources: [],
  parties: new Map(),
  sources: new Map(),
};

/** Affirms the claim or passes it on. Origins are searched only from these stances. */
export const carries = (stance: Stance): boolean =>
  stance === 'asserts' || stance === 'confirms' || stance === 'reports';

/** Stands by the claim in its own name. */
export const affirms = (stance: Stance): boolean => stance === 'asserts' || stance === 'confirms';

export const opposes = (stance: Stance): boolean => stance === 'denies' || stance === 'disputes';

/** The attribution of an index that was taken from this graph. */
export function attributionAt({ attributions }: ClaimGraph, index: number): Attribution {
  const attribution = attributions[index];
  if (!attribution) throw new RangeError(`The graph has no attribution ${index}.`);
  return attribution;
}

export function sourceOf<Found extends Source>(id: string, sources: ReadonlyMap<string, Found>): Found {
  const source = sources.get(id);
  if (!source) throw new RangeError(`The source ${id} is missing from what was handed over.`);
  return source;
}

/** A source and what it is a part of, from the inside out. */
export const wholesOf = (id: string, sources: ReadonlyMap<string, Source>): string[] => [
  ...wholesOfAll([id], sources),
];

/** Sources and what they are parts of, each once. */
export function wholesOfAll(ids: Iterable<string>, sources: ReadonlyMap<string, Source>): Set<string> {
  const wholes = new Set<string>();
  for (const id of ids) {
    for (let at: string | null = id; at !== null && !wholes.has(at); at = sources.get(at)?.part_of ?? null) {
      wholes.add(at);
    }
  }
  return wholes;
}

/** Whether a source is another one, or a part of it. */
export function isWithinSource(id: string, whole: string, sources: ReadonlyMap<string, Source>): boolean {
  let at: string | null = id;
  // A damaged register may lead in a circle.
  for (let steps = 0; at !== null && at !== whole && steps <= sources.size; steps++) {
    at = sources.get(at)?.part_of ?? null;
  }
  return at === whole;
}

/** The number of attributions, parties and sources in some graphs, which tells how long a computation takes. */
export function sizeOf(graphs: readonly ClaimGraph[]): number {
  const [shared] = graphs;
  const said = graphs.reduce((sum, { attributions }) => sum + attributions.length, 0);
  return shared ? said + shared.about_sources.length + shared.parties.size + shared.sources.size : said;
}
