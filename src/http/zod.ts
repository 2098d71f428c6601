import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { bodyFailure, type Failure, type Fault } from '../lib/errors.js';
import { addressOfForm } from './forms.js';
import { invalidQuery, type Query } from './query.js';

const raw = Symbol('raw');

/** The parameters of a validated query as they were sent. */
export const rawQuery = (query: object): Record<string, string> =>
  (query as { [raw]?: Record<string, string> })[raw] ?? {};

/** zod validates what comes in; what goes out is built by hand and written by `JSON.stringify`. */
export function registerZod(app: FastifyInstance): void {
  const addresses = new Set<string>();
  app.addHook('onRoute', ({ url }) => void addresses.add(url));
  const compiler: FastifySchemaCompiler<z.ZodType> =
    ({ schema, httpPart, url }) =>
    (data) => {
      if (httpPart === 'querystring') return validQuery(schema, data as Query, formsAt(url!));
      const result = schema.safeParse(data);
      return result.success ? { value: result.data } : { error: invalidBody(result.error) };
    };
  app.setValidatorCompiler(compiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));

  /** Tells where the form is that an unknown parameter asks for. */
  function formsAt(url: string): Hint {
    return (parameter, value) => addressOfForm(addresses, url, parameter, value);
  }
}

/** The address to use in place of a parameter; null where there is none. */
type Hint = (parameter: string, value: string) => string | null;

function validQuery(schema: z.ZodType, query: Query, hint: Hint) {
  if (query.faults.length > 0) return { error: invalidQuery(query.faults) };
  const result = schema.safeParse({ ...query.values });
  if (!result.success) {
    const faults = faultsOf(result.error, 'parameter').map((fault) => withHint(fault, query, hint));
    return { error: invalidQuery(faults) };
  }
  Object.defineProperty(result.data, raw, { value: query.values });
  return { value: result.data };
}

function withHint(fault: Fault, { values }: Query, hint: Hint): Fault {
  const { parameter, code } = fault;
  const address = code === 'unknown_parameter' && hint(parameter!, values[parameter!] ?? '');
  return address ? { ...fault, detail: `each form has an address of its own; use ${address}` } : fault;
}

export function invalidBody(error: z.ZodError, at = ''): Failure {
  return bodyFailure(faultsOf(error, 'pointer', at));
}

const escapePointer = (part: PropertyKey) => String(part).replaceAll('~', '~0').replaceAll('/', '~1');
const pointerTo = (path: PropertyKey[]) => path.map((part) => `/${escapePointer(part)}`).join('');
const MAX_FAULTS = 20;

/** zod's issues as faults with a place and a sentence each. */
export function faultsOf(error: z.ZodError, place: 'pointer' | 'parameter', at = ''): Fault[] {
  const faults: Fault[] = [];
  for (const issue of error.issues) {
    if (faults.length >= MAX_FAULTS) break;
    if (issue.code === 'unrecognized_keys') {
      for (const name of issue.keys.slice(0, MAX_FAULTS - faults.length)) {
        const what = place === 'pointer' ? 'member' : 'parameter';
        faults.push(fault([...issue.path, name.slice(0, 100)], `unknown_${what}`, `unknown ${what}`));
      }
    } else {
      faults.push(fault(issue.path, codeOf(issue), issue.message));
    }
  }
  return faults;

  function fault(path: PropertyKey[], code: string, detail: string): Fault {
    if (place === 'parameter') return { parameter: path.map(String).join('.'), code, detail };
    return { pointer: at + pointerTo(path), code, detail };
  }
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code;
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'missing_member';
  return issue.code === 'custom' ? 'invalid_value' : issue.code;
}
