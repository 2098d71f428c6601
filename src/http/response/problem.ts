import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ApiError, type Code, MAX_FAULTS } from '../../lib/errors.js';
import { pathOf } from '../../lib/path.js';
import { acceptPatch, FORM_TYPE, PATCH_TYPES, PROBLEM_TYPE } from './media.js';

/** Status and title of every code; the descriptions are served under `/problems/{code}`. */
export const problems: Record<Code, { status: number; title: string; description: string }> = {
  invalid_query: {
    status: 400,
    title: 'Invalid query',
    description: 'A query parameter is unknown, repeated, or has a value that cannot be used.',
  },
  unreadable_body: {
    status: 400,
    title: 'Unreadable body',
    description: 'The body is not one JSON document in UTF-8, repeats a key, or nests too deeply.',
  },
  invalid_header: { status: 400, title: 'Invalid header', description: 'A request header cannot be used.' },
  unauthenticated: {
    status: 401,
    title: 'Not authenticated',
    description: 'No valid API key came with a request that needs one. Send Authorization: Bearer <key>.',
  },
  forbidden: {
    status: 403,
    title: 'Forbidden',
    description: 'The API key lacks the scope this request needs.',
  },
  not_found: { status: 404, title: 'Not found', description: 'There is no resource at this path.' },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    description: 'The address exists but does not take this method; the Allow header names those it takes.',
  },
  timeout: { status: 408, title: 'Request timeout', description: 'The request took too long to arrive.' },
  key_taken: {
    status: 409,
    title: 'Key taken',
    description: 'Another object has, or once had, this key. Keys are never reused.',
  },
  in_use: {
    status: 409,
    title: 'In use',
    description: 'Other objects refer to this one; the errors name some of them.',
  },
  patch_conflict: {
    status: 409,
    title: 'Patch does not apply',
    description:
      'A test of a JSON Patch failed, or an operation names a place that the object does not have. Nothing was changed.',
  },
  revert_conflict: {
    status: 409,
    title: 'Cannot be reverted',
    description:
      'Later changes would be lost, or what would come back refers to something that is gone; the errors name them. Nothing was changed.',
  },
  similar_exists: {
    status: 409,
    title: 'Possible duplicate',
    description:
      'Others that may be the same are in the register, and if_similar=reject was sent. The errors name them; nothing was created.',
  },
  merged_into: {
    status: 409,
    title: 'Merged into another',
    description:
      'The object was merged into another, which merged_into names. Reads are sent on to that one (308); a write is refused, since it was meant for the object as it was.',
  },
  merge_conflict: {
    status: 409,
    title: 'Cannot be merged, or not undone',
    description:
      'A merge or its undoing would leave something that cannot be; the errors name it. Nothing was changed.',
  },
  gone: {
    status: 410,
    title: 'Gone',
    description: 'The object was removed. The tombstone tells when, by whom and why, and its version.',
  },
  precondition_failed: {
    status: 412,
    title: 'Precondition failed',
    description: 'The object is not in the version that If-Match or If-None-Match names.',
  },
  body_too_large: {
    status: 413,
    title: 'Body too large',
    description:
      'The body exceeds 1 MiB (a batch: 4 MiB), has more queries than one reconciliation takes, or what it asks for takes too ' +
      'long to write.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    description: `Bodies are application/json in UTF-8; a PATCH may also be ${PATCH_TYPES.slice(1).join(' or ')}; /reconcile takes ${FORM_TYPE}.`,
  },
  invalid_body: {
    status: 422,
    title: 'Invalid body',
    description: 'The body is JSON but breaks a rule of the register; the errors name the places.',
  },
  batch_failed: {
    status: 422,
    title: 'Batch failed',
    description:
      'Some operations of an atomic batch cannot be done, so nothing was written; failed_operations names them all.',
  },
  idempotency_mismatch: {
    status: 422,
    title: 'Idempotency key used for another request',
    description: 'This Idempotency-Key was used before with another path or body.',
  },
  misdirected_request: {
    status: 421,
    title: 'Misdirected request',
    description: 'The Host header names a host that this service does not go by.',
  },
  precondition_required: {
    status: 428,
    title: 'Precondition required',
    description: 'Changing an object needs If-Match with the ETag of the version you saw.',
  },
  headers_too_large: { status: 431, title: 'Headers too large', description: 'The headers exceed 16 KiB.' },
  internal: {
    status: 500,
    title: 'Internal error',
    description: 'A fault on our side; nothing was written.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    description: 'The register cannot answer now; Retry-After says when to try again.',
  },
  query_too_broad: {
    status: 503,
    title: 'Query too broad',
    description:
      'The answer would have taken longer than three seconds. The errors name the filters and say what would narrow them.',
  },
  storage_full: { status: 507, title: 'Storage full', description: 'No room to write; reads still work.' },
};

