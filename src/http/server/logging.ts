import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { pathOf } from '../../lib/path.js';

/** Result codes of SQLite and SQLSTATE of PostgreSQL. */
const ENGINE = /^(SQLITE_\w+|[0-9A-Z]{5})$/;

interface Logged {
  type: string;
  message: string;
  code?: string;
  query?: string;
  stack: string;
  cause?: Logged;
}

/**
 * An error as the log may hold it: the query builder tells the parameters of a query, and engines quote them,
 * and those can be names, texts, or parts of a key.
 */
function errorForLog(error: Error & { code?: unknown; query?: string }): Logged {
  const { name, message, query, stack = '', cause } = error;
  const code = typeof error.code === 'string' ? error.code : '';
  const quoted = ENGINE.test(code) ? message.replace(/(["'`])[\s\S]*\1/g, '$1…$1') : message;
  return {
    type: name,
    message: query === undefined ? quoted : 'a query failed',
    ...(code !== '' && { code }),
    ...(query !== undefined && { query }),
    // The first lines of a stack are the message again.
    stack: (stack.match(/^ {4}at .*$/gm) ?? []).join('\n'),
    ...(cause instanceof Error && { cause: errorForLog(cause) }),
  };
}

/** The same logger, in which no error brings along what clients sent. */
export const discreet = (logger: FastifyBaseLogger): FastifyBaseLogger =>
  logger.child({}, { serializers: { err: errorForLog } });

/** One line for each request: no query string, no key. */
export function registerRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', ({ id, method, url, actor, log }, reply, done) => {
    const path = pathOf(url);
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    log.info({ reqId: id, method, path, status: reply.statusCode, ms, key: actor?.id }, 'request');
    done();
  });
}
