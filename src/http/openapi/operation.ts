import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  FastifyTypeProvider,
  RawServerDefault,
} from 'fastify';
import { z } from 'zod';
import type { Code } from '../../lib/errors.js';
import { mergeableNouns } from '../../lib/ids.js';
import { requireBody } from '../request/body.js';
import { COMPONENT_NAME } from '../schemas/component-names.js';
import { problemResponses, type Responses, sentOn, withImplied } from './answers.js';
import { type Deprecation, deprecationOf } from './deprecation.js';

/** What a caller's key must allow. */
export const scopes = ['read', 'write', 'review', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/**
 * What a read costs: a few rows by their keys (`point`), rows along an index (`range`), or anything else (`scan`).
 * The first two run on the thread that serves all requests, where each read is limited; one that would exceed its limit
 * moves to a worker and begins again there, and a scan is sent there at once.
 */
export type Cost = 'point' | 'range' | 'scan';
/** Where it depends on the request, such as on the format. */
export type CostOf = Cost | ((request: FastifyRequest) => Cost);

/** A route as the OpenAPI document shows it. */
export interface Operation {
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  path?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  /** Of an operation that goes away: it tells so in the document and with each answer. */
  deprecated?: Deprecation;
  body?: { schema: z.ZodType; example: object; media?: string };
  responses: Responses;
  /** What can go wrong. */
  problems: readonly Code[];
}

/** A route in one declaration: what is checked, and what the document says. */
export interface Declaration extends Omit<Operation, 'body' | 'responses' | 'problems'> {
  scope: Scope | 'public';
  /** Whether this request asks for nothing of the register, so that it needs no key. */
  isPublic?: (request: FastifyRequest) => boolean;
  /** Of a read of the register. */
  cost?: CostOf;
  /** Of a read that asks nothing of the register: its answer is the same for all, as long as the service runs. */
  lasts?: true;
  /** Of a write that may change much although its body is short. */
  writesMuch?: true;
  body?: z.ZodType;
  /** How the body is documented, where that differs from how it is checked. */
  bodyDoc?: Operation['body'];
  /** The query as it is documented, where that leaves out a parameter that typed clients cannot use. */
  queryDoc?: z.ZodObject;
  /** Headers and answers that follow from the request headers are added, such as 304 of what can be revalidated. */
  success: Responses;
  /** What can go wrong; `internal` and what the scope implies is added. */
  problems: readonly Code[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

/** Tells handlers the types of path, query and body by the schemas that their operation declares. */
interface ZodProvider extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
}

/** The server, as routes see it. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodProvider
>;

/** The schema that a declaration has for a part of a request, or the one that stands for it. */
type PartOf<D, Part extends string, Else extends z.ZodType | undefined> =
  D extends Record<Part, infer S extends z.ZodType> ? S : Else;

/** A request as its operation declares it, for what handlers call. */
export type RequestOf<D> = FastifyRequest & {
  params: z.output<PartOf<D, 'path', z.ZodUnknown>>;
  query: z.output<PartOf<D, 'query', z.ZodUnknown>>;
  body: z.output<PartOf<D, 'body', z.ZodUnknown>>;
};

/** A route that takes no parameters refuses all. */
const none = z.strictObject({});

/** Whether a path begins with an object that can have been merged into another. */
function namesMergeable(path: z.ZodObject | undefined): boolean {
  const name = (path?.shape.id as z.ZodType | undefined)?.meta()?.[COMPONENT_NAME];
  return mergeableNouns.some((noun) => name === `${noun}_id`);
}

/** The options of a route from one declaration: what Fastify checks and what the document says. */
export function operation<const D extends Declaration>(declaration: D) {
  const {
    scope,
    isPublic,
    cost,
    lasts,
    writesMuch,
    body,
    bodyDoc,
    success,
    problems: listed,
    query = none,
    queryDoc = query,
    ...rest
  }: Declaration = declaration;
  const implied: Code[] = ['invalid_query', 'misdirected_request', 'headers_too_large', 'internal'];
  if (scope !== 'public') implied.push('unauthenticated', 'forbidden', 'unavailable', 'timeout');
  if (cost && cost !== 'point') implied.push('query_too_broad');
  const canBeMerged = namesMergeable(rest.path);
  if (canBeMerged && !cost) implied.push('merged_into');
  if (body) implied.push('unreadable_body', 'invalid_body', 'body_too_large', 'unsupported_media_type');
  if (rest.headers && 'accept-datetime' in rest.headers.shape) implied.push('invalid_header');
  const all = [...new Set([...listed, ...implied])];
  const responses = {
    ...(canBeMerged && cost && sentOn),
    ...withImplied(success, rest.headers?.shape ?? {}),
    ...problemResponses(all),
  };
  const deprecation = deprecationOf(rest.deprecated, query);
  const documented: Operation = {
    ...rest,
    query: queryDoc,
    problems: all,
    responses: deprecation?.declared(responses) ?? responses,
  };
  if (bodyDoc) documented.body = bodyDoc;
  return {
    schema: {
      querystring: query,
      ...(rest.path && { params: rest.path }),
      ...(body && { body }),
    } as {
      params: PartOf<D, 'path', undefined>;
      querystring: PartOf<D, 'query', typeof none>;
      body: PartOf<D, 'body', undefined>;
    },
    config: {
      scope,
      isPublic,
      cost,
      lasts,
      writesMuch,
      operation: documented,
      tellDeprecation: deprecation?.tell,
    },
    ...(body ? { preValidation: requireBody } : {}),
  };
}
