import { edtfDays } from '../../../src/lib/edtf.js';
import type {
  Attribution,
  ClaimGraph,
  Party,
  Source,
  SourceAttribution,
  Stance,
} from '../../../src/provenance/graph/graph.js';

export interface Written {
  /** `military<pakistan`, `unama!<un` (independent), `states?2-` (unnamed, with count), `one?` (without). */
  parties?: string;
  /** `annex<report` (part of), `article~report+wire` (derived from), `paper^press:ann+bob` (publisher, authors). */
  sources?: string;
  subject?: string;
  /**
   * One attribution a line: `id party stance [originates|relays|unknown] [> id,id] [@source] [re:id]
   * [said:EDTF] [#source]`, the last for a whole source. Lineage defaults as in the register.
   */
  said: string;
}

/** Builds a claim's graph from a few lines. Parties and sources that are not declared stand alone. */
export function build({ parties = '', sources = '', subject, said }: Written): ClaimGraph {
  const all = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(attribution);
  const graph = {
    subject: subject ?? null,
    attributions: all.filter((each) => each.about_source === '').map(({ about_source: _, ...each }) => each),
    about_sources: all.filter((each) => each.about_source !== ''),
    parties: new Map(
      words(parties)
        .map(party)
        .map((each) => [each.id, each]),
    ),
    sources: new Map(
      words(sources)
        .map(source)
        .map((each) => [each.id, each]),
    ),
  };
  for (const { party: id } of all) declare(graph.parties, id, party);
  for (const { source: id, about_source } of all) {
    for (const used of [id, about_source]) if (used) declare(graph.sources, used, source);
  }
  for (const { part_of, derived_from } of [...graph.sources.values()]) {
    for (const used of [part_of, ...derived_from]) if (used) declare(graph.sources, used, source);
  }
  for (const { publisher, authors } of graph.sources.values()) {
    for (const used of [publisher, ...authors]) if (used) declare(graph.parties, used, party);
  }
  for (const { part_of } of [...graph.parties.values()]) if (part_of) declare(graph.parties, part_of, party);
  return graph;
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

function declare<T>(into: Map<string, T>, id: string, make: (id: string) => T): void {
  if (!into.has(id)) into.set(id, make(id));
}

function party(text: string): Party {
  const [, id, unnamed, min, max, independent, part_of] =
    /^([\w-]+?)(\?(?:(\d*)-(\d*))?)?(!)?(?:<([\w-]+))?$/.exec(text) ?? [];
  if (!id) throw new Error(`not a party: ${text}`);
  const number = (digits: string | undefined) => (digits ? Number(digits) : null);
  const counted = min !== undefined || max !== undefined;
  return {
    id,
    kind: 'organization',
    name: id,
    part_of: part_of ?? null,
    independent_voice: independent !== undefined,
    unnamed: unnamed !== undefined,
    count: counted ? { min: number(min), max: number(max) } : null,
  };
}

function source(text: string): Source {
  const [, id, part_of, derived, publisher, authors] =
    /^([\w-]+)(?:<([\w-]+))?(?:~([\w+-]+))?(?:\^([\w-]+)?(?::([\w+-]+))?)?$/.exec(text) ?? [];
  if (!id) throw new Error(`not a source: ${text}`);
  return {
    id,
    title: id,
    part_of: part_of ?? null,
    derived_from: derived?.split('+') ?? [],
    publisher: publisher ?? null,
    authors: authors?.split('+') ?? [],
  };
}

function attribution(line: string): SourceAttribution {
  const [id, party_, stance, ...rest] = words(line) as [string, string, Stance, ...string[]];
  const after = (prefix: string) =>
    rest.find((word) => word.startsWith(prefix) && word.length > prefix.length)?.slice(prefix.length);
  const arrow = rest.indexOf('>');
  const relays = arrow === -1 ? [] : rest[arrow + 1]!.split(',');
  const lineage = rest.find((word) => word === 'originates' || word === 'relays' || word === 'unknown');
  const said = after('said:') ?? null;
  const [said_from, said_to] = edtfDays(said);
  return {
    id,
    party: party_,
    stance,
    lineage: (lineage as Attribution['lineage']) ?? (relays.length > 0 ? 'relays' : 'unknown'),
    relays,
    in_reply_to: after('re:') ?? null,
    source: after('@') ?? null,
    said,
    said_from,
    said_to,
    about_source: after('#') ?? '',
  };
}
