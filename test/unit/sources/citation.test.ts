import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { describe, expect, it } from 'vitest';
import { formatCitation } from '../../../src/rendering/citation.js';
import { bibtexEntry } from '../../../src/sources/citation/bibtex.js';
import { authorOf, type CitedSource } from '../../../src/sources/citation/cited-source.js';
import { cslDate, cslItem } from '../../../src/sources/citation/csl.js';
import { risEntry } from '../../../src/sources/citation/ris.js';
import { citedKinds, sourceTypes } from '../../../src/sources/citation/source-types.js';

const outlet = { id: 'party_1', key: 'the-outlet', name: 'The Outlet & Sons' };
const book = { id: 'source_1', key: 'the-book', name: 'The Book' };
const longTitle =
  'A title of well over seventy characters, with an address https://example.org/a/very/long/path?x=1_2 and 50% #more {braces}';

const source = (more: Partial<CitedSource> = {}): CitedSource => ({
  id: 'source_01kbd',
  key: 'a-key-that-is-longer-than-twenty-characters',
  type: 'report',
  title: longTitle,
  url: 'https://example.org/reports/2024/a_very_long_address/that-goes-on/and-on/index.html?a=1&b=2',
  archived_url: 'https://archive.example/2024/https://example.org/reports',
  publisher: outlet,
  authors: [{ family: 'Doe', given: 'Jane Q.', suffix: null }, { literal: 'Ministry of Health, Kabul' }],
  published: '2024-05-22',
  modified: '2024-06',
  reporting_period: '2023-07/2023-12',
  retrieved_at: '2025-02-10T08:00:00.000Z',
  language: 'en-GB',
  part_of: book,
  identifiers: [
    { scheme: 'doi', value: '10.1016/S0140-6736(20)31180-6' },
    { scheme: 'isbn', value: '978-3-16-148410-0' },
    { scheme: 'issn', value: '0140-6736' },
    { scheme: 'PMID', value: '32450107' },
    { scheme: 'wikidata', value: 'Q1' },
    { scheme: 'isbn', value: '978-3-16-148411-7' },
  ],
  status: 'current',
  status_date: null,
  status_by: null,
  ...more,
});

const bare = (more: Partial<CitedSource> = {}): CitedSource =>
  source({
    key: null,
    url: null,
    archived_url: null,
    publisher: null,
    authors: [],
    published: null,
    modified: null,
    reporting_period: null,
    retrieved_at: null,
    language: null,
    part_of: null,
    identifiers: [],
    ...more,
  });

/** What a reader of the format makes of it, as CSL-JSON. */
const read = (text: string, forceType: string) =>
  new Cite(text, { forceType, generateGraph: false }).data[0] as Record<string, unknown>;

