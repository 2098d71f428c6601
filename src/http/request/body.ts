import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../lib/errors.js';
import { pointerOf } from '../../lib/json-value.js';
import { bare, FORM_TYPE, JSON_PATCH, JSON_TYPE, PATCH_TYPES } from '../response/media.js';
import { readJson } from './json.js';
import { readQuery } from './query.js';

export const MAX_BODY_BYTES = 1_048_576;
/** A batch holds up to a thousand objects. */
export const BATCH_BODY_BYTES = 4 * MAX_BODY_BYTES;

const sizes = new WeakMap<FastifyRequest, number>();

/** Bytes of the body that was read; 0 without one. */
export const bodyBytes = (request: FastifyRequest): number => sizes.get(request) ?? 0;

/** One strict reader for all bodies; every other media type is 415. */
export function registerBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const read = async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
    sizes.set(request, body.length);
    if (request.method === 'DELETE' && body.length === 0) return undefined;
    refuseForms(request);
    return readJson(body, request.routeOptions.bodyLimit === BATCH_BODY_BYTES ? 200_000 : 50_000);
  };
  app.addContentTypeParser(PATCH_TYPES, { parseAs: 'buffer' }, read);
  app.addContentTypeParser(
    FORM_TYPE,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      refuseForms(request);
      return readForm(body);
    },
  );
}

/** The media type of the body that a route takes, but for a PATCH. */
const typeTaken = ({ routeOptions }: FastifyRequest): string =>
  routeOptions.config.operation?.body?.media ?? JSON_TYPE;

/** The fields of a form, each once. Faults of its syntax make it unreadable. */
function readForm(body: Buffer): Record<string, string> {
  const { values, faults } = readQuery(utf8(body));
  const [first] = faults;
  if (!first) return { ...values };
  throw new ApiError(
    'unreadable_body',
    `The form cannot be read: ${first.detail}.`,
    faults.map(({ parameter, code, detail }) => ({ pointer: pointerOf([parameter]), code, detail })),
  );
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function utf8(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch {
    throw new ApiError('unreadable_body', 'The form is not valid UTF-8; send it percent-encoded.');
  }
}

function refuseForms(request: FastifyRequest): void {
  const type = request.headers['content-type'] ?? '';
  const named = bare(type).trim().toLowerCase();
  const taken = typeTaken(request);
  if (request.method === 'PATCH' ? named === FORM_TYPE : named !== taken) {
    throw new ApiError('unsupported_media_type', `This address does not take ${named}; send ${taken}.`);
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1];
  if (charset && !/^utf-?8$/i.test(charset)) {
    throw new ApiError('unsupported_media_type', `Send UTF-8; charset ${charset.slice(0, 40)} is not read.`);
  }
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    throw new ApiError('unsupported_media_type', 'Send the body uncompressed.');
  }
}

const formFields = z.record(z.string(), z.string());

/** The body as it was sent, but for its layout: for another thread to read it again. */
export function bodyText(request: FastifyRequest): { type: string; text: string } {
  const type = typeTaken(request);
  const text =
    type === FORM_TYPE
      ? new URLSearchParams(formFields.parse(request.body)).toString()
      : JSON.stringify(request.body);
  return { type, text };
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
