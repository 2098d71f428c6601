import { append, type NonEmpty } from '../../lib/collections.js';
import { type Adjacency, neighbours } from '../graph/components.js';
import { attributionAt } from '../graph/graph.js';
import type { Analysis, End } from '../standing/origins.js';
import { followedLinks } from '../standing/paths.js';
import type { Origin, Tally } from '../standing/tally.js';

/** One way from an origin to those who pass it on, as indexes of attributions. */
export interface Chain {
  /** From the leading attribution, which is named first, down to the origin; each draws on the next. */
  cited: NonEmpty<number>;
  /** Those who pass on the one that leads, each with those who pass on its words in turn. */
  relayers: Relayer[];
}

export interface Relayer {
  at: number;
  /** Who relays it in turn, step by step: those who relay its words, then those who relay these, and so on. */
  further: number[][];
}

/** The attributions that relay one directly, without another in between. */
export type DirectRelayers = (at: number) => number[];

/**
 * The chains by which origins are told, those that originate first; at most `limit` origins, and as many chains of
 * each. Of an origin with several ends, the clearest one is told.
 *
 * A document that somebody passes on leads its chain, and what it draws on is cited. The origin, and what stands
 * between it and that document, leads a chain of its own where others pass it on: each relayer stands with what it
 * relays.
 */
export function chainsOf(analysis: Analysis, tally: Tally, limit: number): Chain[] {
  const relayersOf = directRelayers(followedLinks(analysis).relayers, analysis.graph.attributions.length);
  return tally.origins
    .toSorted((a, b) => Number(b.originates) - Number(a.originates))
    .slice(0, limit)
    .flatMap((origin) => chainsTo(clearestEnd(origin).at, analysis, relayersOf, limit));
}

/** Reads them from reversed links, in which a number beyond the attributions is a source that others draw on. */
export function directRelayers(relayers: Adjacency, attributions: number): DirectRelayers {
  return (at) => {
    const direct = neighbours(relayers, at).flatMap((node) =>
      node < attributions ? [node] : neighbours(relayers, node),
    );
    return [...new Set(direct)].filter((node) => node !== at).sort((a, b) => a - b);
  };
}

function clearestEnd({ ends }: Origin): End {
  return ends.reduce((best, next) => (clarity(next) > clarity(best) ? next : best)).end;
}

/** An end that originates is clearer than one of unknown lineage, and a named party is clearer than an unnamed one. */
const clarity = ({ end, voice }: Origin['ends'][number]): number =>
  (end.originates ? 2 : 0) + (voice.ancestors[0].unnamed ? 0 : 1);

function chainsTo(end: number, { graph }: Analysis, relayersOf: DirectRelayers, limit: number): Chain[] {
  const hasDocument = (at: number) => attributionAt(graph, at).source !== null;
  const leading = waysToDocuments(end, hasDocument, relayersOf);
  const chains: Chain[] = [];
  const ways = new Map<number, NonEmpty<number>>([[end, [end]]]);
  for (const [at, cited] of ways) {
    if (chains.length === limit) break;
    const relayers = relayersOf(at);
    const plain = hasDocument(at) ? relayers : relayers.filter((relayer) => !leading.has(relayer));
    if (plain.length > 0 || relayers.length === 0) {
      chains.push({ cited, relayers: withFurther(plain, at, relayersOf) });
    }
    if (hasDocument(at)) continue;
    for (const relayer of relayers) {
      if (leading.has(relayer) && !ways.has(relayer)) ways.set(relayer, [relayer, ...cited]);
    }
  }
  return chains.sort((a, b) => b.cited.length - a.cited.length);
}

/**
 * Up from an origin without a document of its own: the nearest relayers that stand in a document and are relayed in
 * turn, and all attributions in between.
 */
function waysToDocuments(
  end: number,
  hasDocument: (at: number) => boolean,
  relayersOf: DirectRelayers,
): Set<number> {
  const below = new Map<number, number[]>([[end, []]]);
  const documents: number[] = [];
  for (const at of below.keys()) {
    const relayers = relayersOf(at);
    if (hasDocument(at)) {
      if (relayers.length > 0) documents.push(at);
      continue;
    }
    for (const relayer of relayers) append(below, relayer, at);
  }
  const leading = new Set(documents);
  for (const at of leading) for (const lower of below.get(at) ?? []) leading.add(lower);
  return leading;
}

/** Each direct relayer with those that relay it in turn; no attribution stands in two places. */
function withFurther(direct: number[], lead: number, relayersOf: DirectRelayers): Relayer[] {
  const told = new Set([lead, ...direct]);
  return direct.map((at) => {
    const further: number[][] = [];
    for (let level = [at]; level.length > 0; ) {
      level = [...new Set(level.flatMap(relayersOf))].filter((each) => !told.has(each));
      for (const each of level) told.add(each);
      if (level.length > 0) further.push(level);
    }
    return { at, further };
  });
}