describe.each(sourceTypes)('a citation of type %s', (type) => {
  const cited = source({ type });
  const { csl } = citedKinds[type];

  it('as CSL-JSON: holds every member that is filled in', () => {
    const item = cslItem(cited);
    const inBook = type === 'chapter' ? 'The Book' : null;
    const inOutlet = type === 'article' || type === 'journal_article' ? outlet.name : null;
    expect(item).toMatchObject({
      id: cited.key,
      type: csl,
      title: longTitle,
      author: [{ family: 'Doe', given: 'Jane Q.' }, { literal: 'Ministry of Health, Kabul' }],
      issued: { 'date-parts': [[2024, 5, 22]] },
      accessed: { 'date-parts': [[2025, 2, 10]] },
      URL: cited.url,
      archive_location: cited.archived_url,
      DOI: '10.1016/S0140-6736(20)31180-6',
      ISBN: '978-3-16-148410-0',
      ISSN: '0140-6736',
      PMID: '32450107',
      language: 'en-GB',
    });
    expect(item['container-title']).toBe(inBook ?? inOutlet ?? undefined);
    expect(item.publisher).toBe(inOutlet ? undefined : outlet.name);
    expect(item.note).toMatch(/Covers July–December 2023\nModified June 2024\n/);
    expect(item.note).toMatch(/wikidata: Q1\nisbn: 978-3-16-148411-7$/);
    expect(item.status).toBeUndefined();
    expect(String(item.note).includes('Part of: The Book')).toBe(type !== 'chapter');
  });

  it('as RIS: holds every member, each whole on a line of its own', () => {
    const text = risEntry(cited);
    expect(text).toMatch(/^TY {2}- [A-Z]+\r\n/);
    expect(text).toMatch(/ER {2}- \r\n$/);
    for (const line of text.split('\r\n').slice(0, -1)) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /);
    const lines = new Set(text.split('\r\n'));
    const inSerial = type === 'article' || type === 'journal_article';
    for (const line of [
      `ID  - ${cited.key}`,
      `TI  - ${longTitle}`,
      'AU  - Doe, Jane Q.',
      'AU  - Ministry of Health, Kabul',
      'PY  - 2024',
      'DA  - 2024/05/22/',
      'Y2  - 2025/02/10/',
      `UR  - ${cited.url}`,
      `AV  - ${cited.archived_url}`,
      'DO  - 10.1016/S0140-6736(20)31180-6',
      ...(inSerial
        ? ['SN  - 0140-6736', 'N1  - isbn: 978-3-16-148410-0']
        : ['SN  - 978-3-16-148410-0', 'N1  - issn: 0140-6736']),
      'N1  - isbn: 978-3-16-148411-7',
      'AN  - 32450107',
      'LA  - en-GB',
      'N1  - Covers July–December 2023',
      'N1  - wikidata: Q1',
    ]) {
      expect(lines).toContain(line);
    }
    expect(/^(T2|PB) {2}- The Outlet & Sons\r$/m.test(text)).toBe(true);
  });

  it('as RIS: a reference manager reads back title, year, address and identifier', () => {
    const item = read(risEntry(cited), '@ris/file');
    expect(item).toMatchObject({ title: longTitle, URL: cited.url, DOI: '10.1016/S0140-6736(20)31180-6' });
    expect((item.issued as { 'date-parts': number[][] })['date-parts'][0]![0]).toBe(2024);
  });

  it('as BibTeX: a reference manager reads back what it has fields for', () => {
    const text = bibtexEntry(cited);
    expect(text).toMatch(new RegExp(`^@[a-z]+\\{${cited.key},\\n`));
    expect(text).toContain('  month = may,\n  day = {22},\n');
    const item = read(text, '@biblatex/text');
    expect(item).toMatchObject({
      'citation-key': cited.key,
      title: longTitle,
      author: [{ family: 'Doe', given: 'Jane Q.' }, { family: 'Ministry of Health, Kabul' }],
      issued: { 'date-parts': [[2024, 5, 22]] },
      accessed: { 'date-parts': [[2025, 2, 10]] },
      URL: cited.url,
      DOI: '10.1016/S0140-6736(20)31180-6',
      ISBN: '978-3-16-148410-0',
    });
    expect(text).toContain('issn = {0140-6736}');
    expect(text).toContain('pmid = {32450107}');
    expect(text).toContain('Archived: https://archive.example/2024/https://example.org/reports');
  });

  it('as text: names authors, year and title as the style does', async () => {
    const text = await formatCitation({ item: cslItem(cited), style: 'apa' });
    // The style gives cases and laws by their titles alone.
    if (!['legal_case', 'legislation', 'treaty', 'standard'].includes(csl))
      expect(text).toMatch(/^Doe, J\. Q\./);
    expect(text).toContain('2024');
    expect(text).toContain(longTitle);
  });

  it('invents nothing: a source with a title alone has no other field', () => {
    const { genre: _, ...item } = cslItem(bare({ type }));
    expect(item).toEqual({ id: 'source_01kbd', type: csl, title: longTitle });
    expect(risEntry(bare({ type })).replace(/M3.*\r\n/, '')).toMatch(
      /^TY {2}- [A-Z]+\r\nID {2}- source_01kbd\r\nTI {2}- [^\r]*\r\nER {2}- \r\n$/,
    );
    expect(
      bibtexEntry(bare({ type }))
        .match(/^ {2}(\w+)/gm)!
        .filter((name) => !/note/.test(name)),
    ).toEqual(['  title']);
  });
});

