import createClient, { type Middleware } from 'openapi-fetch';
import { type FollowOptions, follow, type RecordedChange } from './feed.js';
import { problemOf } from './problem.js';
import { type Fetch, type RetryOptions, retrying } from './retry.js';
import type { paths } from './schema.js';
import type { ItemAt, ListArguments, ListPath, PageAt, Send } from './types.js';

export interface AttestedOptions extends RetryOptions {
  /** Address of the register, such as `https://attested.example.org`. */
  baseUrl: string;
  /** API key. Without one the client only reads, where reading is open. */
  key?: string;
  /** In place of the global `fetch`. */
  fetch?: Fetch;
}

/** A register. Every method gives the data of the answer, and throws a `ProblemError` for what is no success. */
export interface Attested {
  GET: Send<'get'>;
  POST: Send<'post'>;
  PUT: Send<'put'>;
  PATCH: Send<'patch'>;
  DELETE: Send<'delete'>;
  /** The pages of a list, from the first or from `query.cursor` on. */
  pages<Path extends ListPath>(path: Path, ...init: ListArguments<Path>): AsyncGenerator<PageAt<Path>, void>;
  /** The items of a list, to its end; `query.limit` is the size of the pages that are fetched. */
  items<Path extends ListPath>(path: Path, ...init: ListArguments<Path>): AsyncGenerator<ItemAt<Path>, void>;
  /** Each change after a cursor, then each one as it is committed, without end; see `FollowOptions`. */
  follow(options?: FollowOptions): AsyncGenerator<RecordedChange, void>;
}

/** The header that lets a write through only if the object still has the version that was read. */
export const ifMatch = ({ version }: { version: number }): { 'If-Match': string } => ({
  'If-Match': `"${version}"`,
});

/** Its answer holds a secret, which the register does not keep to repeat it. */
const ONCE = '/v1/keys';

/** Gives each POST a key by which the register knows it again; one that the caller set stays. */
const namePosts: Middleware = {
  onRequest({ request, schemaPath }) {
    if (request.method === 'POST' && schemaPath !== ONCE && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID());
    }
  },
};

const throwProblems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
};

export function createAttested({
  baseUrl,
  key,
  fetch = globalThis.fetch,
  ...retry
}: AttestedOptions): Attested {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const send = retrying(fetch, retry);
  const client = createClient<paths, 'application/json'>({ baseUrl, headers, fetch: send });
  client.use(namePosts, throwProblems);

  type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  // The types of the callers hold; here the address and what it takes are any.
  const request = client.request as (...args: unknown[]) => Promise<{ data?: unknown }>;
  const method = (name: Method) => async (path: string, init?: object) =>
    (await request(name.toLowerCase(), path, init)).data;

  async function* pages(path: string, init: { params?: { query?: object } } = {}) {
    // The feed has no end: its cursors are places to come back to.
    const place = path === '/v1/changes' ? 'after' : 'cursor';
    let query: Record<string, unknown> = { ...init.params?.query };
    for (;;) {
      const page = (await GET(path, { ...init, params: { ...init.params, query } })) as PageAt<ListPath>;
      yield page;
      if (!page.has_more) return;
      query = { ...query, [place]: page.next_cursor };
    }
  }

  async function* items(path: string, init?: object) {
    for await (const page of pages(path, init)) yield* page.items;
  }

  const GET = method('GET');
  return {
    GET,
    POST: method('POST'),
    PUT: method('PUT'),
    PATCH: method('PATCH'),
    DELETE: method('DELETE'),
    pages,
    items,
    follow: (options?: FollowOptions) => follow({ baseUrl, headers, fetch, ...retry }, options),
  } as unknown as Attested;
}
