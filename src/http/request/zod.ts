import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { type ApiError, type FieldError, validationError } from '../../lib/errors.js';
import { isJsonObject } from '../../lib/json-value.js';
import { type Checked, check } from '../validation/check.js';
import { checkInSteps } from '../validation/check-in-steps.js';
import { addressOfForm } from './form-address.js';
import { invalidQuery, type Query } from './query.js';
import { rangeFaults } from './ranges.js';

const raw = Symbol('raw');

/** The parameters of a validated query as they were sent. */
export const rawQuery = (query: unknown): Record<string, string> =>
  (query as { [raw]?: Record<string, string> } | undefined)?.[raw] ?? {};

/** zod validates what comes in; what goes out is built by hand and written by `JSON.stringify`. */
export function registerZod(app: FastifyInstance): void {
  const addresses = new Set<string>();
  app.addHook('onRoute', ({ url, schema }) => {
    addresses.add(url);
    const { shape } = (schema?.querystring ?? {}) as Partial<z.ZodObject>;
    if (shape && 'form' in shape) addresses.add(`${url}?form=input`);
  });
  // Fastify takes no value from a validator that takes its time.
  const bodies = new WeakMap<object, Checked<unknown>>();
  app.addHook('preValidation', async ({ body, routeOptions }) => {
    const schema = routeOptions.schema?.body;
    if (schema instanceof z.ZodType && isJsonObject(body)) bodies.set(body, await checkInSteps(schema, body));
  });
  const compiler: FastifySchemaCompiler<z.ZodType> =
    ({ schema, httpPart, url }) =>
    (data) => {
      if (httpPart === 'querystring') return validQuery(schema, data as Query, formsAt(url!));
      const result = (httpPart === 'body' && bodies.get(data)) || check(schema, data);
      return result.success ? { value: result.data } : { error: validationError(result.faults) };
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

/** What follows from a query without parameters, by schema: most requests send none. */
const ofNothing = new WeakMap<z.ZodType, { value: unknown }>();

function validQuery(schema: z.ZodType, query: Query, hint: Hint) {
  if (query.faults.length > 0) return { error: invalidQuery(query.faults) };
  if (!query.isEmpty) return readParameters(schema, query, hint);
  const known = ofNothing.get(schema);
  if (known) return known;
  const result = readParameters(schema, query, hint);
  if ('value' in result) ofNothing.set(schema, result);
  return result;
}

function readParameters(
  schema: z.ZodType,
  query: Query,
  hint: Hint,
): { value: unknown } | { error: ApiError } {
  const result = check(schema, { ...query.values }, 'parameter');
  if (!result.success) {
    return { error: invalidQuery(result.faults.map((fault) => withHint(fault, query, hint))) };
  }
  const faults = rangeFaults(result.data as Record<string, unknown>);
  if (faults.length > 0) return { error: invalidQuery(faults) };
  Object.defineProperty(result.data as object, raw, { value: query.values });
  // Other requests may be given the same.
  return { value: Object.freeze(result.data) };
}

function withHint(fault: FieldError, { values }: Query, hint: Hint): FieldError {
  const { parameter, code } = fault;
  if (code !== 'unknown_parameter' || parameter === undefined) return fault;
  const address = hint(parameter, values[parameter] ?? '');
  return address ? { ...fault, detail: `each form has an address of its own; use ${address}` } : fault;
}
