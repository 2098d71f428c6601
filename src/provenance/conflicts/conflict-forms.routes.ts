import { z } from 'zod';
import { type CsvLook, chooseColumns, csvLines } from '../../http/formats/csv.js';
import { type Form, inForm, nameFile } from '../../http/formats/forms.js';
import { type App, type Declaration, operation, type RequestOf } from '../../http/openapi/operation.js';
import { exportHeaders, storeAsOf } from '../../http/request/as-of.js';
import { encoded } from '../../http/response/encoded.js';
import { linesOf, NDJSON } from '../../http/response/media.js';
import { continued, sendSlice } from '../../http/response/slices.js';
import { tableForm } from '../../resources/exports.js';
import type { QuerySchema } from '../../resources/list.schemas.js';
import type { ResourceContext } from '../../resources/routes.js';
import { conflictColumns } from './conflicts.columns.js';
import { Conflict } from './conflicts.schemas.js';
import {
  type ConflictQuery,
  type Pair,
  type PairPosition,
  type Pairs,
  pairView,
} from './conflicts.service.js';

/** The whole of a list of pairs as CSV and as lines, sent while they are found. */

interface PairsForm extends Form {
  query: z.ZodRawShape;
  /** How to write what a request asks for; `first` for the pairs at the start. */
  writer(query: FormQuery): (pairs: Pair[], first: boolean) => string[];
}

type FormQuery = CsvLook & ConflictQuery & { fields?: string | undefined };

/** A column that shows the text of a claim finds it beside the claim's figure. */
const rowOf = (pair: Pair) => {
  const view = pairView(pair);
  return { ...view, sides: pair.sides.map((side) => ({ ...side.view, text: side.text })) };
};

const forms: PairsForm[] = [
  {
    ...tableForm(conflictColumns),
    writer({ fields, ...look }) {
      const columns = chooseColumns(conflictColumns, fields);
      return (pairs, first) => csvLines(columns, pairs.map(rowOf), first, undefined, look);
    },
  },
  {
    extension: 'ndjson',
    title: 'NDJSON',
    media: NDJSON,
    content: linesOf(Conflict, 'One pair a line.'),
    disposition: 'attachment',
    query: {},
    writer: () => (pairs) => pairs.map((pair) => `${JSON.stringify(pairView(pair))}\n`),
  },
];

/** Finds pairs for a request, from a position on. */
export type Find = (
  reader: ReturnType<typeof storeAsOf>,
  request: RequestOf<{ query: QuerySchema<FormQuery> }>,
  at: PairPosition,
  limit: number,
) => Promise<Pairs>;

/** Pairs of one chunk. For each chunk of a sorted list all pairs are found again. */
const PAIRS_AT_ONCE = 100;
const SORTED_CHUNK = 5_000;

interface Place {
  at: PairPosition;
  /** How many more pairs are wanted; null for all. */
  left: number | null;
  first: boolean;
}

export function registerConflictForms(
  app: App,
  context: ResourceContext,
  url: string,
  declaration: Declaration,
  query: QuerySchema<FormQuery>,
  find: Find,
): void {
  for (const form of forms) {
    const asked = query.omit({ cursor: true }).extend(form.query);
    const more = {
      description: 'The whole list, sent while it is found; `limit` ends it earlier.',
      query: asked as unknown as QuerySchema<FormQuery>,
      headers: z.object(exportHeaders),
    };
    app.get(`${url}.${form.extension}`, {
      ...operation(inForm(declaration, form, more)),
      async handler(request, reply) {
        const asked = request.query;
        const reader = storeAsOf(context, request, reply);
        const write = form.writer(asked);
        const most = asked.sort ? SORTED_CHUNK : PAIRS_AT_ONCE;
        nameFile(request, reply, form);
        const start: Place = {
          at: { first: '', second: '', back: false },
          left: asked.limit ?? null,
          first: true,
        };
        return sendSlice(reply, form.media, continued<Place>(request) ?? start, async (place) => {
          const { pairs, next } = await find(reader, request, place.at, Math.min(most, place.left ?? most));
          const left = place.left === null ? null : place.left - pairs.length;
          const chunk = encoded(write(pairs, place.first));
          return { chunk, next: next && left !== 0 ? { at: next, left, first: false } : null };
        });
      },
    });
  }
}
