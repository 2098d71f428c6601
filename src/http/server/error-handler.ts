import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { isLimitExceeded } from '../../db/store/limits.js';
import { ApiError, type Code } from '../../lib/errors.js';
import { rawQuery } from '../request/zod.js';
import { problems, sendProblem } from '../response/problem.js';
import { tooBroad } from './too-broad.js';

/** Fastify's own errors, by its code or, failing that, by status. */
const frameworkCodes: Record<string, Code> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_BAD_URL: 'invalid_query',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};
const statusCodes: Record<number, Code> = {
  400: 'unreadable_body',
  404: 'not_found',
  408: 'timeout',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  503: 'unavailable',
};

function toApiError(error: FastifyError | Error, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error;
  if (isLimitExceeded(error)) return tooBroad({ ...rawQuery(request.query), ...request.filters });
  // The client hung up before its body was here; the answer reaches nobody.
  if (error === request.raw.errored) return new ApiError('unreadable_body', 'The body did not arrive whole.');
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>;
  const known = frameworkCodes[code] ?? (code.startsWith('FST_') ? statusCodes[statusCode] : undefined);
  return known
    ? new ApiError(known, problems[known].description)
    : new ApiError('internal', problems.internal.description);
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The filters of a list, those of its cursor included, for a refusal to name. */
    filters: Record<string, string> | null;
  }
}

/** Of a body that is too large so much is still read. */
const MOST_READ = 16_777_216;

/** Every error leaves as problem+json; the message of an unforeseen one stays in the log. */
export function registerProblems(app: FastifyInstance): void {
  app.decorateRequest('filters', null);
  app.decorate('problemPage', null);
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const failure = toApiError(error, request);
    if (failure.code === 'internal') request.log.error({ reqId: request.id, err: error }, 'unforeseen error');
    else if (failure.cause instanceof Error) {
      request.log.warn({ reqId: request.id, reason: failure.cause.message }, failure.message);
    }
    // A connection that is closed while the body still comes is reset, and takes the answer along.
    const isReadOn = Number(request.headers['content-length']) <= MOST_READ;
    if (failure.code === 'body_too_large' && isReadOn) reply.removeHeader('connection');
    return sendProblem(request, reply, failure);
  });
}
