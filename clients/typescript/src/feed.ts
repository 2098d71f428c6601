import { eventsIn } from './events.js';
import { ProblemError, problemOf } from './problem.js';
import { backoff, type Fetch, type RetryOptions, sleep } from './retry.js';
import type { components } from './schema.js';

export type RecordedChange = components['schemas']['RecordedChange'];

export interface FollowOptions {
  /** The `cursor` of a change, or `next_cursor` of a page of the feed: what comes after it. Else all from the start. */
  after?: string;
  /** Types of objects, separated by commas. */
  type?: string;
  /** Only what concerns this party. */
  subject?: string;
  /** Ends the iteration. */
  signal?: AbortSignal;
}

interface Connection extends RetryOptions {
  baseUrl: string;
  headers: Record<string, string>;
  fetch: Fetch;
}

/** The register says something every 15 seconds; a connection that is silent for longer is dead. */
const SILENCE_MS = 45_000;

/**
 * The feed of changes as it grows. A connection that breaks is opened again after the last change that was read, so
 * that none is missed and none comes twice. Ends when `signal` is aborted; throws a `ProblemError` for what will not
 * get better by itself, such as a key that was revoked, and what the network says when it stays away for all retries.
 */
export async function* follow(
  { baseUrl, headers, fetch, retries = 4, maxDelayMs = 60_000 }: Connection,
  { after, signal, ...filters }: FollowOptions = {},
): AsyncGenerator<RecordedChange, void> {
  const address = `${baseUrl.replace(/\/$/, '')}/v1/changes/stream?${new URLSearchParams(filters)}`;
  let last = after;
  let pause: number | null = null;
  for (let failures = 0; !signal?.aborted; ) {
    const silence = new Silence(signal);
    try {
      const sent = {
        ...headers,
        accept: 'text/event-stream',
        ...(last !== undefined && { 'last-event-id': last }),
      };
      const response = await fetch(new Request(address, { headers: sent, signal: silence.signal }));
      if (!response.ok) throw await problemOf(response);
      for await (const event of eventsIn(silence.watch(response.body!))) {
        failures = 0;
        pause = event.retry ?? pause;
        last = event.id ?? last;
        if (event.data !== null) yield JSON.parse(event.data) as RecordedChange;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const lasting = error instanceof ProblemError && ![429, 503].includes(error.status);
      if (lasting || failures >= retries) throw error;
      failures += 1;
    } finally {
      silence.end();
    }
    await sleep(failures > 0 ? backoff(failures, maxDelayMs) : (pause ?? 0), signal).catch(() => undefined);
  }
}

/** Aborts a connection over which nothing came for long, or when the caller does. */
class Silence {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly outer: AbortSignal | undefined) {
    outer?.addEventListener('abort', this.stop, { once: true });
    this.heard();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  async *watch(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      this.heard();
      yield chunk;
    }
  }

  end(): void {
    clearTimeout(this.timer);
    this.outer?.removeEventListener('abort', this.stop);
    this.stop();
  }

  private readonly stop = () => this.controller.abort(this.outer?.reason);

  private heard(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(new Error('The feed is silent.')), SILENCE_MS);
  }
}
