import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** Media types, written as they are sent and declared: JSON has no parameters, other text names its charset. */
export const JSON_TYPE = 'application/json';
export const PROBLEM_TYPE = 'application/problem+json';
/** HTML forms, for protocols that ask for them. */
export const FORM_TYPE = 'application/x-www-form-urlencoded';
export const HTML = 'text/html; charset=utf-8';
const MERGE_PATCH = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
/** What a PATCH may be; JSON without more is a merge patch. */
export const PATCH_TYPES = [JSON_TYPE, MERGE_PATCH, JSON_PATCH];
/** Tells it (RFC 5789). */
export const acceptPatch = { 'accept-patch': PATCH_TYPES.join(', ') };
export const NDJSON = 'application/x-ndjson';
export const CSV = 'text/csv; charset=utf-8';
export const TEXT = 'text/plain; charset=utf-8';
export const EVENTS = 'text/event-stream; charset=utf-8';

/** A media type without its parameters. */
export const bare = (type: string): string => type.replace(/;.*/s, '');

/** What a text consists of, where it has parts that a JSON schema cannot describe. */
export type Parts =
  | { form: 'lines' | 'events'; each: z.ZodType }
  | { form: 'table'; columns: readonly string[]; bom: boolean; separator: string };

/** The parts of the texts that routes answer, by the schema of the text. */
export const partsOf = new WeakMap<z.ZodType, Parts>();

function textOf(parts: Parts, description: string): z.ZodType {
  const schema = z.string().meta({ description });
  partsOf.set(schema, parts);
  return schema;
}

/** NDJSON: one JSON document a line. */
export const linesOf = (each: z.ZodType, description: string) => textOf({ form: 'lines', each }, description);

/** Server-sent events, each with one JSON document as its data. */
export const eventsOf = (each: z.ZodType, description: string) =>
  textOf({ form: 'events', each }, description);

/** CSV with a header; `fields` may pick and order its columns. */
export function tableOf(
  columns: readonly { name: string }[],
  { bom = false, separator = ',' } = {},
): z.ZodType {
  const names = columns.map(({ name }) => name);
  return textOf({ form: 'table', columns: names, bom, separator }, `Columns: ${names.join(', ')}.`);
}

const CHARSET = '; charset=utf-8';

/** Fastify adds a charset to the JSON types of texts and objects; clients compare these types literally. */
export function registerMedia(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.endsWith(`json${CHARSET}`)) {
      reply.type(type.slice(0, -CHARSET.length));
    }
    done(null, payload);
  });
}
