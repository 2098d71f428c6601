import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { inForm, nameFile, withoutExtension } from '../http/formats/forms.js';
import { type App, type Declaration, operation } from '../http/openapi/operation.js';
import { exportHeaders, readHeaders } from '../http/request/as-of.js';
import { misplaced } from '../http/request/query.js';
import { continued, sendSlice } from '../http/response/slices.js';
import { pathOf } from '../lib/path.js';
import { type ExportPlace, exportChunk } from './exports.js';
import { type Choosing, costOfPage, type Fixed, type List, type ListContext, readListing } from './list.js';
import { exportQuery } from './list.schemas.js';
import { sendPage } from './list-page.js';

export type ListDocs = Pick<Declaration, 'tag' | 'operationId' | 'summary' | 'path' | 'problems'>;

/** The routes of a list: its pages, and the whole of it in each of its forms. */
export function registerList(
  app: App,
  context: ListContext,
  url: string,
  list: List,
  docs: ListDocs,
  /** Filters that follow from the address. */
  fixedBy?: (request: FastifyRequest) => Fixed,
): void {
  const { pages, query, documented } = list;
  const declaration: Declaration = {
    ...docs,
    scope: 'read',
    cost: costOfPage,
    description:
      '`fields=id,key` gives these members of each item alone. It is for scripts and people, and not among the ' +
      'parameters, since clients made from this document count on all members.',
    query,
    queryDoc: documented,
    headers: z.object(readHeaders),
    success: {
      200: {
        description: 'A page.',
        schema: pages.page,
        variant: ({ fields }) => (fields === undefined ? null : pages.reduced(fields)),
      },
    },
  };
  app.get(url, {
    ...operation(declaration),
    handler: (request, reply) => sendPage(context, list, request, reply, fixedBy?.(request)),
  });

  registerExports(app, context, url, list, docs, fixedBy);
}

/** The routes of the forms in which a list is sent whole: `/v1/claims.csv` beside `/v1/claims`. */
export function registerExports(
  app: App,
  context: ListContext,
  url: string,
  list: Choosing,
  docs: ListDocs,
  fixedBy?: (request: FastifyRequest) => Fixed,
): void {
  const declaration: Declaration = { ...docs, scope: 'read', success: {} };
  for (const form of list.forms) {
    const more = {
      cost: 'scan',
      description: 'The whole list, sent while it is read; `limit` ends it earlier.',
      query: exportQuery(list, form.query),
      headers: z.object(exportHeaders),
    } as const;
    app.get(`${url}.${form.extension}`, {
      ...operation(inForm(declaration, form, more)),
      async handler(request, reply) {
        const asked = request.query;
        const path = withoutExtension(pathOf(request.url), form);
        const listing = readListing(context, list, request, reply, path, fixedBy?.(request));
        if (listing.cursor?.back) throw misplaced('cursor', 'an export goes forward; use next_cursor');
        const writer = form.writer(list, asked);
        const start = { at: listing.cursor?.at ?? null, left: asked.limit ?? null, first: true, few: null };
        nameFile(request, reply, form);
        return sendSlice(reply, form.media, continued<ExportPlace>(request) ?? start, (place) =>
          exportChunk(list, listing, writer, place),
        );
      },
    });
  }
}
