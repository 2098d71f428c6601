import { z } from 'zod';
import type { Position } from '../db/query/keyset.js';
import { FEW } from '../db/store/limits.js';
import type { Tx } from '../db/store/store.js';
import {
  type Column,
  chooseColumns,
  chooseNames,
  csvLines,
  csvQuery,
  fieldsQuery,
  separators,
} from '../http/formats/csv.js';
import type { Form } from '../http/formats/forms.js';
import { misplaced } from '../http/request/query.js';
import { encoded } from '../http/response/encoded.js';
import { CSV, linesOf, NDJSON, tableOf } from '../http/response/media.js';
import type { Part } from '../http/response/slices.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { allCarried } from './carried.store.js';
import { type ExportSpec, type Listing, pageRows, positionOf } from './list.js';
import { type ExportQuery, membersOf } from './list.schemas.js';
import { outputTexts, outputViews } from './render.js';
import type { ResourceType, Shown } from './resource-type.js';

/** A form of a whole list, written a chunk at a time. */
export interface ExportForm extends Form {
  /** The parameters of this form. */
  query: z.ZodRawShape;
  /** How to write what a request asks for. Throws a 400 for parameters that cannot be used. */
  writer: (spec: ExportSpec, query: ExportQuery) => Writer;
}

interface Writer {
  /** The text of rows that follow each other; `first` for those at the start, which may be none. */
  rows: (tx: Tx, rows: Shown[], first: boolean) => Promise<string | Buffer>;
  /** What stands behind the last row. */
  end?: string;
  /** Whether the objects that items carry are not shown. */
  bare?: boolean;
}

/** CSV with these columns, wherever they come from. */
export const tableForm = (columns: readonly Column[]) =>
  ({
    extension: 'csv',
    title: 'CSV',
    media: CSV,
    content: tableOf(columns),
    variant({ bom, separator = 'comma' }) {
      const marked = String(bom) === 'true';
      if (!marked && separator === 'comma') return null;
      const between = separators[separator as keyof typeof separators];
      return tableOf(columns, { bom: marked, separator: between });
    },
    disposition: 'attachment',
    query: csvQuery(columns),
  }) satisfies Form & Pick<ExportForm, 'query'>;

export const csvForm = (columns: readonly Column[]): ExportForm => ({
  ...tableForm(columns),
  writer({ noun }, { fields, bom, separator, lists }) {
    const chosen = chooseColumns(columns, fields);
    return {
      bare: !chosen.some(({ carried }) => carried),
      async rows(tx, rows, first) {
        const { views, naming } = await outputViews(tx, noun, rows);
        for (const column of chosen) await column.load?.(tx, views);
        return encoded(csvLines(chosen, views, first, naming, { bom, separator, lists }));
      },
    };
  },
});

const form = z
  .enum(['input'])
  .optional()
  .meta({
    [ENUM_NAME]: 'ListForm',
    description: '`input` gives the form that PUT takes back.',
    examples: ['input'],
  });

export const ndjsonForm = (one: string, output: z.ZodObject, content: z.ZodType): ExportForm => ({
  extension: 'ndjson',
  title: 'NDJSON',
  media: NDJSON,
  content: linesOf(output, `One ${one} a line; with \`form=input\`, one ${one}Content.`),
  disposition: 'attachment',
  query: { form, fields: fieldsQuery('Members', Object.keys(output.shape)) },
  variant({ form, fields }) {
    if (form) return linesOf(content, `One ${one}Content a line.`);
    return fields === undefined ? null : linesOf(membersOf(output, fields), 'Some members a line.');
  },
  writer({ noun, service }, { form, fields }) {
    if (form && fields !== undefined) throw misplaced('fields', 'the input form is given whole');
    const members =
      fields === undefined ? undefined : chooseNames(Object.keys(output.shape), fields, 'member');
    return {
      bare: form !== undefined || (members && noun.carries && !members.includes(noun.carries.member)),
      async rows(tx, rows) {
        const texts = form
          ? (await service.inputs(tx, rows)).map((input) => JSON.stringify(input))
          : await outputTexts(tx, noun, rows, members);
        return encoded(texts.map((text) => `${text}\n`));
      },
    };
  },
});

/** Where an export goes on, and how many rows are still wanted; null for all. */
export interface ExportPlace {
  at: Position | null;
  left: number | null;
  first: boolean;
  /** So many rows are looked up; null for as many as in any read. */
  few: number | null;
}

/** Rows that are read at once. */
const ROWS_AT_ONCE = 100;
/** So many times more are looked up than were few for the chunk before: a register grows meanwhile. */
const GROWN = 2;

/** A chunk of the whole list, in a transaction of its own: no snapshot is held until the next one. */
export async function exportChunk(
  spec: ExportSpec,
  { reader, conditions, ...listing }: Listing,
  { rows: write, end, bare = false }: Writer,
  { at, left, first, few }: ExportPlace,
): Promise<Part<ExportPlace>> {
  const carried = bare ? 0 : (spec.noun.carries?.inItem ?? 0);
  const limit = Math.min(ROWS_AT_ONCE, left ?? ROWS_AT_ONCE);
  let most = FEW;
  const onFew = (rows: number) => {
    most = Math.max(most, rows * GROWN);
  };
  return reader.read(async (tx) => {
    // What the chunk before looked up in vain is looked up again for each of them.
    const met = await conditions({ ...tx, few: Math.min(tx.few, few ?? tx.few), onFew });
    const found = await pageRows(tx, spec, listing, met, {
      at,
      back: false,
      limit,
      carried,
    });
    const rows = bare ? found : await withAllCarried(tx, spec.noun, found);
    const chunk = await write(tx, rows, first);
    const rest = left === null ? null : left - rows.length;
    const more = (found.length === limit || rows.length < found.length) && rest !== 0;
    const last = rows.at(-1);
    if (!more || !last) return { chunk: end === undefined ? chunk : `${chunk}${end}`, next: null };
    return { chunk, next: { at: positionOf(last, listing.sortColumn), left: rest, first: false, few: most } };
  });
}

/** Objects that the rows of one chunk carry in all, where some carry more than stand in an item. */
const CARRIED = 2_000;

/**
 * The first rows, each with all that it carries: as many as one chunk may hold in memory, and at least one. Rows come
 * with what stands in an item; the few that carry more are completed.
 */
async function withAllCarried(tx: Tx, noun: ResourceType, rows: Shown[]): Promise<Shown[]> {
  const { carries } = noun;
  if (!carries) return rows;
  const whole: Shown[] = [];
  let left = CARRIED;
  for (const row of rows) {
    const count = Number((row as unknown as Record<string, unknown>)[carries.count]);
    const partial = count > carries.inItem;
    left -= partial ? count : 0;
    if (left < 0 && whole.length > 0) break;
    whole.push(partial ? { ...row, carried: await allCarried(tx, carries, row.id) } : row);
  }
  return whole;
}