const MAX_DETAIL = 500;
const clip = (text: string) => (text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL)}…` : text);

export function problemBody(failure: ApiError, path: string, requestId: string) {
  const { status, title } = problems[failure.code];
  return {
    type: `/problems/${failure.code}`,
    title,
    status,
    detail: clip(failure.message),
    instance: path.slice(0, 200),
    code: failure.code,
    request_id: requestId,
    errors: failure.faults.slice(0, MAX_FAULTS).map((fault) => ({ ...fault, detail: clip(fault.detail) })),
    ...failure.extra,
  };
}

/** Whether a person is to read the problem: at the address of a page or, where nothing is, by what the client takes. */
function isForPeople({ routeOptions, url, headers }: FastifyRequest): boolean {
  // The router takes the address of another host for that of the first page.
  if (!url.startsWith('/')) return false;
  if (routeOptions.url !== undefined) return routeOptions.config.page === true;
  return !url.startsWith('/v1/') && /\btext\/html\b/.test(headers.accept ?? '');
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, failure: ApiError) {
  const path = pathOf(request.url);
  // They describe the answer that there would have been.
  for (const name of ['memento-datetime', 'content-location', 'content-disposition', 'link'])
    reply.removeHeader(name);
  if (failure.code === 'merged_into' && ['GET', 'HEAD'].includes(request.method)) {
    return sendOn(request, reply, (failure.extra.merged_into as { id: string }).id);
  }
  const page = isForPeople(request) ? request.server.problemPage : null;
  const problem = problemBody(failure, path, request.id);
  return (
    reply
      .code(problems[failure.code].status)
      .headers({
        ...failure.headers,
        ...(failure.code === 'unsupported_media_type' && request.method === 'PATCH' && acceptPatch),
      })
      .header('x-request-id', request.id)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .headers(page?.headers ?? { 'content-type': PROBLEM_TYPE })
      // As bytes, since Fastify adds a charset to the JSON type of a text, and not every refusal passes the hooks.
      .send(Buffer.from(page ? page.write(problem, request) : JSON.stringify(problem)))
  );
}

/** To the same address of the object into which the one in the address was merged. A merge can be undone, so it is not kept. */
function sendOn({ url, id }: FastifyRequest, reply: FastifyReply, into: string) {
  const location = url.replace(/^((?:\/v1)?\/[a-z]+\/)[^/?]+/, (_, before: string) => before + into);
  return reply
    .code(308)
    .headers({ location, 'cache-control': 'private, no-cache', 'x-request-id': id })
    .send();
}

/** How a problem is shown to people. */
export interface ProblemPage {
  headers: Record<string, string>;
  write(problem: ReturnType<typeof problemBody>, request: FastifyRequest): string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route answers HTML, for people. Pages are no operations: the OpenAPI document leaves them out. */
    page?: true;
  }
  interface FastifyInstance {
    /** Null where there are no pages. */
    problemPage: ProblemPage | null;
  }
}
