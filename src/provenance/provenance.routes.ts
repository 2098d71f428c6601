import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { attributionNoun } from '../attributions/attribution.js';
import { claimNoun } from '../claims/claim.js';
import type { Tx } from '../db/store.js';
import { sendJson, weakEtag } from '../http/conditional.js';
import { negotiate } from '../http/formats.js';
import { operation } from '../http/operation.js';
import { ifNoneMatchTag } from '../http/parameters.js';
import { SVG, svgHeaders } from '../http/svg.js';
import { get } from '../register/find.js';
import type { Noun } from '../register/noun.js';
import { findRows } from '../register/register.store.js';
import { outputTexts } from '../register/render.js';
import { idOf, type RegisterContext } from '../register/routes.js';
import type { Renderer } from '../rendering/pool.js';
import { ProvenanceGraph } from './graph-view.schemas.js';
import { claimGraph } from './provenance.store.js';
import { subjectOf } from './standing.store.js';

const DOT = 'text/vnd.graphviz';
const MERMAID = 'text/vnd.mermaid';
const forms = { 'application/json': 'json', [SVG]: 'svg', [DOT]: 'dot', [MERMAID]: 'mermaid' } as const;

const types = { json: 'application/json', svg: SVG, dot: DOT, mermaid: MERMAID } as const;

/** Attributions that one graph holds at most. */
const MOST = 10_000;

const query = z.strictObject({
  format: z.enum(['json', 'svg', 'dot', 'mermaid']).optional().meta({
    description: 'Form of the answer; wins over Accept.',
  }),
});

/** Where a claim comes from, as a graph and as a picture. */
export function provenanceRoutes(
  app: FastifyInstance,
  context: RegisterContext & { renderer: Renderer },
): void {
  app.get('/v1/claims/:id/provenance', {
    ...operation({
      scope: 'read',
      tag: 'Provenance',
      operationId: 'getClaimProvenance',
      summary: 'The chain from the outlet back to the first known voice: a graph, or a picture of it',
      path: z.object({ id: z.string().meta({ description: 'Id or key of the claim.' }) }),
      query,
      headers: z.object({ 'if-none-match': ifNoneMatchTag }),
      success: {
        200: {
          description: 'The graph.',
          schema: ProvenanceGraph,
          media: { [SVG]: z.string(), [DOT]: z.string(), [MERMAID]: z.string() },
        },
        304: { description: 'The client has this already (`If-None-Match`).' },
      },
      problems: ['not_found', 'gone', 'not_acceptable'],
    }),
    handler: async (request, reply) => {
      const format = negotiate(request, (request.query as z.infer<typeof query>).format, forms);
      const texts = await context.store.read((tx) => graphTexts(tx, context.nouns, idOf(request)));
      const body = await context.renderer.render({ kind: 'graph', format, ...texts });
      reply.header('vary', 'Accept');
      if (format === 'svg') reply.headers(svgHeaders);
      return sendJson(request, reply, body, weakEtag(body), types[format]);
    },
  });
}

/** The output forms, as JSON texts, that a graph is made of; the worker reads them. */
async function graphTexts(tx: Tx, nouns: RegisterContext['nouns'], reference: string) {
  const stored = await get(tx, claimNoun, reference);
  const graph = await claimGraph(tx, stored.id, await subjectOf(tx, stored.id));
  const [claim] = await outputTexts(tx, claimNoun, [stored], true);
  const ids = [...graph.attributions, ...graph.about_sources].slice(0, MOST).map(({ id }) => id);
  return {
    claim: claim!,
    attributions: await textsOf(tx, attributionNoun, ids),
    parties: await textsOf(tx, nouns.party, [...graph.parties.keys()]),
    sources: await textsOf(tx, nouns.source, [...graph.sources.keys()]),
  };
}

const CHUNK = 200;

async function textsOf(tx: Tx, noun: Noun, ids: string[]): Promise<string[]> {
  const texts: string[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const rows = await findRows(tx, noun, ids.slice(start, start + CHUNK));
    texts.push(...(await outputTexts(tx, noun, rows, false)));
    await nextTurn();
  }
  return texts;
}
