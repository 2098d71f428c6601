import { dateParts, edtfWords, intervalParts } from '../../lib/edtf-words.js';
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
    ['SN', identifierOf(source, 'isbn') ?? identifierOf(source, 'issn')],
    ['AN', pmid],
    ['DB', pmid && 'PubMed'],
    ['LA', source.language],
    ['M3', kind.genre],
    ...notesOf(source).map((note): [string, string] => ['N1', note]),
    ['ER', ''],
  ];
  const lines = fields
    .filter(([, value]) => value != null)
    .map(([tag, value]) => `${tag}  - ${oneLine(value!)}`);
  return `${lines.join('\r\n')}\r\n`;
}

/** A line break would end the field. */
const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');

const risName = ({ name, family_name, given_name }: Author): string =>
  family_name === null ? name : [family_name, given_name].filter((part) => part !== null).join(', ');

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
