import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Query } from '../request/query.js';
import { rawQuery } from '../request/zod.js';
import { addLink } from '../response/headers.js';
import type { Responses } from './answers.js';

/** What goes away is told in the document and by each answer: `Deprecation` (RFC 9745) and `Sunset` (RFC 8594). */

export interface Deprecation {
  /** Day since when it is deprecated: `2027-01-31`. */
  since: string;
  /** Day on which it goes away, six months later or more; left out while that is open. */
  sunset?: string;
  /** Address of a page that says what to use instead. */
  link: string;
}

/** How long clients have at least: `docs/stability.md` promises it. */
const MONTHS = 6;

const deprecatedParameters = new WeakMap<z.ZodType, Deprecation>();

/** A parameter of the query that goes away. Answers to requests that send it tell so. */
export function deprecatedParameter<T extends z.ZodType>(schema: T, deprecation: Deprecation): T {
  const { description = '', ...rest } = schema.meta() ?? {};
  const told = [description, inWords(deprecation)].filter(Boolean).join(' ');
  const marked = schema.meta({ ...rest, ...marks(deprecation), description: told });
  deprecatedParameters.set(marked, deprecation);
  return marked;
}

/** What marks an operation or parameter in the document; tools that compare documents read `x-sunset`. */
export const marks = ({ sunset }: Deprecation) => ({
  deprecated: true,
  ...(sunset !== undefined && { 'x-sunset': sunset }),
});

export const inWords = ({ since, sunset, link }: Deprecation): string =>
  `Deprecated since ${since}${sunset === undefined ? '' : `, goes away on ${sunset}`}: see ${link}.`;

type Tell = (request: FastifyRequest, reply: FastifyReply) => void;

declare module 'fastify' {
  interface FastifyContextConfig {
    tellDeprecation?: Tell | undefined;
  }
}

/** Every answer of a route that says so tells what goes away. Without such a route nothing is done for a request. */
export function registerDeprecation(app: FastifyInstance): void {
  let hooked = false;
  app.addHook('onRoute', ({ config }) => {
    if (hooked || !config?.tellDeprecation) return;
    hooked = true;
    app.addHook('onSend', (request, reply, payload, done) => {
      request.routeOptions.config.tellDeprecation?.(request, reply);
      done(null, payload);
    });
  });
}

/**
 * How the answers of an operation tell of deprecation: the declaration of the headers, and what sets them.
 * Null for an operation that stays, with all its parameters.
 */
export function deprecationOf(
  operation: Deprecation | undefined,
  query: z.ZodObject,
): { declared: (responses: Responses) => Responses; tell: Tell } | null {
  const parameters = new Map<string, Sent>();
  for (const [name, schema] of Object.entries(query.shape)) {
    const found = deprecatedParameters.get(schema as z.ZodType);
    if (found) parameters.set(name, sentFor(found));
  }
  if (!operation && parameters.size === 0) return null;
  const always = operation && sentFor(operation);
  const headers = always
    ? { deprecation: since, ...(always.sunset && { sunset: until }) }
    : { deprecation: since.optional(), sunset: until.optional() };
  return {
    declared: (responses) =>
      Object.fromEntries(
        Object.entries(responses).map(([status, one]) => {
          const link = linkBeside(one.headers?.link as z.ZodType | undefined);
          return [status, { ...one, headers: { ...one.headers, ...headers, link } }];
        }),
      ),
    tell: ({ query: read }, reply) => {
      // What a worker answered tells it already.
      if (reply.hasHeader('deprecation')) return;
      const values = read instanceof Query ? read.values : rawQuery(read as object);
      const applies = always ?? [...parameters].find(([name]) => name in values)?.[1];
      if (!applies) return;
      reply.header('deprecation', applies.deprecation);
      if (applies.sunset) reply.header('sunset', applies.sunset);
      addLink(reply, applies.link);
    },
  };
}

interface Sent {
  deprecation: string;
  sunset: string | null;
  link: string;
}

function sentFor({ since, sunset, link }: Deprecation): Sent {
  const begin = instantOf(since);
  const deprecation = `@${begin / 1_000}`;
  const notice = `<${link}>; rel="deprecation"`;
  if (sunset === undefined) return { deprecation, sunset: null, link: notice };
  const end = instantOf(sunset);
  const earliest = new Date(begin);
  earliest.setUTCMonth(earliest.getUTCMonth() + MONTHS);
  if (end < earliest.getTime()) {
    throw new Error(`sunset ${sunset} is less than ${MONTHS} months after ${since}`);
  }
  return { deprecation, sunset: new Date(end).toUTCString(), link: `${notice}, <${link}>; rel="sunset"` };
}

function instantOf(day: string): number {
  if (!z.iso.date().safeParse(day).success) throw new Error(`${day} is no day`);
  return Date.parse(day);
}

const since = z
  .string()
  .regex(/^@\d+$/)
  .meta({
    description: 'Since when what was asked is deprecated: seconds since 1970 (RFC 9745).',
    examples: ['@1801353600'],
  });
const until = z.string().meta({
  description: 'When it goes away, as a date of HTTP (RFC 8594).',
  examples: ['Sat, 31 Jul 2027 00:00:00 GMT'],
});

/** Headers of problems of an operation that is deprecated or has a parameter that is. */
export const deprecationHeaders = {
  deprecation: since.optional(),
  sunset: until.optional(),
  link: linkBeside(undefined).optional(),
};

function linkBeside(link: z.ZodType | undefined): z.ZodType {
  const told = '`rel="deprecation"` and `rel="sunset"` lead to what to use instead.';
  const description = [link?.meta()?.description, told].filter(Boolean).join(' ');
  return z.string().optional().meta({ description });
}
