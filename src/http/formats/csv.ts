import { dsvFormat } from 'd3-dsv';
import { z } from 'zod';
import type { Naming, Reference } from '../../db/query/references.js';
import type { Tx } from '../../db/store/store.js';
import { lookUp } from '../../lib/collections.js';
import { flag } from '../request/filters.js';
import { presentation } from '../request/paging.js';
import { invalidQuery } from '../request/query.js';
import { ENUM_NAME } from '../schemas/enum-names.js';

/** What a column shows of one object; a list is one cell. */
export type Cell = string | number | boolean | null | undefined | readonly string[];

/**
 * A column of a CSV: its name and how to take it from an object's output form. `naming` gives the reference that
 * stands where the form has a reference token.
 */
export interface Column<View = unknown> {
  name: string;
  /** Whether it shows something of the objects that the form carries inside: these are read only if one does. */
  carried?: true;
  /** Adds to views what the column shows and output forms lack. */
  load?(tx: Tx, views: View[]): Promise<void>;
  value(view: View, naming: Naming): Cell;
}

/** The members of all types of a union; those that one lacks are undefined there. */
export type AnyOf<Union> = {
  [Member in Union extends unknown ? keyof Union : never]: MemberOf<Union, Member>;
};
type MemberOf<Union, Member> = Union extends unknown
  ? Member extends keyof Union
    ? Union[Member]
    : undefined
  : never;

/** How a column shows what is referred to, where it does not show the name. */
export const keyOf = (reference: Reference | null): string | null =>
  reference && (reference.key ?? reference.id);

export const keysOf = (markers: string[], naming: Naming): string[] =>
  markers.flatMap((marker) => keyOf(naming(marker)) ?? []);

/** Identifiers as filters take them: `doi:10.1000/1`. */
export const identifierTexts = (identifiers: { scheme: string; value: string }[]): string[] =>
  identifiers.map(({ scheme, value }) => `${scheme}:${value}`);

export const separators = { comma: ',', semicolon: ';', tab: '\t' } as const;
type Separator = keyof typeof separators;

const formats = {
  comma: dsvFormat(separators.comma),
  semicolon: dsvFormat(separators.semicolon),
  tab: dsvFormat(separators.tab),
} satisfies Record<Separator, unknown>;
const BYTE_ORDER_MARK = '\uFEFF';

/** Which of these columns or members are sent. */
export const fieldsQuery = (what: string, names: readonly string[]) =>
  presentation.fields.meta({
    description: `${what}, separated by commas.`,
    examples: [names.slice(0, 3).join(',')],
  });

/** The parameters of a CSV with these columns. */
export const csvQuery = (columns: readonly Column[]) => ({
  fields: fieldsQuery(
    'Columns',
    columns.map(({ name }) => name),
  ),
  bom: flag('Begins with a byte order mark, by which Excel knows UTF-8.'),
  separator: z
    .enum(Object.keys(separators) as Separator[])
    .optional()
    .meta({
      [ENUM_NAME]: 'CellSeparator',
      description: 'What separates cells; by default a comma.',
      examples: ['semicolon'],
    }),
  lists: z
    .enum(['json'])
    .optional()
    .meta({
      [ENUM_NAME]: 'CellLists',
      description:
        '`json`: a cell with a list is a JSON array. Left out: `; ` stands between items, and a backslash before ' +
        'each `;` and each backslash of an item.',
      examples: ['json'],
    }),
});

/** How a CSV is written. */
export interface CsvLook {
  bom?: boolean | undefined;
  separator?: Separator | undefined;
  lists?: 'json' | undefined;
}

export function chooseColumns<View>(
  columns: readonly Column<View>[],
  fields: string | undefined,
): readonly Column<View>[] {
  if (fields === undefined) return columns;
  const byName = new Map(columns.map((column) => [column.name, column]));
  return chooseNames([...byName.keys()], fields, 'column').map((name) => lookUp(byName, name));
}

/** The names that `fields` picks of those that there are, in the order of `fields`; throws a 400 for others. */
export function chooseNames(known: readonly string[], fields: string, what: 'column' | 'member'): string[] {
  return fields.split(',').map((name) => {
    if (known.includes(name)) return name;
    const detail = `unknown ${what} "${name.slice(0, 60)}"; there are ${known.join(', ')}`;
    throw invalidQuery([{ parameter: 'fields', code: `unknown_${what}`, detail }]);
  });
}

const number = /^-?\d+(\.\d+)?$/;

/**
 * Rows as lines of a CSV (RFC 4180). A cell that a spreadsheet could run as a formula gets an apostrophe in front, so a
 * CSV is for reading, not evidence; plain numbers stay as they are. Views without reference tokens need no naming.
 */
export function csvLines(
  columns: readonly Column[],
  views: unknown[],
  header: boolean,
  naming: Naming = () => null,
  { bom = false, separator = 'comma', lists }: CsvLook = {},
): string[] {
  const { formatRow } = formats[separator];
  const lines = views.map((view) => {
    const cells = columns.map((column) => cellText(column.value(view, naming), lists === 'json'));
    return `${formatRow(cells)}\n`;
  });
  if (!header) return lines;
  const names = formatRow(columns.map(({ name }) => name));
  return [`${bom ? BYTE_ORDER_MARK : ''}${names}\n`, ...lines];
}

function cellText(cell: Cell, json: boolean): string {
  // Most cells of a row are empty.
  if (cell === null || cell === undefined || cell === '') return '';
  if (!Array.isArray(cell)) return neutral(String(cell));
  return neutral(json ? JSON.stringify(cell) : cell.map(escaped).join('; '));
}

const escaped = (item: string): string => item.replace(/[\\;]/g, '\\$&');

function neutral(text: string): string {
  return /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text) && !number.test(text) ? `'${text}` : text;
}
