/** How reference managers name a type of source. */
export interface CitedKind {
  /** CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types). */
  csl: string;
  /** The type of the RIS format, as its specification of 2011 lists them. */
  ris: string;
  bibtex: 'article' | 'book' | 'incollection' | 'techreport' | 'misc';
  /** Told beside the type where that says less than ours. */
  genre?: string;
}

/** The types of sources, and each of them in citations. */
export const citedKinds = {
  article: { csl: 'article-newspaper', ris: 'NEWS', bibtex: 'article' },
  journal_article: { csl: 'article-journal', ris: 'JOUR', bibtex: 'article' },
  preprint: { csl: 'article', ris: 'UNPB', bibtex: 'misc', genre: 'Preprint' },
  book: { csl: 'book', ris: 'BOOK', bibtex: 'book' },
  chapter: { csl: 'chapter', ris: 'CHAP', bibtex: 'incollection' },
  report: { csl: 'report', ris: 'RPRT', bibtex: 'techreport' },
  press_release: { csl: 'document', ris: 'GEN', bibtex: 'misc', genre: 'Press release' },
  press_briefing: { csl: 'speech', ris: 'GEN', bibtex: 'misc', genre: 'Press briefing' },
  statement: { csl: 'document', ris: 'GEN', bibtex: 'misc', genre: 'Statement' },
  interview: { csl: 'interview', ris: 'GEN', bibtex: 'misc', genre: 'Interview' },
  speech: { csl: 'speech', ris: 'GEN', bibtex: 'misc', genre: 'Speech' },
  social_post: { csl: 'post', ris: 'ICOMM', bibtex: 'misc', genre: 'Social media post' },
  dataset: { csl: 'dataset', ris: 'DATA', bibtex: 'misc', genre: 'Data set' },
  broadcast: { csl: 'broadcast', ris: 'ADVS', bibtex: 'misc', genre: 'Broadcast' },
  video: { csl: 'motion_picture', ris: 'VIDEO', bibtex: 'misc', genre: 'Video' },
  legal_filing: { csl: 'legal_case', ris: 'CASE', bibtex: 'misc', genre: 'Legal filing' },
  judgment: { csl: 'legal_case', ris: 'CASE', bibtex: 'misc', genre: 'Judgment' },
  legislation: { csl: 'legislation', ris: 'STAT', bibtex: 'misc', genre: 'Legislation' },
  treaty: { csl: 'treaty', ris: 'LEGAL', bibtex: 'misc', genre: 'Treaty' },
  standard: { csl: 'standard', ris: 'STAND', bibtex: 'misc', genre: 'Standard' },
  letter: { csl: 'personal_communication', ris: 'PCOMM', bibtex: 'misc', genre: 'Letter' },
  document: { csl: 'document', ris: 'GEN', bibtex: 'misc' },
  website: { csl: 'webpage', ris: 'ELEC', bibtex: 'misc' },
  other: { csl: 'document', ris: 'GEN', bibtex: 'misc' },
} as const satisfies Record<string, CitedKind>;

export type SourceType = keyof typeof citedKinds;

export const sourceTypes = Object.keys(citedKinds) as SourceType[];
