import type { Reference } from '../../db/query/references.js';
import { edtfAdverb, edtfWords } from '../../lib/edtf-text.js';
import { bareIdentifier } from '../../lib/identifiers.js';
import type { SourceStatus } from '../../provenance/withdrawals/source-status.js';
import { type CitedKind, citedKinds, type SourceType } from './source-types.js';

/** An author: the parts of a name where the register has them, or else the name as one text (`literal`). */
export type Author = { literal: string } | { family: string; given: string | null; suffix: string | null };

/** What stands behind a comma in a part of a name is a suffix: "King, Jr.", or "Martin Luther, Jr.". */
export function authorOf(name: string, family_name: string | null, given_name: string | null): Author {
  if (family_name === null) return { literal: name };
  const [family = '', ...behindFamily] = family_name.split(/,\s*/);
  const [given = '', ...behindGiven] = (given_name ?? '').split(/,\s*/);
  const suffix = [...behindGiven, ...behindFamily].join(', ');
  return { family, given: given || null, suffix: suffix || null };
}

/** What a citation needs of a source. */
export interface CitedSource {
  id: string;
  key: string | null;
  type: SourceType;
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
  status: SourceStatus;
  status_date: string | null;
  /** The party that withdrew or corrected it, or the source that takes its place. */
  status_by: Reference | null;
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

/** The schemes that citation formats have a field for. */
export type FieldScheme = 'doi' | 'isbn' | 'issn' | 'pmid';
const FIELDS: readonly string[] = ['doi', 'isbn', 'issn', 'pmid'] satisfies FieldScheme[];

/** The first identifier of a scheme, as its value alone. */
export function identifierOf({ identifiers }: CitedSource, scheme: FieldScheme): string | null {
  const found = identifiers.find((each) => each.scheme.toLowerCase() === scheme);
  return found ? bareIdentifier(scheme, found.value) : null;
}

/** Identifiers that no field holds, being of other schemes or not the first of theirs. */
function furtherIdentifiers({ identifiers }: CitedSource): string[] {
  const told = new Set<string>();
  return identifiers.flatMap(({ scheme, value }) => {
    const name = scheme.toLowerCase();
    const isFirst = !told.has(name);
    told.add(name);
    return isFirst && FIELDS.includes(name) ? [] : [`${scheme}: ${value}`];
  });
}

/** What has become of the source, in words: "Withdrawn on 4 June 2020 by The Lancet"; null while it stands as it is. */
export function statusWords({ status, status_date, status_by }: CitedSource): string | null {
  if (status === 'current') return null;
  const by =
    status_by?.name == null ? '' : ` by ${status === 'superseded' ? `“${status_by.name}”` : status_by.name}`;
  const when = status_date === null ? '' : ` ${edtfAdverb(status_date)}`;
  return `${status.slice(0, 1).toUpperCase()}${status.slice(1)}${when}${by}`;
}

/** What a source says beyond the fields of the formats, each as one line. */
export function notesOf(source: CitedSource): string[] {
  const { reporting_period, modified, part_of } = source;
  const within = part_of?.name != null && containerOf(source) !== part_of.name ? part_of.name : null;
  return [
    statusWords(source),
    reporting_period === null ? null : `Covers ${edtfWords(reporting_period)}`,
    modified === null ? null : `Modified ${edtfWords(modified)}`,
    within === null ? null : `Part of: ${within}`,
    ...furtherIdentifiers(source),
  ].filter((note) => note !== null);
}
