import type { Reference } from '../db/references.js';
import { parseEdtf } from '../lib/edtf.js';

/** The members of a source's output form that a citation needs. */
export interface CitedSource {
  id: string;
  key: string | null;
  type: string;
  title: string;
  url: string | null;
  publisher: Reference | null;
  authors: Reference[];
  published: string | null;
  retrieved_at: string | null;
  language: string | null;
}

/** Our types of sources as types of CSL 1.0.2 (https://docs.citationstyles.org). */
const cslTypes: Record<string, string> = {
  article: 'article-newspaper',
  report: 'report',
  press_briefing: 'speech',
  statement: 'document',
  interview: 'interview',
  speech: 'speech',
  social_post: 'post',
  dataset: 'dataset',
  broadcast: 'broadcast',
  legal_filing: 'legal_case',
  website: 'webpage',
};

/** A source as one item of CSL-JSON. What the source does not say is left out. */
export function cslItem(source: CitedSource): Record<string, unknown> {
  const outlet = source.publisher?.name;
  const printed = source.type === 'article' ? { 'container-title': outlet } : { publisher: outlet };
  const item = {
    id: source.key ?? source.id,
    type: cslTypes[source.type] ?? 'document',
    title: source.title,
    author: source.authors.length > 0 ? source.authors.map(({ name }) => ({ literal: name })) : undefined,
    ...(outlet === undefined ? {} : printed),
    issued: source.published === null ? undefined : cslDate(source.published),
    accessed: source.retrieved_at === null ? undefined : dateParts([source.retrieved_at.slice(0, 10)]),
    URL: source.url ?? undefined,
    language: source.language ?? undefined,
  };
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

const dateParts = (days: string[]) => ({ 'date-parts': days.map((day) => day.split('-').map(Number)) });

/** As exact as the date is: a year stays a year; what is no plain date keeps its bounds, and is `circa`. */
function cslDate(edtf: string) {
  const plain = /^(\d{4}(?:-\d{2}){0,2})([?~%]?)$/.exec(edtf);
  if (plain) return { ...dateParts([plain[1]!]), ...(plain[2] ? { circa: true } : {}) };
  const { from, to } = parseEdtf(edtf);
  const ends = [from, to].filter((day) => day !== null);
  return ends.length > 0 ? { ...dateParts(ends), circa: true } : undefined;
}
