import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { asOfQuery, readerFor, readHeaders } from '../../http/as-of.js';
import { sendText } from '../../http/conditional.js';
import { operation } from '../../http/operation.js';
import { get } from '../../register/find.js';
import { idOf, type RegisterContext } from '../../register/routes.js';
import type { Renderer } from '../../rendering/pool.js';
import { sourceNoun } from '../source.js';
import { bibtexEntry } from './bibtex.js';
import { citedSources } from './cited-source.service.js';
import { cslItem } from './csl.js';
import { risEntry } from './ris.js';

const types = {
  csl: 'application/vnd.citationstyles.csl+json',
  bibtex: 'application/x-bibtex; charset=utf-8',
  ris: 'application/x-research-info-systems; charset=utf-8',
  text: 'text/plain; charset=utf-8',
} as const;

const query = z.strictObject({
  format: z.enum(['csl', 'bibtex', 'ris', 'text']).optional().meta({
    description: 'CSL-JSON unless told; BibTeX, RIS, or a formatted sentence.',
  }),
  style: z.enum(['apa', 'vancouver', 'harvard1']).optional().meta({ description: 'Style of the sentence.' }),
  ...asOfQuery,
});

const CslItem = z.looseObject({ id: z.string(), type: z.string() }).meta({
  id: 'CslItem',
  description: 'CSL-JSON 1.0.2.',
});

/** A source as a citation, for reference managers and footnotes. */
export function citationRoutes(
  app: FastifyInstance,
  context: RegisterContext & { renderer: Renderer },
): void {
  app.get('/v1/sources/:id/citation', {
    ...operation({
      scope: 'read',
      tag: 'Sources',
      operationId: 'getSourceCitation',
      summary: 'A source as a citation: CSL-JSON, BibTeX, RIS, or text',
      path: z.object({ id: z.string().meta({ description: 'Id or key of the source.' }) }),
      query,
      headers: z.object(readHeaders),
      success: {
        200: {
          description: 'The citation.',
          media: {
            [types.csl]: CslItem,
            [types.bibtex]: z.string(),
            [types.ris]: z.string(),
            [types.text]: z.string(),
          },
        },
      },
      problems: ['not_found', 'gone'],
    }),
    handler: async (request, reply) => {
      const { format = 'csl', style = 'apa' } = request.query as z.infer<typeof query>;
      const { version, source } = await readerFor(context, request, reply).read(async (tx) => {
        const stored = await get(tx, sourceNoun, idOf(request));
        return { version: stored.version, source: (await citedSources(tx, [stored]))[0]! };
      });
      const body = await {
        csl: () => JSON.stringify(cslItem(source)),
        bibtex: () => bibtexEntry(source),
        ris: () => risEntry(source),
        text: () => context.renderer.render({ kind: 'citation', item: cslItem(source), style }),
      }[format]();
      return sendText(request, reply, body, version, types[format]);
    },
  });
}
