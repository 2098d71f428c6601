import { z } from 'zod';
import type { Position } from '../db/keyset.js';
import type { Tx } from '../db/store.js';
import { encoded } from '../http/encoded.js';
import { type Column, chooseColumns, chooseNames, csvText } from '../http/formats.js';
import type { Form } from '../http/forms.js';
import { CSV, linesOf, NDJSON, tableOf } from '../http/media.js';
import { Pace } from '../http/pace.js';
import { presentation } from '../http/paging.js';
import { misplaced } from '../http/query.js';
import { type Listing, type ListSpec, pageRows, positionOf } from './list.js';
import { membersOf } from './list.schemas.js';
import type { Shown } from './noun.js';
import { outputTexts, outputViews } from './render.js';

type Query = Record<string, string | undefined>;

/** A form of a whole list, written a chunk at a time. */
export interface ExportForm extends Form {
  /** The parameters of this form. */
  query: z.ZodRawShape;
  /** How to write what a request asks for. Throws a 400 for parameters that cannot be used. */
  writer: (spec: ListSpec, query: Query) => Writer;
}

interface Writer {
  /** The text of rows that follow each other; `first` for those at the start, which may be none. */
  rows: (tx: Tx, rows: Shown[], first: boolean) => Promise<string | Buffer>;
  /** What stands behind the last row. */
  end?: string;
  /** Whether the objects that items carry are not shown. */
  bare?: boolean;
}

export const csvForm = (columns: readonly Column[]): ExportForm => ({
  extension: 'csv',
  title: 'CSV',
  media: CSV,
  content: tableOf(columns),
  disposition: 'attachment',
  query: { fields: presentation.fields.meta({ description: 'Columns, separated by commas.' }) },
  writer({ noun }, { fields }) {
    const chosen = chooseColumns(columns, fields);
    return {
      bare: !chosen.some(({ carried }) => carried),
      async rows(tx, rows, first) {
        const { views, naming } = await outputViews(tx, noun, rows);
        return csvText(chosen, views, first, naming);
      },
    };
  },
});

const form = z
  .enum(['input'])
  .optional()
  .meta({ description: '`input` gives the form that PUT takes back.' });

export const ndjsonForm = (one: string, output: z.ZodObject, input: z.ZodType): ExportForm => ({
  extension: 'ndjson',
  title: 'NDJSON',
  media: NDJSON,
  content: linesOf(output, `One ${one} a line; with \`form=input\`, one ${one}Input.`),
  disposition: 'attachment',
  query: { form, fields: presentation.fields.meta({ description: 'Members, separated by commas.' }) },
  variant({ form, fields }) {
    if (form) return linesOf(input, `One ${one}Input a line.`);
    return fields === undefined ? null : linesOf(membersOf(output, fields), 'Some members a line.');
  },
  writer({ noun, service }, { form, fields }) {
    if (form && fields !== undefined) throw misplaced('fields', 'the input form is given whole');
    const members =
      fields === undefined ? undefined : chooseNames(Object.keys(output.shape), fields, 'member');
    return {
      bare: form !== undefined,
      async rows(tx, rows) {
        const texts = form
          ? (await service.inputs(tx, rows)).map((input) => JSON.stringify(input))
          : await outputTexts(tx, noun, rows, members);
        return encoded(texts.map((text) => `${text}\n`));
      },
    };
  },
});

/** The whole list, a chunk at a time, each in a transaction of its own: no snapshot is held meanwhile. */
export async function* exported(
  spec: ListSpec,
  { reader, conditions, cursor, ...listing }: Listing,
  { rows: write, end, bare = false }: Writer,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<string | Buffer> {
  const carried = bare ? 0 : (spec.noun.carries?.inItem ?? 0);
  let at: Position | null = cursor?.at ?? null;
  let left = limit;
  let first = true;
  const pace = new Pace();
  while (left > 0) {
    const began = performance.now();
    const size = Math.min(pace.size, left);
    const { rows, chunk } = await reader.read(async (tx) => {
      const page = { at, back: false, limit: size, carried };
      const found = await pageRows(tx, spec, listing, await conditions(tx), page);
      return { rows: found, chunk: await write(tx, found, first) };
    });
    pace.took(performance.now() - began);
    yield chunk;
    first = false;
    left -= rows.length;
    if (rows.length < size) break;
    at = positionOf(rows.at(-1)!, listing.sortColumn);
  }
  if (end !== undefined) yield end;
}
