import { z } from 'zod';
import { bare } from './schema-place.js';

/** How to write what was meant: an input that was sent in another form than the schema takes. */

const words: Record<string, boolean> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

const exampleOf = (schema: z.ZodType): unknown => (schema.meta()?.examples as unknown[] | undefined)?.[0];

/** What the schema takes of the input, or null. */
const taken = (schema: z.ZodType, form: unknown): unknown => (schema.safeParse(form).success ? form : null);

/** The input in the form of the schema, or null where no form of it can be told. */
export function rightForm(declared: z.ZodType, input: unknown): unknown {
  const schema = bare(declared);
  if (declared.safeParse(input).success) return input;
  if (schema instanceof z.ZodString) return asText(schema, input);
  if (schema instanceof z.ZodBoolean) return words[String(input).toLowerCase()] ?? null;
  if (schema instanceof z.ZodNumber) return asNumber(schema, input);
  if (schema instanceof z.ZodArray) return asList(schema, input);
  if (schema instanceof z.ZodObject) return asObject(schema, input);
  return null;
}

/** A number as its digits, an output reference as its key, a list of one as the one. */
function asText(schema: z.ZodString, input: unknown): unknown {
  if (typeof input === 'number') return taken(schema, String(input));
  if (Array.isArray(input)) return input.length === 1 ? taken(schema, input[0]) : null;
  if (typeof input !== 'object' || input === null) return null;
  const { key, id, exact, name } = input as Record<string, unknown>;
  return taken(schema, key ?? id ?? exact ?? name);
}

const asNumber = (schema: z.ZodNumber, input: unknown): unknown =>
  typeof input === 'string' && input.trim() !== '' ? taken(schema, Number(input)) : null;

function asList(schema: z.ZodArray, input: unknown): unknown {
  if (input === null || Array.isArray(input)) return null;
  const element = rightForm(schema.element as z.ZodType, input);
  return element === null ? null : taken(schema, [element]);
}

/** The input as the first member that takes it, beside examples of the members that cannot be left out. */
function asObject(schema: z.ZodObject, input: unknown): unknown {
  if (Array.isArray(input)) {
    const lists = Object.entries(schema.shape).filter(([, member]) => bare(member) instanceof z.ZodArray);
    const [name] = lists.find(([, member]) => !member.safeParse(undefined).success) ?? [];
    return name === undefined ? (input.length === 1 ? taken(schema, input[0]) : null) : { [name]: input };
  }
  if (typeof input === 'object') return null;
  const members = Object.entries(schema.shape);
  const required = members.filter(([, member]) => !member.safeParse(undefined).success);
  for (const [name] of [...required, ...members]) {
    const rest = required.map(([other, member]) => [other, exampleFor(bare(member))]);
    const form = taken(schema, { ...Object.fromEntries(rest), [name]: input });
    if (form !== null) return form;
  }
  return null;
}

function exampleFor(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodEnum) return schema.options[0];
  return exampleOf(schema) ?? '…';
}
