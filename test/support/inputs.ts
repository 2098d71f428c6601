import type { z } from 'zod';
import { check } from '../../src/http/validation/check.js';
import type { FieldError } from '../../src/lib/errors.js';

/** The faults that a route would tell of a body with this schema; none when it is taken. */
export function inputFaults(schema: z.ZodType, body: unknown): FieldError[] {
  const result = check(schema, body);
  return result.success ? [] : result.faults;
}

/** The same as `pointer code`, such as `/names/0/kind invalid_value`. */
export const inputCodes = (schema: z.ZodType, body: unknown): string[] =>
  inputFaults(schema, body).map(({ pointer, code }) => `${pointer} ${code}`);

/** The value at a JSON pointer. */
export const at = (json: unknown, pointer: string): unknown =>
  pointer
    .slice(1)
    .split('/')
    .reduce((inner, name) => (inner as Record<string, unknown>)[name], json);
