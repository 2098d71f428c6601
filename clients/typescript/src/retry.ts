import { problemOf } from './problem.js';

export type Fetch = (request: Request) => Promise<Response>;

export interface RetryOptions {
  /** How often a request is sent again: 4 unless told. */
  retries?: number;
  /** Milliseconds to wait at most before it is sent again; told to wait longer, the client gives up. One minute. */
  maxDelayMs?: number;
}

/** The register did not carry the request out, and may do so later. */
const LATER = new Set([429, 503]);
const FIRST_DELAY_MS = 250;

/**
 * Sends requests again that were not carried out: refused with 429 or 503, or, where sending twice does no harm, cut
 * off by the network. Retry-After is honoured.
 */
export function retrying(fetch: Fetch, { retries = 4, maxDelayMs = 60_000 }: RetryOptions = {}): Fetch {
  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= retries;
      const usual = backoff(attempt, maxDelayMs);
      try {
        // Reading a body uses it up, so that each attempt gets a copy.
        const response = await fetch(request.clone());
        if (last || !LATER.has(response.status) || (await isTooBroad(response))) return response;
        const delay = retryAfter(response) ?? usual;
        if (delay > maxDelayMs) return response;
        await response.body?.cancel();
        await sleep(delay, request.signal);
      } catch (error) {
        if (last || request.signal.aborted || !repeatable(request)) throw error;
        await sleep(usual, request.signal);
      }
    }
  };
}

/** Asked again, a query that matches too much would be refused again: it has to be narrowed. */
async function isTooBroad(response: Response): Promise<boolean> {
  return (await problemOf(response.clone())).code === 'query_too_broad';
}

/**
 * Whether it does no harm when a request that may have been carried out is sent again. A PATCH or DELETE of which the
 * first copy was carried out would be refused with 412 or 410, as if somebody else had come between.
 */
function repeatable({ method, headers }: Request): boolean {
  return ['GET', 'HEAD', 'PUT'].includes(method) || headers.has('idempotency-key');
}

/** Twice as long each time, less up to a half, so that clients do not come back all at once. */
export function backoff(attempt: number, maxDelayMs: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** attempt, maxDelayMs) * (1 - Math.random() / 2);
}

/** Milliseconds to wait, which are given as seconds or as a date. */
function retryAfter({ headers }: Response): number | null {
  const given = headers.get('retry-after');
  if (given === null) return null;
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds * 1_000);
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
