import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { inForm, sendForm } from '../http/formats/forms.js';
import { type App, type Declaration, operation, type RequestOf } from '../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { sendText } from '../http/request/conditional.js';
import { TEXT } from '../http/response/media.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { itemId } from '../http/schemas/parameters.js';
import { get } from '../resources/find.js';
import { idOf, type ResourceContext } from '../resources/routes.js';
import type { Renderer } from '../workers/renderer.js';
import { statusWords } from './citation/cited-source.js';
import { cslItem } from './citation/csl.js';
import { CSL, CslItem, citationForms } from './citation.forms.js';
import { citedSources } from './cited-source.service.js';
import { sourceType } from './source.js';

const styleQuery = z.strictObject({
  style: z
    .enum(['apa', 'vancouver', 'harvard1'])
    .optional()
    .meta({ [ENUM_NAME]: 'CitationStyle', description: 'By default APA.', examples: ['vancouver'] }),
  ...asOfQuery,
});

const formatted = {
  extension: 'txt',
  title: 'formatted text',
  media: TEXT,
  content: z.string(),
  disposition: 'inline',
} as const;

/** A source as a citation, for reference managers and footnotes. */
export function citationRoutes(app: App, context: ResourceContext & { renderer: Renderer }): void {
  const url = '/v1/sources/:id/citation';
  const declaration = {
    scope: 'read',
    cost: 'point',
    tag: 'Sources',
    operationId: 'getSourceCitation',
    summary: 'A source as a citation',
    path: z.object({ id: itemId('source') }),
    query: z.strictObject(asOfQuery),
    headers: z.object(readHeaders),
    success: { 200: { description: 'The citation as CSL-JSON.', media: { [CSL]: CslItem } } },
    problems: ['not_found', 'gone'],
  } as const satisfies Declaration;

  app.get(url, {
    ...operation(declaration),
    handler: async (request, reply) => {
      const { version, source } = await cited(request, reply);
      return sendText(request, reply, JSON.stringify(cslItem(source)), version, CSL);
    },
  });

  for (const form of citationForms) {
    app.get(`${url}.${form.extension}`, {
      ...operation(inForm(declaration, form)),
      handler: async (request, reply) => {
        const { version, source } = await cited(request, reply);
        return sendForm(request, reply, form, form.entry(source), version);
      },
    });
  }

  app.get(`${url}.txt`, {
    ...operation(inForm(declaration, formatted, { cost: 'scan', query: styleQuery })),
    handler: async (request, reply) => {
      const { style = 'apa' } = request.query;
      const { version, source } = await cited(request, reply);
      const text = await context.renderer.render(async () => {
        const { formatCitation } = await import('../rendering/citation.js');
        return formatCitation({ item: cslItem(source), style });
      });
      const status = statusWords(source);
      // No style shows it by itself.
      const body = status === null ? text : `${text.trimEnd()} [${status}.]\n`;
      return sendForm(request, reply, formatted, body, version);
    },
  });

  async function cited(request: RequestOf<typeof declaration>, reply: FastifyReply) {
    return storeAsOf(context, request, reply).read(async (tx) => {
      const stored = await get(tx, sourceType, idOf(request));
      return { version: stored.version, source: (await citedSources(tx, [stored]))[0] };
    });
  }
}
