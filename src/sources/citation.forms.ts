import { z } from 'zod';
import type { Form } from '../http/formats/forms.js';
import type { ExportForm } from '../resources/exports.js';
import { bibtexEntry } from './citation/bibtex.js';
import type { CitedSource } from './citation/cited-source.js';
import { cslItem } from './citation/csl.js';
import { risEntry } from './citation/ris.js';
import { citedSources } from './cited-source.service.js';

export const CslItem = z.looseObject({ id: z.string(), type: z.string() }).meta({
  id: 'CslItem',
  description: 'CSL-JSON 1.0.2.',
});

export const CSL = 'application/vnd.citationstyles.csl+json';

/** A form of citations: of one source, and of a bibliography. */
interface CitationForm extends Form {
  entry: (source: CitedSource) => string;
  /** What stands before, between and behind the entries of a bibliography. */
  around: readonly [start: string, between: string, end: string];
  bibliography: z.ZodType;
}

const text = { content: z.string(), bibliography: z.string(), disposition: 'attachment' } as const;

/** The forms that reference managers read. */
export const citationForms: readonly CitationForm[] = [
  {
    ...text,
    extension: 'bib',
    title: 'BibTeX',
    media: 'application/x-bibtex; charset=utf-8',
    entry: bibtexEntry,
    around: ['', '\n', ''],
  },
  {
    ...text,
    extension: 'ris',
    title: 'RIS',
    media: 'application/x-research-info-systems; charset=utf-8',
    entry: risEntry,
    around: ['', '\r\n', ''],
  },
  {
    extension: 'csl.json',
    title: 'CSL-JSON',
    media: CSL,
    content: CslItem,
    bibliography: z.array(CslItem).meta({ id: 'CslItems', description: 'A bibliography in CSL-JSON 1.0.2.' }),
    disposition: 'attachment',
    entry: (source) => JSON.stringify(cslItem(source)),
    around: ['[', ',\n', ']\n'],
  },
];

/** Lists of sources as bibliographies. */
export const bibliographyForms: readonly ExportForm[] = citationForms.map(
  ({ entry, around: [start, between, end], bibliography, ...form }): ExportForm => ({
    ...form,
    content: bibliography,
    query: {},
    writer: () => ({
      async rows(tx, rows, first) {
        const entries = (await citedSources(tx, rows)).map(entry).join(between);
        return first ? start + entries : entries && between + entries;
      },
      end,
    }),
  }),
);
