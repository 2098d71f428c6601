import type { Reference } from '../../db/references.js';
import { edtfWords } from '../../lib/edtf-words.js';
import type { sourceTypes } from '../sources.schemas.js';
import { type CitedKind, citedKinds } from './kinds.js';

/** An author, in parts where the register has them. */
export interface Author {
  name: string;
  family_name: string | null;
  given_name: string | null;
}

/** What a citation needs of a source. */
export interface CitedSource {
  id: string;
  key: string | null;
  type: (typeof sourceTypes)[number];
  title: string;
  url: string | null;
  archived_url: string | null;
  publisher: Reference | null;
  authors: Author[];
  published: string | null;
  modified: string | null;
  reporting_period: string | null;
  retrieved_at: string | null;
  language: string | null;
  part_of: Reference | null;
  identifiers: { scheme: string; value: string }[];
}

/** The name of a source in a bibliography: whole, so that no two are alike. */
export const labelOf = ({ key, id }: CitedSource): string => key ?? id;

export const kindOf = ({ type }: CitedSource): CitedKind => citedKinds[type];

/** The larger work that a source stands in: for an article the outlet, for a chapter the book. */
export function containerOf({ type, part_of, publisher }: CitedSource): string | null {
  if (type === 'article' || type === 'journal_article') return publisher?.name ?? part_of?.name ?? null;
  return type === 'chapter' ? (part_of?.name ?? null) : null;
}

/** Who published it, unless that is told as its container. */
export function publisherOf(source: CitedSource): string | null {
  const { publisher } = source;
  return publisher !== null && containerOf(source) !== publisher.name ? publisher.name : null;
}

/** The value of an identifier of the source, of those that citation formats have a field for. */
export const identifierOf = ({ identifiers }: CitedSource, scheme: string): string | null =>
  identifiers.find((each) => each.scheme.toLowerCase() === scheme)?.value ?? null;

const FIELDS = new Set(['doi', 'isbn', 'issn', 'pmid']);

/** What a source says beyond the fields of the formats, each as one line. */
export function notesOf(source: CitedSource): string[] {
  const { reporting_period, modified, part_of, identifiers } = source;
  const within = part_of?.name != null && containerOf(source) !== part_of.name ? part_of.name : null;
  return [
    reporting_period === null ? null : `Covers ${edtfWords(reporting_period)}`,
    modified === null ? null : `Modified ${edtfWords(modified)}`,
    within === null ? null : `Part of: ${within}`,
    ...identifiers
      .filter(({ scheme }) => !FIELDS.has(scheme.toLowerCase()))
      .map(({ scheme, value }) => `${scheme}: ${value}`),
  ].filter((note) => note !== null);
}
