import type { Party, Source } from './graph.js';
import { linesAbove, partyOf } from './hierarchy.js';
import { listed } from './text.js';

/** Who may withdraw or correct a source. */
export interface Entitled {
  /** The publisher and the bodies that it is part of; one of them is enough to withdraw the source. */
  publishers: ReadonlySet<string>;
  /** Together they withdraw the source; one author takes back only their own words in it. */
  authors: ReadonlySet<string>;
}

/** A source that names no publisher has that of the nearest source it is part of. */
export function entitledTo(
  source: Pick<Source, 'publisher' | 'authors' | 'part_of'>,
  sources: ReadonlyMap<string, Source>,
  parties: ReadonlyMap<string, Party>,
): Entitled {
  const seen = new Set<string>();
  let publisher = source.publisher;
  for (let at = source.part_of; publisher === null && at !== null && !seen.has(at); ) {
    seen.add(at);
    const whole = sources.get(at);
    publisher = whole?.publisher ?? null;
    at = whole?.part_of ?? null;
  }
  const line = publisher === null ? [] : linesAbove(publisher, parties);
  return { publishers: new Set(line.map(({ id }) => id)), authors: new Set(source.authors) };
}

/** Why a party cannot withdraw or correct a source, with what to do instead; null if it can. */
export function entitlementFault(
  party: string,
  stance: 'retracts' | 'corrects',
  title: string,
  { publishers, authors }: Entitled,
  parties: ReadonlyMap<string, Party>,
): string | null {
  if (publishers.has(party) || authors.has(party)) return null;
  const named = [...publishers, ...authors];
  const verb = stance === 'retracts' ? 'withdraws' : 'corrects';
  const who =
    named.length === 0
      ? `“${title}” names no publisher and no author who could do that; add them to the source`
      : `only ${listed(named.map((id) => partyOf(id, parties).name))}, its publisher or authors, ${verb} “${title}”`;
  return `${who}; a source that somebody else rejects is denied or disputed: write "denies" or "disputes"`;
}