describe('authors', () => {
  const of = (name: string, family: string | null, given: string | null) => ({
    csl: (cslItem(bare({ authors: [authorOf(name, family, given)] })).author as object[])[0],
    ris: /AU {2}- (.*)\r/.exec(risEntry(bare({ authors: [authorOf(name, family, given)] })))![1],
    // The author stands between two others, from whom nothing may take it.
    read: (
      read(
        bibtexEntry(
          bare({
            type: 'report',
            authors: [authorOf('A B', 'B', 'A'), authorOf(name, family, given), authorOf('C D', 'D', 'C')],
          }),
        ),
        '@biblatex/text',
      ).author as object[]
    ).slice(1, -1),
  });

  it.each([
    ['Jane Doe', 'Doe', 'Jane', { family: 'Doe', given: 'Jane' }, 'Doe, Jane', null],
    [
      'Jan van der Berg',
      'van der Berg',
      'Jan',
      { family: 'van der Berg', given: 'Jan' },
      'van der Berg, Jan',
      { 'non-dropping-particle': 'van der', family: 'Berg', given: 'Jan' },
    ],
    [
      'José García Márquez',
      'García Márquez',
      'José',
      { family: 'García Márquez', given: 'José' },
      'García Márquez, José',
      null,
    ],
    [
      'Martin Luther King Jr.',
      'King',
      'Martin Luther, Jr.',
      { family: 'King', given: 'Martin Luther', suffix: 'Jr.' },
      'King, Martin Luther, Jr.',
      null,
    ],
    [
      'Martin Luther King Jr.',
      'King, Jr.',
      'Martin Luther',
      { family: 'King', given: 'Martin Luther', suffix: 'Jr.' },
      'King, Martin Luther, Jr.',
      null,
    ],
    [
      'Ann Land and Sea',
      'Land and Sea',
      'Ann',
      { family: 'Land and Sea', given: 'Ann' },
      'Land and Sea, Ann',
      null,
    ],
    ['علی کریمی', 'کریمی', 'علی', { family: 'کریمی', given: 'علی' }, 'کریمی, علی', null],
    ['Suharto', 'Suharto', null, { family: 'Suharto' }, 'Suharto', null],
    [
      'A_b O’Neil {&} 50%',
      'O’Neil {&} 50%',
      'A_b',
      { family: 'O’Neil {&} 50%', given: 'A_b' },
      'O’Neil {&} 50%, A_b',
      null,
    ],
    [
      'Ministry of Trade and Industry',
      null,
      null,
      { literal: 'Ministry of Trade and Industry' },
      'Ministry of Trade and Industry',
      { family: 'Ministry of Trade and Industry' },
    ],
    ['others', null, null, { literal: 'others' }, 'others', { family: 'others' }],
  ])('%s (%s, %s) is one author in every format', (name, family, given, csl, ris, bibtex) => {
    const all = of(name, family, given);
    expect(all).toEqual({ csl, ris, read: [bibtex ?? csl] });
  });
});

describe('what has become of a source', () => {
  const by = { id: 'attribution_1', key: null, name: 'The Lancet' };
  const edition = { id: 'source_2', key: 'second', name: 'Second edition' };
  it.each([
    ['withdrawn', '2020-06-04', by, 'Withdrawn on 4 June 2020 by The Lancet'],
    ['corrected', null, by, 'Corrected by The Lancet'],
    ['superseded', '2022', edition, 'Superseded in 2022 by “Second edition”'],
  ] as const)('%s: every format says so', (status, status_date, status_by, words) => {
    const cited = source({ status, status_date, status_by });
    expect(cslItem(cited)).toMatchObject({ status, note: expect.stringMatching(`^${words}\n`) });
    expect(risEntry(cited)).toContain(`N1  - ${words}\r\n`);
    expect(bibtexEntry(cited)).toContain(`note = {${words}; `);
  });
});

describe('cslDate', () => {
  it.each([
    ['2024', { 'date-parts': [[2024]] }],
    ['2024-05', { 'date-parts': [[2024, 5]] }],
    ['2024-05-06T10:00:00Z', { 'date-parts': [[2024, 5, 6]] }],
    ['2022-10-XX', { 'date-parts': [[2022, 10]] }],
    ['2022-22', { 'date-parts': [[2022]], season: 2 }],
    ['2024~', { 'date-parts': [[2024]], circa: true }],
    ['2023?', { literal: '2023?' }],
    ['2023-04%', { literal: 'c. April 2023?' }],
    [
      '2024-05/2024-06',
      {
        'date-parts': [
          [2024, 5],
          [2024, 6],
        ],
      },
    ],
    ['2024~/2025', { 'date-parts': [[2024], [2025]], circa: true }],
    ['202X', { literal: '2020s' }],
    ['../2023', { literal: 'until 2023' }],
    ['2023/..', { literal: 'since 2023' }],
    ['[2024,2025]', { literal: '2024 or 2025' }],
    ['2023/2024?', { literal: '2023–2024 (uncertain)' }],
  ])('%s: says no more and no less', (edtf, date) => {
    expect(cslDate(edtf)).toEqual(date);
  });
});

