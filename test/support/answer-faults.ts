import type { z } from 'zod';
import type { ResponseDoc } from '../../src/http/openapi/answers.js';
import { JSON_TYPE, type Parts, partsOf } from '../../src/http/response/media.js';
import { parseCsv } from './csv.js';

/** What an answer has that its route does not declare, and what it lacks. */

/** Headers of any answer: of the transport, of caching, and those that helmet and CORS set everywhere. */
const ANYWHERE = new Set([
  ...['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'],
  ...['cache-control', 'access-control-allow-origin', 'access-control-expose-headers'],
  ...['content-security-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy'],
  ...['origin-agent-cluster', 'referrer-policy', 'strict-transport-security', 'x-content-type-options'],
  ...['x-dns-prefetch-control', 'x-download-options', 'x-frame-options', 'x-permitted-cross-domain-policies'],
  'x-xss-protection',
]);

type Table = Extract<Parts, { form: 'table' }>;

export type Headers = Record<string, unknown>;

/** Undeclared headers, and declared ones that are missing. */
export function headerFaults({ headers: declared = {} }: ResponseDoc, sent: Headers): string[] {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (value !== undefined && !(name in declared) && !ANYWHERE.has(name)) {
      faults.push(`the header ${name} is not declared`);
    }
  }
  for (const [name, schema] of Object.entries(declared)) {
    const value = sent[name] === undefined ? undefined : String(sent[name]);
    if (!(schema as z.ZodType).safeParse(value).success) faults.push(`the header ${name} is ${value}`);
  }
  return faults;
}

/** Reads a body as it comes; both functions give the faults found by then. */
export interface Reader {
  push(text: string): string[];
  end(): string[];
}

/** How to read the body of an answer, or what is wrong before anything of it is read. */
export function readerOf({ schema: json, media }: ResponseDoc, type: unknown): Reader | string {
  const schemas: Record<string, z.ZodType> = { ...(json && { [JSON_TYPE]: json }), ...media };
  if (!json && !media && type === undefined) return whole(() => ['no body is declared']);
  const schema = schemas[String(type)];
  if (!schema) return `the media type ${type} is not declared`;
  const parts = partsOf.get(schema);
  if (parts?.form === 'lines') return pieces('\n', (line) => jsonFaults(parts.each, line));
  if (parts?.form === 'events') return pieces('\n\n', (event) => eventFaults(parts.each, event));
  if (parts?.form === 'table') return whole((text) => tableFaults(parts, text));
  if (/^application\/([\w.-]+\+)?json$/.test(String(type))) return whole((text) => jsonFaults(schema, text));
  return whole((text) => schemaFaults(schema, text));
}

function whole(faultsOf: (text: string) => string[]): Reader {
  let all = '';
  return {
    push: (text) => {
      all += text;
      return [];
    },
    end: () => faultsOf(all),
  };
}

/** Each piece ends with the mark; none is kept, since some answers have no end. */
function pieces(mark: string, faultsOf: (piece: string) => string[]): Reader {
  let rest = '';
  return {
    push: (text) => {
      const found = (rest + text).split(mark);
      rest = found.pop()!;
      return found.flatMap(faultsOf);
    },
    end: () => (rest === '' ? [] : [`the end is cut off: ${rest.slice(0, 100)}`]),
  };
}

function schemaFaults(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error ? [JSON.stringify(error.issues.slice(0, 5)).slice(0, 2_000)] : [];
}

function jsonFaults(schema: z.ZodType, text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [`no JSON: ${text.slice(0, 100)}`];
  }
  return schemaFaults(schema, value);
}

/** An event has an id, a type and data; comments and what tells the client how to come back have no data. */
function eventFaults(each: z.ZodType, event: string): string[] {
  const fields: Record<string, string> = {};
  const faults: string[] = [];
  for (const line of event.split('\n')) {
    const [, name = line, value = ''] = /^(\w*): (.*)$/.exec(line) ?? [];
    if (!['', 'id', 'event', 'data', 'retry'].includes(name) || (name && name in fields)) {
      faults.push(`an event has the line ${line.slice(0, 100)}`);
    }
    fields[name] = value;
  }
  const { data, id, event: type } = fields;
  if (data === undefined) return type === undefined ? faults : [...faults, `the event ${type} has no data`];
  if (!id || !type) faults.push(`an event lacks its id or type: ${event.slice(0, 100)}`);
  return [...faults, ...jsonFaults(each, data)];
}

function tableFaults({ columns, bom, separator }: Table, text: string): string[] {
  if (bom && !text.startsWith('\ufeff')) return ['a CSV without the byte order mark'];
  let rows: string[][];
  try {
    rows = parseCsv(bom ? text.slice(1) : text, separator);
  } catch (error) {
    return [`no CSV: ${(error as Error).message}`];
  }
  const header = rows[0]!;
  if (header.length === 0) return ['a CSV without a header'];
  const strange = header.filter((name) => !columns.includes(name));
  const uneven = rows.filter((row) => row.length !== header.length);
  return [
    ...strange.map((name) => `the column ${JSON.stringify(name)} is not declared`),
    ...uneven.slice(0, 3).map((row) => `${row.length} cells under ${header.length} names: ${row.join(',')}`),
  ];
}
