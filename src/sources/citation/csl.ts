import { type DateParts, dateParts, edtfWords, intervalParts } from '../../lib/edtf-text.js';
import {
  type Author,
  type CitedSource,
  containerOf,
  identifierOf,
  kindOf,
  labelOf,
  notesOf,
  publisherOf,
} from './cited-source.js';

/** A source as one item of CSL-JSON 1.0.2. What the source does not say is left out. */
export function cslItem(source: CitedSource): Record<string, unknown> {
  const kind = kindOf(source);
  const notes = notesOf(source);
  const item = {
    id: labelOf(source),
    type: kind.csl,
    genre: kind.genre,
    title: source.title,
    author: source.authors.length > 0 ? source.authors.map(cslName) : null,
    'container-title': containerOf(source),
    publisher: publisherOf(source),
    issued: source.published === null ? null : cslDate(source.published),
    accessed: source.retrieved_at === null ? null : cslDate(source.retrieved_at.slice(0, 10)),
    URL: source.url,
    archive_location: source.archived_url,
    DOI: identifierOf(source, 'doi'),
    ISBN: identifierOf(source, 'isbn'),
    ISSN: identifierOf(source, 'issn'),
    PMID: identifierOf(source, 'pmid'),
    language: source.language,
    status: source.status === 'current' ? null : source.status,
    note: notes.length > 0 ? notes.join('\n') : null,
  };
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value != null));
}

/** A person in parts, so that citations sort by the family name; all others as they are written. */
const cslName = (author: Author) =>
  Object.fromEntries(Object.entries(author).filter(([, part]) => part !== null));

const isWhole = (parts: DateParts | null): parts is DateParts => parts !== null && !parts.year.includes('X');

const numbers = ({ year, month, day }: DateParts): number[] =>
  [Number(year), month, day].filter((part) => part !== null);

/**
 * As exact as the date is. `~` is `circa`; what CSL has no member for (an uncertain date, a decade, an
 * open interval, a set) is given in words (`literal`) alone: styles would show numbers beside them.
 */
export function cslDate(edtf: string): Record<string, unknown> {
  const parts = dateParts(edtf);
  if (parts?.uncertain) return { literal: `${edtfWords(edtf.replace('?', '').replace('%', '~'))}?` };
  if (isWhole(parts)) {
    return {
      'date-parts': [numbers(parts)],
      ...(parts.season !== null && { season: parts.season + 1 }),
      ...(parts.circa && { circa: true }),
    };
  }
  const [start = null, end = null] = intervalParts(edtf) ?? [];
  if (isWhole(start) && isWhole(end) && !start.uncertain && !end.uncertain) {
    return {
      'date-parts': [numbers(start), numbers(end)],
      ...((start.circa || end.circa) && { circa: true }),
    };
  }
  return { literal: edtfWords(edtf).replace(/^the /, '') };
}
