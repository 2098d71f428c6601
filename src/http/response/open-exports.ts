import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ApiError } from '../../lib/errors.js';
import { yieldIfLong } from '../../lib/event-loop.js';
import { bytesOf } from './encoded.js';

export interface ExportLimits {
  /** Exports that are open at the same time. */
  most: number;
  /** Milliseconds after which one whose client does not read is cut off. */
  stalledMs: number;
  /** Milliseconds after which it is cut off to make room for another. */
  idleMs: number;
}

const LIMITS: ExportLimits = { most: 100, stalledMs: 60_000, idleMs: 10_000 };
/** A chunk is handed over in pieces of so many bytes: whoever takes one in a minute still reads. */
const PIECE = 64 * 1_024;

declare module 'fastify' {
  interface FastifyInstance {
    exports: OpenExports;
  }
}

/** The long answers that are on their way, and when each client last took something. */
export class OpenExports {
  private readonly moved = new Map<ServerResponse, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly limits: ExportLimits = LIMITS) {}

  /** Takes an answer in. Throws 503 when too many are being read. */
  open(response: ServerResponse): void {
    const { most, idleMs } = this.limits;
    if (this.moved.size >= most && !this.cutStalled(idleMs)) {
      const detail = `${most} exports are under way, the most at a time; retry later.`;
      throw new ApiError('unavailable', detail, [], {}, { 'retry-after': '5' });
    }
    this.moved.set(response, performance.now());
    response.once('close', () => this.moved.delete(response));
    this.watch();
  }

  /** The chunks in pieces, each made when the client has taken the one before. */
  async *pieces(response: ServerResponse, chunks: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
    // Many exports at once take turns to make a chunk.
    await yieldIfLong();
    for await (const chunk of chunks) {
      const bytes = bytesOf(chunk);
      for (let start = 0; start < bytes.length; start += PIECE) {
        yield bytes.subarray(start, start + PIECE);
        if (this.moved.has(response)) this.moved.set(response, performance.now());
      }
      await yieldIfLong();
    }
  }

  private watch(): void {
    if (this.timer) return;
    this.timer = setInterval(() => {
      while (this.cutStalled(this.limits.stalledMs));
      if (this.moved.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    }, this.limits.stalledMs / 10).unref();
  }

  /** Cuts off the one that has stood still the longest, if it has for so long. */
  private cutStalled(ms: number): boolean {
    let oldest: ServerResponse | null = null;
    let since = performance.now() - ms;
    for (const [response, moved] of this.moved) {
      if (moved > since) continue;
      oldest = response;
      since = moved;
    }
    if (!oldest) return false;
    this.moved.delete(oldest);
    oldest.destroy();
    return true;
  }
}

export function registerExports(app: FastifyInstance, limits?: ExportLimits): void {
  app.decorate('exports', new OpenExports(limits));
}

/** Streams the chunks, as fast as the client reads: no more than one is held. */
export function sendStream(reply: FastifyReply, type: string, chunks: AsyncIterable<string | Buffer>) {
  const { exports } = reply.server;
  exports.open(reply.raw);
  const pieces = exports.pieces(reply.raw, chunks);
  return reply
    .header('cache-control', 'private, no-cache')
    .type(type)
    .send(Readable.from(pieces, { objectMode: true, highWaterMark: 0 }));
}
