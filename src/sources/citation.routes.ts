import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { asOfQuery, readerFor, readHeaders } from '../http/as-of.js';
import { sendText } from '../http/conditional.js';
import { operation } from '../http/operation.js';
import { get } from '../register/find.js';
import { outputTexts } from '../register/render.js';
import { idOf, type RegisterContext } from '../register/routes.js';
import type { Renderer } from '../rendering/pool.js';
import { type CitedSource, cslItem } from './citation.js';
import { sourceNoun } from './source.js';

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
      const { version, text } = await readerFor(context, request, reply).read(async (tx) => {
        const stored = await get(tx, sourceNoun, idOf(request));
        return { version: stored.version, text: (await outputTexts(tx, sourceNoun, [stored], false))[0]! };
      });
      const item = cslItem(JSON.parse(text) as CitedSource);
      const body =
        format === 'csl'
          ? JSON.stringify(item)
          : await context.renderer.render({ kind: 'citation', item, format, style });
      return sendText(request, reply, body, version, types[format]);
    },
  });
}
