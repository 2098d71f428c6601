import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type App, operation, type RequestOf } from '../http/openapi/operation.js';
import { SOME_CURSOR } from '../http/request/paging.js';
import { misplaced } from '../http/request/query.js';
import { EVENTS, eventsOf } from '../http/response/media.js';
import { ApiError } from '../lib/errors.js';
import { yieldIfLong } from '../lib/event-loop.js';
import { ChangeNotifier } from './change-notifier.service.js';
import { type ChangesContext, cursorOf, ENTRIES_AT_ONCE, read, startOf, textOf } from './changes.routes.js';
import { RecordedChange, streamQuery } from './changes.schemas.js';
import { type Changes, type HistoryPosition, placeNow } from './changes.service.js';
import type { Wanted } from './changes.store.js';
import { type Frames, LiveChanges } from './live.service.js';

/** Proxies and clients give up a connection that is silent for longer. */
const HEARTBEAT_MS = 15_000;
/** How long a client waits before it reconnects. */
const RETRY_MS = 1_000;
const MAX_STREAMS = 200;
/** How long a client that does not read may delay the shutdown. */
const LAST_MS = 1_000;

/** The feed as server-sent events: the existing changes, then the new ones. */
export function streamRoutes(app: App, context: ChangesContext): void {
  const watch = new ChangeNotifier(context.store, app.log);
  const live = new LiveChanges(context.store, context.nouns, frame);
  const open = new Set<ServerResponse>();

  app.addHook('onResponse', async (request, reply) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method) && reply.statusCode < 300) watch.notify();
  });
  // Before the server waits for its connections to end.
  app.addHook('preClose', async () => {
    await watch.close();
    const deadline = performance.now() + LAST_MS;
    while (open.size > 0 && performance.now() < deadline) await sleep(10);
    for (const response of open) response.destroy();
  });

  app.get('/v1/changes/stream', {
    ...operation({
      scope: 'read',
      cost: 'range',
      tag: 'History',
      operationId: 'streamChanges',
      summary: 'Follow what changes, as server-sent events',
      description:
        'Sends all changes after the cursor, then each one as it is committed. `event` is the type, `data` a ' +
        'change as in the feed on one line, `id` its cursor. A client that lost the connection reconnects with ' +
        '`Last-Event-ID`, as browsers do by themselves, and misses nothing. After every 15 seconds without an event ' +
        'a comment is sent. The stream ends when its key is revoked or expires.',
      query: streamQuery,
      headers: z.object({
        'last-event-id': z
          .string()
          .optional()
          .meta({ description: 'Goes before `after`.', examples: [SOME_CURSOR] }),
      }),
      success: {
        200: {
          description: 'Changes as events, without end.',
          media: { [EVENTS]: eventsOf(RecordedChange, 'Each `data` is a RecordedChange.') },
          headers: {
            'x-accel-buffering': z
              .string()
              .meta({ description: '`no`: proxies must pass on each event at once.' }),
          },
        },
      },
      problems: ['invalid_header'],
    }),
    // Compression would hold events back.
    compress: false,
    handler: async (request, reply) => {
      const begin = await beginOf(request);
      // A cursor of another register is refused before the stream begins.
      await read(context, begin.place, 1, begin.wanted);
      reply.header('cache-control', 'no-cache, no-transform').header('x-accel-buffering', 'no');
      reply.type(EVENTS);
      if (request.method === 'HEAD') return reply.send('');
      if (watch.closing || open.size >= MAX_STREAMS) {
        const detail = 'Too many streams are open; retry later, or poll the feed.';
        throw new ApiError('unavailable', detail, [], {}, { 'retry-after': '5' });
      }
      const { socket } = request.raw;
      // The close event of a client that hung up meanwhile has passed, so nothing would free its place.
      if (reply.raw.destroyed || socket.destroyed) return reply.hijack();
      const gone = new AbortController();
      // Pulled only as fast as the client reads: two chunks wait at most.
      const frames = events(request, begin.place, begin.wanted, gone.signal);
      open.add(reply.raw);
      const leave = () => {
        open.delete(reply.raw);
        gone.abort();
      };
      reply.raw.once('close', leave);
      return reply.send(Readable.from(frames, { objectMode: true, highWaterMark: 2 }));
    },
  });

  /** Where a stream begins: after the last event that the client saw, or else where the query says. */
  async function beginOf(
    request: RequestOf<{ query: typeof streamQuery }>,
  ): Promise<{ place: HistoryPosition; wanted: Wanted }> {
    const { after, from, since } = request.query;
    const last = request.headers['last-event-id'];
    if (last !== undefined && last !== '') return startOf(context, request, String(last), 'Last-Event-ID');
    const begin = await startOf(context, request, after, 'after');
    if (from === undefined) return begin;
    if (after !== undefined || since !== undefined) {
      throw misplaced('from', 'it cannot be combined with `after` or `since`; leave one out');
    }
    return { ...begin, place: await context.store.read(placeNow) };
  }

  async function* events(
    request: FastifyRequest,
    start: HistoryPosition,
    wanted: Wanted,
    signal: AbortSignal,
  ): AsyncGenerator<string | Buffer> {
    // So a client that is cut off before the first event can reconnect at the same position.
    yield `retry: ${RETRY_MS}\nid: ${cursorOf(context, start)}\n\n`;
    let spoken = performance.now();
    // Until a stream has caught up it reads by itself, and only what it wants.
    let caughtUp = false;
    for (let place = start; !signal.aborted; ) {
      await yieldIfLong();
      if (watch.closing) {
        yield ': the service stops; come back\n\n';
        return;
      }
      const page = await readOrEnd(request, () =>
        caughtUp ? live.after(place, wanted) : framesAfter(place, wanted),
      );
      if (!page) return;
      if (page === 'refused') {
        yield ': the key is not valid any more\n\n';
        return;
      }
      place = page.place;
      const due = performance.now() - spoken >= HEARTBEAT_MS;
      if (page.text.length > 0 || due) {
        // An id without data moves a client past changes that its filters leave out.
        yield page.text.length > 0 ? page.text : `: still here\nid: ${cursorOf(context, place)}\n\n`;
        spoken = performance.now();
      }
      caughtUp ||= !page.more;
      if (page.more) await nextTurn();
      else await watch.changed(place.seq, spoken + HEARTBEAT_MS - performance.now(), signal);
    }
  }

  async function framesAfter(after: HistoryPosition, wanted: Wanted): Promise<Frames> {
    const { items, place, more } = await read(context, after, ENTRIES_AT_ONCE, wanted);
    return { text: Buffer.from(items.map(frame).join('')), place, more };
  }

  /** A stream that cannot read on ends; the client connects again and then gets the reason. */
  async function readOrEnd(
    request: FastifyRequest,
    readPage: () => Promise<Frames>,
  ): Promise<Frames | 'refused' | null> {
    try {
      const page = await readPage();
      // After the page was read: nothing that came after a revocation is shown.
      return (await request.isStillAllowed()) ? page : 'refused';
    } catch (error) {
      app.log.warn({ err: error }, 'a stream of changes ended');
      return null;
    }
  }

  function frame(item: Changes['items'][number]): string {
    const { type } = item.change as { type: string };
    return `id: ${cursorOf(context, item.place)}\nevent: ${type}\ndata: ${textOf(context, item)}\n\n`;
  }
}
