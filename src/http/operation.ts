import { z } from 'zod';
import type { Code } from '../lib/errors.js';
import { requireBody } from './body.js';
import type { Scope } from './guard.js';
import { problems } from './problem.js';
import { Problem } from './schemas.js';

/** Media type of `view=input`: JSON, told apart from the output form for the sake of typed clients. */
export const INPUT_JSON = 'application/vnd.attested.input+json';

/** One answer of a route: its JSON schema, or its schemas by media type; neither for an empty body. */
export interface ResponseDoc {
  description: string;
  schema?: z.ZodType;
  media?: Record<string, z.ZodType>;
  headers?: z.ZodObject;
}

/** A route as the OpenAPI document shows it. */
export interface Operation {
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  path?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: { schema: z.ZodType; media: string[]; example?: object };
  responses: Record<number, ResponseDoc>;
}

interface Declaration extends Omit<Operation, 'body' | 'responses'> {
  scope: Scope | 'public';
  body?: z.ZodType;
  /** How the body is documented, where that differs from how it is checked. */
  bodyDoc?: { schema: z.ZodType; media: string[]; example?: object };
  success: Record<number, ResponseDoc>;
  /** What can go wrong; `internal` and what the scope implies is added. */
  problems: readonly Code[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

/** A route that takes no parameters refuses all. */
const none = z.strictObject({});

/** The options of a route from one declaration: what Fastify checks and what the document says. */
export function operation({
  scope,
  body,
  bodyDoc,
  success,
  problems: listed,
  query = none,
  ...rest
}: Declaration) {
  const implied: Code[] = ['invalid_query', 'headers_too_large', 'internal'];
  if (scope !== 'public') implied.push('unauthenticated', 'forbidden', 'unavailable', 'timeout');
  if (body) implied.push('unreadable_body', 'invalid_body', 'body_too_large', 'unsupported_media_type');
  const documented: Operation = {
    ...rest,
    query,
    responses: { ...success, ...problemResponses([...listed, ...implied]) },
  };
  if (body) documented.body = bodyDoc ?? { schema: body, media: ['application/json'] };
  return {
    schema: { querystring: query, ...(body ? { body } : {}) },
    config: { scope, operation: documented },
    ...(body ? { preValidation: requireBody } : {}),
  };
}

const retryAfter = z.object({
  'retry-after': z.string().optional().meta({ description: 'Seconds to wait.' }),
});

function problemResponses(codes: readonly Code[]): Record<number, ResponseDoc> {
  const byStatus: Record<number, ResponseDoc> = {};
  for (const code of new Set(codes)) {
    const { status, title } = problems[code];
    const known = byStatus[status];
    if (known) known.description += `; ${title.toLowerCase()}`;
    else {
      byStatus[status] = { description: title, media: { 'application/problem+json': Problem } };
      if (status === 503 || status === 507) byStatus[status].headers = retryAfter;
    }
  }
  return byStatus;
}

const etag = { etag: z.string().meta({ description: 'Version and content of what is sent.' }) };

export const answers = {
  item: (schema: z.ZodType): ResponseDoc => ({ description: 'The object.', schema, headers: z.object(etag) }),
  created: (schema: z.ZodType): ResponseDoc => ({
    description: 'The new object.',
    schema,
    headers: z.object({ ...etag, location: z.string().meta({ description: 'Path of the object.' }) }),
  }),
  notModified: { description: 'The client has this already (`If-None-Match`).' } satisfies ResponseDoc,
  empty: (description: string): ResponseDoc => ({ description }),
};
