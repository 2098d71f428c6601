import { z } from 'zod';

/** The schema behind what may be left out, be null, or be turned into something else. */
export function bare(schema: z.ZodType): z.ZodType {
  let inner = schema;
  for (;;) {
    if (inner instanceof z.ZodPipe) inner = inner.in as z.ZodType;
    else if (
      inner instanceof z.ZodOptional ||
      inner instanceof z.ZodNullable ||
      inner instanceof z.ZodDefault
    ) {
      inner = inner.unwrap() as z.ZodType;
    } else return inner;
  }
}

/** The option of a union that an input belongs to by its discriminator, if it belongs to one. */
export function optionFor(union: z.ZodDiscriminatedUnion, input: unknown): z.ZodType | undefined {
  const { discriminator } = union.def;
  const given = (input as Record<string, unknown> | null)?.[discriminator];
  const options = union.options as readonly z.ZodObject[];
  return options.find((option) => option.shape[discriminator]?.safeParse(given).success);
}

/** A place of an input: the schema it is held to, with and without what wraps it, and what stands there. */
export interface SchemaPlace {
  declared: z.ZodType;
  schema: z.ZodType;
  input: unknown;
}

const memberOf = (schema: z.ZodObject, name: PropertyKey): z.ZodType =>
  Object.hasOwn(schema.shape, name) ? (schema.shape[name as string] as z.ZodType) : z.unknown();

/** Follows a path into a schema and the input that was held to it. */
export function placeAt(root: z.ZodType, data: unknown, path: readonly PropertyKey[]): SchemaPlace {
  let declared = root;
  let schema = bare(root);
  let input = data;
  const settle = () => {
    if (schema instanceof z.ZodDiscriminatedUnion) schema = bare(optionFor(schema, input) ?? schema);
  };
  for (const name of path) {
    settle();
    if (schema instanceof z.ZodObject) declared = memberOf(schema, name);
    else if (schema instanceof z.ZodArray) declared = schema.element as z.ZodType;
    else if (schema instanceof z.ZodRecord) declared = schema.valueType as z.ZodType;
    else declared = z.unknown();
    schema = bare(declared);
    input = (input as Record<PropertyKey, unknown> | null | undefined)?.[name];
  }
  settle();
  return { declared, schema, input };
}
