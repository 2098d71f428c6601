import type { FastifyReply, FastifyRequest } from 'fastify';
import { bytesOf, joined } from './encoded.js';

/**
 * A long answer is made in slices, each a request of its own to a worker, so that no reader holds a worker or a
 * snapshot however slowly it reads (`costs.ts` puts them together). These headers stay inside of the service.
 */

/** Of an answer: there is more, and where. */
export const NEXT = 'x-attested-next';
/** Of a request: where the slice before ended. */
export const CONTINUE = 'x-attested-continue';

/** Bytes of a slice, and milliseconds, after which it ends. */
const FULL_BYTES = 256 * 1024;
const LONG_MS = 100;

/** A chunk of a long answer. */
export interface Part<Place> {
  chunk: string | Buffer;
  /** Where this chunk ends; null at the end of all. */
  next: Place | null;
}

/** Where the slice before ended; null for the first one. */
export function continued<Place>(request: FastifyRequest): Place | null {
  const header = request.headers[CONTINUE];
  return header === undefined ? null : JSON.parse(Buffer.from(String(header), 'base64url').toString());
}

/** Sends chunks, each made from where the one before ended, until they are enough for a slice. */
export async function sendSlice<Place>(
  reply: FastifyReply,
  type: string,
  start: Place,
  make: (at: Place) => Promise<Part<Place>>,
) {
  const began = performance.now();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let next: Place | null = start;
  while (next !== null && bytes < FULL_BYTES && performance.now() - began < LONG_MS) {
    const part: Part<Place> = await make(next);
    const chunk = bytesOf(part.chunk);
    chunks.push(chunk);
    bytes += chunk.length;
    next = part.next;
  }
  if (next !== null) reply.header(NEXT, Buffer.from(JSON.stringify(next)).toString('base64url'));
  return reply.header('cache-control', 'private, no-cache').type(type).send(joined(chunks));
}
