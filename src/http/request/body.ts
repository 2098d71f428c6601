import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Failure } from '../../lib/errors.js';
import { bare, JSON_PATCH, JSON_TYPE, PATCH_TYPES } from '../response/media.js';
import { readJson } from './json.js';

export const MAX_BODY_BYTES = 1_048_576;
/** A batch holds up to a thousand objects. */
export const BATCH_BODY_BYTES = 4 * MAX_BODY_BYTES;

/** One strict reader for all bodies; every other media type is 415. */
export function registerBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const read = async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
    if (request.method === 'DELETE' && body.length === 0) return undefined;
    refuseForms(request);
    return readJson(body, request.routeOptions.bodyLimit === BATCH_BODY_BYTES ? 200_000 : 50_000);
  };
  app.addContentTypeParser(PATCH_TYPES, { parseAs: 'buffer' }, read);
}

function refuseForms(request: FastifyRequest): void {
  const type = request.headers['content-type'] ?? '';
  const named = bare(type).trim().toLowerCase();
  if (named !== JSON_TYPE && request.method !== 'PATCH') {
    throw new Failure('unsupported_media_type', `${named} is for PATCH; send ${JSON_TYPE}.`);
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1];
  if (charset && !/^utf-?8$/i.test(charset)) {
    throw new Failure('unsupported_media_type', `Send UTF-8; charset ${charset.slice(0, 40)} is not read.`);
  }
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    throw new Failure('unsupported_media_type', 'Send the body uncompressed.');
  }
}

/** Whether the body is a JSON Patch (RFC 6902). */
export const isJsonPatch = (request: FastifyRequest): boolean =>
  bare(request.headers['content-type'] ?? '')
    .trim()
    .toLowerCase() === JSON_PATCH;

const NOTHING = Buffer.alloc(0);

/** A request without any body never reaches the reader; it is answered as one with an empty body. */
export async function requireBody(request: FastifyRequest): Promise<void> {
  if (request.body === undefined) await readJson(NOTHING);
}
