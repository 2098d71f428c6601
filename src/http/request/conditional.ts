import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../lib/errors.js';
import { CODINGS } from '../response/compression.js';
import { encoded } from '../response/encoded.js';
import { JSON_TYPE } from '../response/media.js';

/** `"<version>-<hash of the body>"`: the version guards writes, the hash answers `If-None-Match`. */
export const etagOf = (version: number, body: string | Buffer): string => `"${version}-${digest(body)}"`;

/** For what has no version: over its text alone. */
const weakEtag = (body: Buffer): string => `W/"${digest(body)}"`;

const digest = (body: string | Buffer): string => hash('sha1', body, 'base64url').slice(0, 16);

/** Sends text, or 304 when the client already has just this. Lists and other computed answers have no version. */
export function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string | readonly string[],
  version: number | null,
  type = JSON_TYPE,
) {
  // Encoded once: hashing, measuring and sending a string would each do it again.
  const body = encoded(typeof text === 'string' ? [text] : text);
  const etag = version === null ? weakEtag(body) : etagOf(version, body);
  reply.header('cache-control', 'private, no-cache');
  const held = heldTag(request.headers['if-none-match'], etag);
  if (held !== null) {
    return reply.header('etag', held).code(304).removeHeader('content-disposition').send();
  }
  return reply.header('etag', etag).type(type).send(body);
}

/** What stays of a tag without weakness and content coding, which say nothing about the version or the content. */
const opaque = (tag: string) => tag.replace(/^W\//, '').replace(CODING, '"');
const CODING = new RegExp(`-(?:${CODINGS.join('|')})"$`);

/**
 * The tag by which the client holds just this, as it sent it: a cache finds the stored answer by it. Null if it holds
 * another one or none.
 */
function heldTag(header: string | undefined, etag: string): string | null {
  if (header === undefined) return null;
  if (header.trim() === '*') return etag;
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.find((tag) => opaque(tag) === opaque(etag)) ?? null;
}

/** What a write demands of the stored object. */
export interface Precondition {
  /** `If-Match`: the versions named, or any. Null when the header was not sent. */
  match: number[] | 'any' | null;
  /** `If-None-Match: *`: the object must not exist yet. */
  absent: boolean;
}

const badHeader = (name: string, detail: string): ApiError =>
  new ApiError('invalid_header', `${name}: ${detail}`, [{ parameter: name, code: 'invalid_header', detail }]);

/** The version that an ETag of ours names. */
export function versionIn(tag: string): number | null {
  const version = /^(?:W\/)?"(\d{1,9})(?:-[\w-]*)?"$/.exec(tag)?.[1];
  return version === undefined ? null : Number(version);
}

/** Reads the conditional headers of a write. Weak tags count: proxies that compress weaken strong ones. */
export function preconditionOf(request: FastifyRequest): Precondition {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') {
    throw badHeader('If-None-Match', 'on a write only * can be used: create, never replace');
  }
  let match: Precondition['match'] = null;
  if (ifMatch?.trim() === '*') match = 'any';
  else if (ifMatch !== undefined) {
    match = ifMatch.split(',').map((tag) => {
      const version = versionIn(tag.trim());
      if (version === null) throw badHeader('If-Match', 'send the ETag you were given, or *');
      return version;
    });
  }
  return { match, absent: ifNoneMatch !== undefined };
}

export const names = (precondition: Precondition, version: number): boolean =>
  precondition.match === 'any' || (precondition.match?.includes(version) ?? false);

/** Throws 428 or 412 unless `If-Match` names the stored version. */
export function requireMatch(precondition: Precondition, version: number): void {
  if (precondition.match === null) {
    throw new ApiError('precondition_required', 'Send If-Match with the ETag of the version you saw.');
  }
  if (!names(precondition, version)) {
    throw new ApiError(
      'precondition_failed',
      `The stored version is ${version}; read it again before changing it.`,
    );
  }
}
