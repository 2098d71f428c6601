import { dateParts, edtfWords } from '../../lib/edtf-text.js';
import { MONTHS } from '../../lib/months.js';
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

/** A source as a BibTeX entry, with the fields of BibLaTeX (`date`, `urldate`, `doi`) beside the classic ones. */
export function bibtexEntry(source: CitedSource): string {
  const { bibtex, genre } = kindOf(source);
  const publisher = publisherOf(source);
  const archived = source.archived_url === null ? [] : [`Archived: ${source.archived_url}`];
  const notes = [...(genre === undefined ? [] : [genre]), ...notesOf(source), ...archived];
  const container = bibtex === 'incollection' ? 'booktitle' : 'journal';
  const publishedBy = { techreport: 'institution', misc: 'howpublished' }[bibtex as string] ?? 'publisher';
  const fields: [name: string, value: string | null][] = [
    ['author', source.authors.length > 0 ? source.authors.map(bibtexName).join(' and ') : null],
    ['title', braced(source.title)],
    [container, braced(containerOf(source))],
    [publishedBy, publisher && `{${whole(publisher)}}`],
    ...bibtexDate(source.published),
    ['url', verbatim(source.url)],
    ['urldate', verbatim(source.retrieved_at?.slice(0, 10) ?? null)],
    ...(['doi', 'isbn', 'issn', 'pmid'] as const).map((name): [string, string | null] => [
      name,
      verbatim(identifierOf(source, name)),
    ]),
    ['language', braced(source.language)],
    ['note', notes.length > 0 ? braced(notes.join('; ')) : null],
  ];
  const given = fields.filter(([, value]) => value !== null);
  const names = given.map(([name, value]) => `  ${name} = ${name === 'author' ? `{${value}}` : value},\n`);
  return `@${bibtex}{${labelOf(source)},\n${names.join('')}}\n`;
}

/** Braces by name: `\{` would count as one where BibTeX looks for the end of a field. */
const SPECIAL: Record<string, string> = {
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Characters that TeX gives a meaning, taken as themselves. */
const escaped = (text: string): string =>
  text
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replace(/[\\~^{}&%$#_]/g, (character) => SPECIAL[character] ?? `\\${character}`);

const braced = (text: string | null): string | null => text && `{${escaped(text)}}`;

/** Addresses and identifiers are not typeset as text; only braces would end the field. */
const verbatim = (text: string | null): string | null =>
  text && `{${text.replace(/[{}]/g, (brace) => (brace === '{' ? '%7B' : '%7D'))}}`;

/** In braces of its own, in which neither commas nor "and" take a name apart. */
const whole = (name: string): string => `{${escaped(name)}}`;

const namePart = (part: string): string => (/,|\band\b/i.test(part) ? whole(part) : escaped(part));

/** "Family, Given" or "Family, Suffix, Given"; all other names are whole. */
function bibtexName(author: Author): string {
  if ('literal' in author) return whole(author.literal);
  const { family, given, suffix } = author;
  if (given === null && suffix === null) return whole(family);
  return [family, ...(suffix === null ? [] : [suffix]), given ?? ''].map(namePart).join(', ');
}

/** BibLaTeX reads these forms of EDTF as they are; an open end is left empty there. */
const BIBLATEX_DATE = /^[\dX?~%-]+(\/[\dX?~%-]*)?$|^\/[\dX?~%-]+$/;

const monthCode = (month: number | null): string | null =>
  month === null ? null : (MONTHS[month - 1]?.slice(0, 3).toLowerCase() ?? null);

function bibtexDate(published: string | null): [string, string | null][] {
  if (published === null) return [];
  const date = published.replace(/T[^/]*/, '').replace('..', '');
  const parts = dateParts(published);
  const plain = parts !== null && !/[X?~%]/.test(date) && parts.season === null;
  const classic: [string, string | null][] = plain
    ? [
        ['year', `{${parts.year}}`],
        ['month', monthCode(parts.month)],
        ['day', parts.day === null ? null : `{${parts.day}}`],
      ]
    : [['year', braced(edtfWords(published).replace(/^the /, ''))]];
  return [['date', BIBLATEX_DATE.test(date) ? `{${date}}` : null], ...classic];
}
