import fc from 'fast-check';

/** JSON Schema as far as our documents use it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** What a schema cannot say of a member: which texts name something that exists, and what must be there. */
export interface Hints {
  values(component: string, member: string): fc.Arbitrary<unknown> | undefined;
  always(component: string, member: string): boolean;
}

export const word = fc.stringMatching(/^[A-Z][a-z]{1,8}( [a-z]{1,8}){0,3}$/);
const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });

/** One of two, the first so many times out of `of`. */
export const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>, times = 9, of = 10) =>
  fc.oneof({ arbitrary: usual, weight: times }, { arbitrary: rare, weight: of - times });

/** Values that a schema takes, and that mostly also obey the rules which no schema can tell. */
export function arbitraryOf(
  schemas: Record<string, Schema>,
  schema: Schema,
  hints: Hints,
  component = '',
): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => arbitraryOf(schemas, inner, hints, component);
  if (schema.$ref) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    return arbitraryOf(schemas, schemas[name]!, hints, name);
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches) {
    return fc.oneof(...branches.map((one) => ({ arbitrary: of(one), weight: one.type === 'null' ? 1 : 3 })));
  }
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => of({ ...schema, type })));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'array':
      return fc.array(of(schema.items!), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'object':
      return objectOf(schemas, schema, hints, component);
    case 'string':
      return textOf(schema);
    case undefined:
      return fc.jsonValue({ maxDepth: 2 });
  }
  throw new Error(`no values for ${JSON.stringify(schema).slice(0, 200)}`);
}

function objectOf(
  schemas: Record<string, Schema>,
  { properties = {}, required = [] }: Schema,
  hints: Hints,
  component: string,
): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, schema]) => {
    const value = hints.values(component, name) ?? arbitraryOf(schemas, schema, hints, component);
    const present = value.map((given) => [[name, given]]);
    if (required.includes(name) || hints.always(component, name)) return present;
    return mostly(fc.constant<unknown[][]>([]), present, 3, 4);
  });
  return fc.tuple(...members).map((lists) => Object.fromEntries(lists.flat() as [string, unknown][]));
}

function textOf({ format, pattern, examples, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const fits = (text: string) => [...text].length >= minLength && [...text].length <= maxLength;
  if (format === 'date-time') {
    const years = { min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true };
    return fc.date(years).map((date) => date.toISOString());
  }
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter(fits);
  if (examples) return fc.constantFrom(...(examples as string[]));
  return mostly(word, anyText).filter(fits);
}

/** Texts that programs stumble over; all can be sent. */
export const oddText = fc.constantFrom(
  '',
  ' ',
  'x'.repeat(20_000),
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202eabc',
  '\u200b',
  'e\u0301'.repeat(50),
  '👩‍👩‍👧‍👦',
  '\ufffe\uffff',
  '__proto__',
  'constructor',
  "'; drop table claims; --",
  '%00',
  '@',
  '@nobody',
  '../../etc/passwd',
  '-0',
  '1e999',
  'NaN',
  '9999-99-99',
  '2024-02-30',
  '\\u0000party:x',
);

const deep = (levels: number): unknown => (levels === 0 ? [] : [deep(levels - 1)]);

export const junk: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(null, true, 0, -1, 0.1, 1e300, 2 ** 53, [], {}, [[]], [null], deep(40)),
  fc.jsonValue({ maxDepth: 2 }),
);

type Json = Record<string, unknown> | unknown[];

export interface Mutation {
  what: 'replace' | 'remove' | 'add';
  /** Which of all places. */
  place: number;
  name: string;
  value: unknown;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  what: fc.constantFrom('replace' as const, 'replace' as const, 'remove' as const, 'add' as const),
  place: fc.nat(),
  name: fc.oneof(fc.constantFrom('id', 'version', 'nmae', 'key', 'type', '__proto__'), oddText),
  value: junk,
});

/** A copy of the body with one thing wrong with it, somewhere. */
export function mutate(body: unknown, { what, place, name, value }: Mutation): unknown {
  const copy = structuredClone(body);
  const places: [Json, string | number][] = [];
  const collect = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [member, child] of Object.entries(node)) {
      places.push([node as Json, member]);
      collect(child);
    }
  };
  collect(copy);
  if (places.length === 0 || (what === 'replace' && place % 11 === 0)) return value;
  const [parent, member] = places[place % places.length]!;
  if (what === 'remove') Reflect.deleteProperty(parent, member);
  else {
    const at = what === 'add' ? (Array.isArray(parent) ? parent.length : name) : member;
    // An assignment to __proto__ would not make a member.
    Object.defineProperty(parent, at, { value, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}
