import { dateParts, edtfWords, intervalParts } from '../../lib/edtf-text.js';
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

/** A source in the RIS format: one tag a line, `TY` first and `ER` last, lines ended by CR LF. */
export function risEntry(source: CitedSource): string {
  const kind = kindOf(source);
  const pmid = identifierOf(source, 'pmid');
  const [serial, other] = serialNumbers(source);
  const unplaced = other === null ? null : identifierOf(source, other);
  const fields: [tag: string, value: string | null | undefined][] = [
    ['TY', kind.ris],
    ['ID', labelOf(source)],
    ['TI', source.title],
    ...source.authors.map((author): [string, string] => ['AU', risName(author)]),
    ['T2', containerOf(source)],
    ['PB', publisherOf(source)],
    ...risDate(source.published),
    ['Y2', source.retrieved_at && `${source.retrieved_at.slice(0, 10).replaceAll('-', '/')}/`],
    ['UR', source.url],
    ['AV', source.archived_url],
    ['DO', identifierOf(source, 'doi')],
    ['SN', identifierOf(source, serial)],
    ['AN', pmid],
    ['DB', pmid && 'PubMed'],
    ['LA', source.language],
    ['M3', kind.genre],
    ...notesOf(source).map((note): [string, string] => ['N1', note]),
    ['N1', unplaced && `${other}: ${unplaced}`],
    ['ER', ''],
  ];
  const lines = fields.flatMap(([tag, value]) => (value == null ? [] : `${tag}  - ${oneLine(value)}`));
  return `${lines.join('\r\n')}\r\n`;
}

/** A line break would end the field. */
const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');

/** The format has one tag for both: that of articles is the ISSN. A source that has the other one has a note of it. */
function serialNumbers(source: CitedSource): ['issn' | 'isbn', 'issn' | 'isbn' | null] {
  const inSerial = source.type === 'article' || source.type === 'journal_article';
  const [usual, other] = inSerial ? (['issn', 'isbn'] as const) : (['isbn', 'issn'] as const);
  return identifierOf(source, usual) === null ? [other, null] : [usual, other];
}

/** "Family, Given, Suffix"; the place of a given name that is not known is left empty. */
function risName(author: Author): string {
  if ('literal' in author) return author.literal;
  const { family, given, suffix } = author;
  if (suffix !== null) return `${family}, ${given ?? ''}, ${suffix}`;
  return given === null ? family : `${family}, ${given}`;
}

/** `PY` is the year; `DA` is year/month/day/other, where `other` says in words what the numbers cannot. */
function risDate(published: string | null): [string, string][] {
  if (published === null) return [];
  const plain = dateParts(published);
  const [start = null] = intervalParts(published) ?? [];
  const parts = plain ?? start;
  const year = parts && !parts.year.includes('X') ? parts.year : '';
  const two = (part: number | null | undefined) => (part == null ? '' : String(part).padStart(2, '0'));
  const exact = plain !== null && year !== '' && plain.season === null && !plain.circa && !plain.uncertain;
  const other = exact ? '' : edtfWords(published).replace(/^the /, '');
  const date: [string, string] = [
    'DA',
    `${year}/${year && two(parts?.month)}/${year && two(parts?.day)}/${other}`,
  ];
  return year === '' ? [date] : [['PY', year], date];
}
