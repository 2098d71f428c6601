import { ApiError, type FieldError } from '../../lib/errors.js';

const MAX_PARAMETERS = 50;

/** Parameters of free text, which may hold commas: repeated, they give alternatives. */
export const REPEATABLE: ReadonlySet<string> = new Set(['place', 'unit', 'assessor', 'verdict']);
/** Stands between the values of a repeated parameter; no text that is compared with them holds it. */
export const REPEATED = '\n';

/** A parsed query string: every parameter once, or the faults that were found. */
export class Query {
  readonly values: Record<string, string> = Object.create(null);
  readonly faults: (FieldError & { parameter: string })[] = [];

  get isEmpty(): boolean {
    for (const _ in this.values) return false;
    return true;
  }
}

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
};

/**
 * Reads a query string strictly: valid percent-encoded UTF-8, no parameter twice, none empty. Fastify's own
 * parser lets malformed escapes and repeated names pass.
 */
export function readQuery(text: string): Query {
  const query = new Query();
  const fault = (parameter: string, code: string, detail: string) =>
    query.faults.push({ parameter: parameter.slice(0, 100), code, detail });
  const parts = text.split('&').filter((part) => part !== '');
  if (parts.length > MAX_PARAMETERS) {
    fault('', 'too_many_parameters', `a query has at most ${MAX_PARAMETERS} parameters`);
    return query;
  }
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    const value = decode(equals < 0 ? '' : part.slice(equals + 1));
    if (name === null || value === null) {
      fault(name ?? '', 'invalid_encoding', 'not valid percent-encoded UTF-8');
    } else if (value.includes('\0') || name.includes('\0')) {
      fault(name, 'invalid_encoding', 'a query cannot hold U+0000');
    } else if (name in query.values && REPEATABLE.has(name)) {
      query.values[name] += `${REPEATED}${value}`;
    } else if (name in query.values) {
      fault(name, 'repeated_parameter', 'give a parameter once; separate alternatives by commas');
    } else if (value === '') {
      fault(name, 'empty_parameter', 'the parameter has no value; give it one, or leave it out');
    } else {
      query.values[name] = value;
    }
  }
  return query;
}

export const invalidQuery = (faults: FieldError[]): ApiError =>
  new ApiError(
    'invalid_query',
    faults.map((f) => `${f.parameter || 'query'}: ${f.detail}`).join('; '),
    faults,
  );

/** A parameter that cannot be used beside another. */
export const misplaced = (parameter: string, detail: string): ApiError =>
  invalidQuery([{ parameter, code: 'misplaced_parameter', detail }]);
