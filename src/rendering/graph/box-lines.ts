import type { NodeOf } from '../../provenance/view/graph-view.schemas.js';
import { clean, dateWords, shorten, wrap } from '../label.js';
import type { Box, Drawing } from './drawing.js';

/** What a line of a box is, which decides how it looks. */
export interface BoxLine {
  role: 'stance' | 'party' | 'aside' | 'origin' | 'quote' | 'source';
  text: string;
}

const NAME_WIDTH = 28;
const NAME_LINES = 4;
const SMALL_WIDTH = 38;

const stanceWords: Record<string, string> = { declines: 'declines to comment', retracts: 'takes back' };

export const stanceWord = (stance: string): string => stanceWords[stance] ?? stance;

/** The side a box is drawn on: what is affirmed, passed on, or spoken against. */
export function sideOf({ attribution }: Box): 'affirms' | 'passes_on' | 'opposes' | 'neither' {
  if (attribution.stance === 'denies' || attribution.stance === 'disputes') return 'opposes';
  if (attribution.stance === 'asserts' || attribution.stance === 'confirms') return 'affirms';
  return attribution.stance === 'reports' ? 'passes_on' : 'neither';
}

/** "unnamed (at least 2)"; null when the party has a name. */
export function unnamedWords({ unnamed, count }: NodeOf<'party'>): string | null {
  if (!unnamed) return null;
  const { min, max } = count ?? { min: null, max: null };
  if (min === null && max === null) return 'unnamed';
  if (max === null) return `unnamed (at least ${min})`;
  if (min === null) return `unnamed (at most ${max})`;
  return min === max ? `unnamed (${min})` : `unnamed (${min} to ${max})`;
}

/** The words of one box, wrapped. */
export function linesOf(box: Box, { compact }: Drawing): BoxLine[] {
  const { attribution, party, speaker, about, source, quote } = box;
  const lines: BoxLine[] = wrap(stanceLine(attribution), 34, 2).map((text) => ({ role: 'stance', text }));
  const add = (role: BoxLine['role'], texts: string[]) =>
    lines.push(...texts.map((text) => ({ role, text })));
  const small = (text: string, maxLines: number) => wrap(text, SMALL_WIDTH, maxLines);

  add('party', wrap(party.label, NAME_WIDTH, compact ? 2 : NAME_LINES));
  const unnamed = unnamedWords(party);
  if (unnamed) add('aside', [unnamed]);
  if (speaker) add('aside', small(`spoken by ${speaker.label}`, 2));
  if (about) add('aside', small(`of the whole document: ${about.title}`, 3));
  if (attribution.taken_back) add('aside', ['taken back since']);
  if (firstVoice(box)) add('origin', ['first known voice']);
  if (compact && attribution.uncertain) add('aside', ['? lineage unknown']);
  if (box.hidden > 0) add('aside', [`passes on ${box.hidden} more, not drawn`]);
  if (compact) return lines;
  if (quote !== null) add('quote', wrap(`“${shorten(quote, 12, 100)}”`, 34, 3));
  if (source) add('source', sourceLines(box, source));
  return lines;
}

/** Where the claim comes from, as far as the register knows: the end of a chain that speaks for itself. */
export const firstVoice = (box: Box): boolean =>
  box.attribution.lineage === 'originates' && ['affirms', 'passes_on'].includes(sideOf(box));

function stanceLine({ stance, manner, said, said_as_stated }: NodeOf<'attribution'>): string {
  // A manner that repeats the stance is left out.
  const how = manner === null || manner === 'states' || manner === stance ? '' : ` (${manner})`;
  const date = said === null ? said_as_stated && shorten(said_as_stated, 5, 24) : dateWords(said);
  return `${stanceWord(stance).toUpperCase()}${how}${date ? ` · ${date}` : ''}`;
}

function sourceLines({ attribution, place }: Box, source: NodeOf<'source'>): string[] {
  const facts = [
    source.source_type?.replaceAll('_', ' '),
    source.status !== 'current' &&
      (source.status_date ? `${source.status} ${dateWords(source.status_date)}` : source.status),
    source.published && `published ${dateWords(source.published)}`,
    source.reporting_period && `covers ${dateWords(source.reporting_period)}`,
    place && clean(place),
    attribution.source_access === 'through_relay' && 'known second-hand',
  ].filter((fact) => fact);
  return [...wrap(`in: ${source.title}`, SMALL_WIDTH, 2), ...wrap(facts.join(', '), SMALL_WIDTH, 3)];
}