describe('formatCitation', () => {
  it.each([
    ['2024-05', '(2024, May)'],
    ['2023?', '(2023?)'],
    ['2024~', '(ca. 2024)'],
    ['202X', '(2020s)'],
    ['../2023', '(until 2023)'],
    ['2024-05/2024-06', '(2024, May–June)'],
    ['[2024,2025]', '(2024 or 2025)'],
  ])('%s: the text says it once', async (published, shown) => {
    const item = cslItem(bare({ type: 'article', published }));
    expect(await formatCitation({ item, style: 'apa' })).toContain(shown);
  });
});

describe('dates of other forms', () => {
  it.each([
    ['2024', 'PY  - 2024|DA  - 2024///', 'date = {2024}|year = {2024}'],
    ['2024-05', 'PY  - 2024|DA  - 2024/05//', 'date = {2024-05}|year = {2024}|month = may'],
    ['2023?', 'PY  - 2023|DA  - 2023///2023 (uncertain)', 'date = {2023?}|year = {2023 (uncertain)}'],
    ['2024~', 'PY  - 2024|DA  - 2024///c. 2024', 'date = {2024\\~}|year = {c. 2024}'],
    ['202X', 'DA  - ///2020s', 'date = {202X}|year = {2020s}'],
    ['../2023', 'DA  - ///until 2023', 'date = {/2023}|year = {until 2023}'],
    [
      '2024-02/..',
      'PY  - 2024|DA  - 2024/02//since February 2024',
      'date = {2024-02/}|year = {since February 2024}',
    ],
    [
      '2024-05/2024-06',
      'PY  - 2024|DA  - 2024/05//May–June 2024',
      'date = {2024-05/2024-06}|year = {May–June 2024}',
    ],
    ['[2024,2025]', 'DA  - ///2024 or 2025', 'year = {2024 or 2025}'],
    ['2022-21', 'PY  - 2022|DA  - 2022///spring 2022', 'date = {2022-21}|year = {spring 2022}'],
  ])('%s: RIS and BibTeX say it in their terms', (published, ris, bibtex) => {
    const dates = risEntry(bare({ published })).match(/^(PY|DA) .*(?=\r)/gm)!;
    expect(dates.join('|')).toBe(ris);
    const fields = bibtexEntry(bare({ published })).match(/(?<=^ {2})(date|year|month|day) = .*(?=,$)/gm)!;
    expect(fields.join('|')).toBe(bibtex.replace('\\~', '~'));
  });
});

describe('hostile text', () => {
  it('text: markup in a title is shown, not applied', async () => {
    const item = cslItem(bare({ title: 'On <i>Homo</i> & <script>alert(1)</script> in iOS' }));
    const text = await formatCitation({ item, style: 'apa' });
    expect(text).toContain('On <i>Homo</i> & <script>alert(1)</script> in iOS');
  });

  const title = 'Line one\r\nER  - \nTY  - FAKE } \\end{x} $&#_~^% “q” نور';

  it('RIS: a line break in a title ends no field', () => {
    const text = risEntry(bare({ title }));
    expect(text.match(/^(TY|ER) /gm)).toEqual(['TY ', 'ER ']);
    expect(text).toContain('TI  - Line one ER  - TY  - FAKE } \\end{x} $&#_~^% “q” نور\r\n');
  });

  it('BibTeX: braces are by name, so that one alone ends no field', () => {
    const text = bibtexEntry(bare({ title: 'a } b { c', authors: [{ literal: 'D }' }] }));
    expect(text).toContain('title = {a \\textbraceright{} b \\textbraceleft{} c},');
    expect(text).toContain('author = {{D \\textbraceright{}}},');
    expect(read(text, '@biblatex/text').title).toBe('a } b { c');
  });

  it('BibTeX: a publisher is one, whatever its name holds', () => {
    const publisher = { id: 'party_2', key: null, name: 'Ministry of Trade and Industry' };
    for (const type of sourceTypes) {
      const item = read(bibtexEntry(bare({ type, publisher })), '@biblatex/text');
      expect(item.publisher ?? item['container-title']).toBe(publisher.name);
    }
  });

  it('BibTeX: what TeX gives a meaning is taken as itself', () => {
    const item = read(bibtexEntry(bare({ title, url: 'https://example.org/{a}' })), '@biblatex/text');
    expect(item.title).toBe('Line one ER - TY - FAKE } \\end{x} $&#_~^% “q” نور');
    expect(item.URL).toBe('https://example.org/%7Ba%7D');
  });
});
