import { z } from 'zod';
import { type FieldError, MAX_FAULTS } from '../../lib/errors.js';
import { pointerOf } from '../../lib/json-value.js';
import { issueText, likelyName, unknownText } from './issue-text.js';
import { bare, placeAt } from './schema-place.js';

const outputMembers = new WeakMap<object, object>();

/** Says which output form belongs to input forms: what is in it alone is computed, and cannot be sent. */
export function pairForms(output: { shape: object }, ...inputs: object[]): void {
  for (const input of inputs) outputMembers.set(input, output.shape);
}

export type Checked<T> = { success: true; data: T } | { success: false; faults: FieldError[] };

/**
 * Holds an input to a schema. Each mistake is one fault, which names its place and the fix; no message of the
 * schema library is in it. `at` is the pointer to the input itself.
 */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  place: 'pointer' | 'parameter' = 'pointer',
  at = '',
): Checked<z.output<Schema>> {
  const result = schema.safeParse(input, unworded);
  if (result.success) return result;
  return { success: false, faults: faultsOf(result.error.issues, schema, input, place, at) };
}

/** An empty message stands for those that the schema does not word itself. */
export const unworded = { error: () => '' };

/** Each mistake that the schema library found as one fault; `root` and `input` are what it held to each other. */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  root: z.ZodType,
  input: unknown,
  place: 'pointer' | 'parameter',
  at: string,
): FieldError[] {
  const faults: FieldError[] = [];
  const unknown: FieldError[] = [];
  // What follows from a mistake, at its own place or where a misspelled member is missed, is not a second one.
  const done = new Set<string>();
  const unknowns = issues.filter((issue) => issue.code === 'unrecognized_keys');
  for (const issue of unknowns) {
    const { schema, input: sent } = placeAt(root, input, issue.path);
    const isMissed = (member: string) => (sent as Record<string, unknown>)[member] === undefined;
    for (const name of issue.keys.slice(0, MAX_FAULTS - unknown.length)) {
      const short = name.slice(0, 100);
      const { code, detail, meant } = unknownName(short, schema, place);
      if (meant !== null && isMissed(meant)) done.add(pointerOf([...issue.path, meant]));
      unknown.push(fault([...issue.path, short], code, detail));
    }
  }
  for (const issue of issues) {
    if (faults.length >= MAX_FAULTS) break;
    const pointer = pointerOf(issue.path);
    if (issue.code === 'unrecognized_keys' || done.has(pointer)) continue;
    if (issue.code !== 'custom') done.add(pointer);
    const found = placeAt(root, input, issue.path);
    const name = String(issue.path.at(-1) ?? '');
    const code = codeOf(issue, found.input);
    faults.push(fault(issue.path, code, issue.message || issueText(issue, found, name)));
  }
  return [...faults, ...unknown].slice(0, MAX_FAULTS);

  function fault(path: readonly PropertyKey[], code: string, detail: string): FieldError {
    if (place === 'parameter') return { parameter: path.map(String).join('.'), code, detail };
    return { pointer: at + pointerOf(path), code, detail };
  }
}

function unknownName(name: string, schema: z.ZodType, place: 'pointer' | 'parameter') {
  const what = place === 'pointer' ? 'member' : 'parameter';
  if (Object.hasOwn(outputMembers.get(schema) ?? {}, name)) {
    const detail = 'this member is computed and cannot be sent; leave it out';
    return { code: 'unknown_member', detail, meant: null };
  }
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const meant = likelyName(name, known);
  const [inside, another] = meant === null && place === 'pointer' ? membersWith(name, schema) : [];
  const isInside = inside !== undefined && another === undefined;
  return {
    code: `unknown_${what}`,
    detail: isInside ? `no such member here; it belongs in \`${inside}\`` : unknownText(name, known, what),
    meant,
  };
}

/** The members of a form that are forms themselves, and have a member of this name. */
const membersWith = (name: string, schema: z.ZodType): string[] =>
  schema instanceof z.ZodObject
    ? Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([member, declared]) => {
        const inner = bare(declared);
        return inner instanceof z.ZodObject && Object.hasOwn(inner.shape, name) ? [member] : [];
      })
    : [];

function codeOf(issue: z.core.$ZodIssue, input: unknown): string {
  if (issue.code === 'custom') {
    return typeof issue.params?.code === 'string' ? issue.params.code : 'invalid_value';
  }
  return issue.code === 'invalid_type' && input === undefined ? 'missing_member' : issue.code;
}
