import { readFileSync } from 'node:fs';
import type { KnownParty, Wanted } from '../../src/parties/names/judge.js';

/** The evaluation set of `pairs.tsv`: a name, a party, and whether the party is the one that the name means. */
export interface NamePair {
  group: string;
  same: boolean;
  wanted: Wanted;
  party: KnownParty;
}

const lines = readFileSync(new URL('./pairs.tsv', import.meta.url), 'utf8').split('\n');

export const pairs: NamePair[] = lines
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [group, verdict, kind, name, party, ...facts] = line.split('\t') as [
      string,
      string,
      string,
      string,
      string,
    ];
    const known = new Map(facts.map((fact: string) => fact.split('=') as [string, string]));
    return {
      group,
      same: verdict === 'same',
      wanted: { name, kind, country: known.get('country'), born: known.get('born') },
      party: {
        name: party,
        names: (known.get('names')?.split('/') ?? []).map((other) => ({ name: other })),
        kind,
        country: known.get('party_country') ?? null,
        born: known.get('party_born') ?? null,
        identifiers: [],
      },
    };
  });

/** FNV-1a. */
function hash(text: string): number {
  let value = 2166136261;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 16777619) >>> 0;
  return value;
}

export const halves = ['tuning', 'held back'] as const;
/** Names of one group are in one half, so that nothing is learned about the other one. */
export const halfOf = (group: string) => halves[(hash(`attested ${group}`) >>> 7) % 2]!;
