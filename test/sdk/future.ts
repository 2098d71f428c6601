// biome-ignore lint/suspicious/noExplicitAny: a document or an answer
type Json = any;

/** A value that no document lists. */
export const UNKNOWN = 'value_of_a_later_version';

/** An answer as a later version of the register may give it, by the promise of docs/stability.md. */
export class Future {
  constructor(private readonly document: Json) {}

  /** The body of an answer with an unknown value in each open enumeration, and an unknown member in each object. */
  answer(method: string, path: string, status: number, body: Json): Json {
    const schema = this.schemaOf(method, path, status);
    return schema === undefined ? body : this.changed(schema, body);
  }

  private schemaOf(method: string, path: string, status: number): Json {
    const { paths } = this.document;
    const matching = Object.keys(paths).filter((template) =>
      new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/.]+')}$`).test(path),
    );
    // An address without parameters goes before one with them.
    const template = matching.sort((a, b) => a.split('{').length - b.split('{').length)[0];
    const answers = template && paths[template][method.toLowerCase()]?.responses;
    const answer = this.resolve(answers?.[status] ?? answers?.[`${Math.floor(status / 100)}XX`]);
    return Object.entries<Json>(answer?.content ?? {}).find(([type]) => /[/+]json$/.test(type))?.[1].schema;
  }

  private resolve(node: Json): Json {
    if (!node?.$ref) return node;
    const [, ...names] = node.$ref.split('/');
    return this.resolve(names.reduce((at: Json, name: string) => at[name], this.document));
  }

  /** A value of this schema as a later version may give it. */
  changed(schema: Json, value: Json): Json {
    const given = this.resolve(schema);
    if (given === undefined || value === null) return value;
    if (typeof value === 'string') return this.isOpen(given) ? UNKNOWN : value;
    if (Array.isArray(value)) return value.map((item) => this.changed(this.itemsOf(given), item));
    if (typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([name, member]) => [
      name,
      this.changed(this.memberOf(given, name, value), member),
    ]);
    return { ...Object.fromEntries(entries), added_by_a_later_version: { of: ['any', 'kind'] } };
  }

  /** The alternatives of a schema, itself among them. */
  private *parts(schema: Json, value?: Json): Generator<Json> {
    const given = this.resolve(schema);
    yield given;
    const { discriminator, oneOf = [], anyOf = [], allOf = [] } = given;
    const chosen = value && discriminator?.mapping?.[value[discriminator.propertyName]];
    const branches = chosen ? [{ $ref: chosen }] : [...oneOf, ...anyOf];
    for (const part of [...allOf, ...branches]) yield* this.parts(part, value);
  }

  private isOpen(schema: Json): boolean {
    return [...this.parts(schema)].some((part) => part['x-extensible-enum']);
  }

  private itemsOf(schema: Json): Json {
    return [...this.parts(schema)].find((part) => part.items)?.items;
  }

  private memberOf(schema: Json, name: string, value: Json): Json {
    for (const part of this.parts(schema, value)) {
      const member = part.properties?.[name];
      if (member) return member;
      if (typeof part.additionalProperties === 'object') return part.additionalProperties;
    }
    return undefined;
  }
}
