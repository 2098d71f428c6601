import { z } from 'zod';
import { Reference } from './common.js';

/**
 * What clients set of an object, as answers give it back: the members of the input form, each in its output schema,
 * references as text. It is an answer, so it is open to members and words of later versions, which the input form
 * that requests are held to is not.
 */
export function contentOf(
  name: string,
  output: z.ZodObject,
  input: z.ZodObject,
  more: z.ZodRawShape = {},
): z.ZodObject {
  const members = Object.entries(input.shape).flatMap(([member, sent]) => {
    const shown = output.shape[member] as z.ZodType | undefined;
    return shown ? [[member, memberOf(shown, sent as z.ZodType)] as const] : [];
  });
  return z.strictObject({ ...Object.fromEntries(members), ...more }).meta({
    id: `${name}Content`,
    description: `What clients set of an object of the kind ${name}: what PUT takes, with all members, references as text.`,
  });
}

/** The output schema of a member. What the register fills in by itself is null where it was not sent. */
function memberOf(shown: z.ZodType, sent: z.ZodType): z.ZodType {
  const schema = withoutReferences(shown);
  if (!sent.safeParse(null).success || schema.safeParse(null).success) return schema;
  return schema.nullable().meta({ ...schema.meta(), id: undefined });
}

const REFERENCE = Reference.meta()?.id;

const done = new WeakMap<z.ZodType, z.ZodType>();

/** The schema with the id or key in place of each reference; itself, if it holds none. */
function withoutReferences(schema: z.ZodType): z.ZodType {
  const known = done.get(schema) ?? named(schema, replaced(schema));
  done.set(schema, known);
  return known;
}

function named(schema: z.ZodType, changed: z.ZodType): z.ZodType {
  if (changed === schema) return schema;
  const { id, ...meta } = schema.meta() ?? {};
  if (id === REFERENCE) return changed;
  return changed.meta(id === undefined ? meta : { ...meta, id: `${id}Content` });
}

function replaced(schema: z.ZodType): z.ZodType {
  if (schema.meta()?.id === REFERENCE) return z.string().meta({ description: 'Id or key.' });
  if (schema instanceof z.ZodNullable) {
    const inner = withoutReferences(schema.unwrap() as z.ZodType);
    return inner === schema.unwrap() ? schema : inner.nullable();
  }
  if (schema instanceof z.ZodArray) {
    const inner = withoutReferences(schema.element as z.ZodType);
    return inner === schema.element ? schema : z.array(inner);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const options = schema.options.map((option) => withoutReferences(option as z.ZodType));
    if (options.every((option, i) => option === schema.options[i])) return schema;
    return z.discriminatedUnion(schema.def.discriminator, options as unknown as [z.ZodObject]);
  }
  if (schema instanceof z.ZodObject) {
    const members = Object.entries(schema.shape).map(([name, member]) => [name, withoutReferences(member)]);
    if (members.every(([name, member]) => member === schema.shape[name as string])) return schema;
    return z.strictObject(Object.fromEntries(members));
  }
  return schema;
}
