import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addVary } from './headers.js';
import { bare } from './media.js';

/** Shorter answers fit into one packet anyway. */
const THRESHOLD = 1_400;
/** Up to here compressing at once costs the loop less than a stream and a thread do: about 0.2 ms. */
const AT_ONCE = 8_192;

/** Codings on offer, the preferred one first. */
export const CODINGS = ['br', 'gzip'];

const compressible = (type: string): boolean =>
  /^text\/(?!event-stream)|^image\/svg\+xml$|[/+](json|x-ndjson|x-bibtex|x-research-info-systems)$/.test(
    bare(type),
  );

/**
 * Compresses answers for clients that ask for it. Levels are low: higher ones take several times the processor time
 * for a tenth of the bytes. Nobody can make another client send its key, since there are no cookies, so that the
 * lengths of compressed answers give no secret away (BREACH).
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (dependsOnCoding(reply)) addVary(reply, 'accept-encoding');
    done(null, payload);
  });
  await app.register(compress, {
    encodings: CODINGS as ['br', 'gzip'],
    threshold: THRESHOLD,
    syncThreshold: AT_ONCE,
    customTypes: compressible,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    zlibOptions: { level: 5 },
    // Bodies of requests are bounded before they are read, which compressed ones could not be.
    globalDecompression: false,
  });
  app.addHook('onRoute', (route) => {
    const hooks = [route.onSend ?? []].flat();
    // On HEAD Fastify's hook that drops the body stands before the plugin's, which would then see none.
    const drop = route.method === 'HEAD' ? hooks.splice(route.compress === false ? -1 : -2, 1) : [];
    route.onSend = [...hooks, nameCoding, ...drop];
  });
}

/** An answer that another client could get in another coding, be it empty because the client has it already. */
function dependsOnCoding(reply: FastifyReply): boolean {
  const type = reply.getHeader('content-type');
  return reply.statusCode === 304 || (typeof type === 'string' && compressible(type));
}

/** A strong ETag names one sequence of bytes: each coding needs its own. */
function nameCoding(
  _request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
) {
  const coding = reply.getHeader('content-encoding');
  const etag = reply.getHeader('etag');
  if (typeof coding === 'string' && typeof etag === 'string' && etag.startsWith('"')) {
    reply.header('etag', `${etag.slice(0, -1)}-${coding}"`);
  }
  done(null, payload);
}
