import { pascalCase } from '../../lib/text.js';

/** Parameters, headers and answers that stand in several operations of a document become components of it. */

type Json = Record<string, unknown>;

interface Answer extends Json {
  headers?: Record<string, Json>;
}

interface Parameter extends Json {
  name: string;
  in: string;
  required?: boolean;
  schema: Json;
}

interface Operation {
  operationId: string;
  tags: [string];
  parameters?: Parameter[];
  responses: Record<string, Answer>;
}

interface Document {
  paths?: Record<string, Record<string, Operation>>;
  components?: { responses?: Record<string, Answer> } & Record<string, Record<string, Json>>;
}

/** In the schema of a parameter: what its component is called, where its name tells too little. */
export const COMPONENT_NAME = 'x-component-name';

/**
 * Replaces what is alike in several operations by references. A component is named after the parameter or header,
 * with the tag in front where only operations of one tag have it: `If-Match` makes `IfMatchParameter`, `sort` of
 * claims `ClaimsSortParameter`. Another one of that name is told apart by being required, or by its first operation.
 */
export function shareComponents(document: Document): void {
  const operations = Object.values(document.paths ?? {}).flatMap((methods) => Object.values(methods));
  const answers = [
    ...operations.flatMap(({ operationId, responses }) =>
      Object.values(responses).map((answer) => ({ owner: operationId, answer })),
    ),
    ...Object.entries(document.components?.responses ?? {}).map(([owner, answer]) => ({ owner, answer })),
  ].flatMap(({ owner, answer }) => (answer.headers ? { owner, answer, own: answer.headers } : []));

  const parameters = new Sharing('parameters', 'Parameter');
  for (const { operationId, tags, parameters: own = [] } of operations) {
    for (const parameter of own) {
      const { name, schema } = parameter;
      const { [COMPONENT_NAME]: called = name } = schema;
      delete schema[COMPONENT_NAME];
      parameters.count(String(called), tags[0], parameter, operationId);
    }
  }
  for (const operation of operations) {
    if (operation.parameters) operation.parameters = operation.parameters.map(parameters.reference);
  }

  const headers = new Sharing('headers', '');
  for (const { owner, own } of answers) {
    for (const [name, header] of Object.entries(own)) headers.count(name, '', header, owner);
  }
  for (const { answer, own } of answers) {
    answer.headers = Object.fromEntries(
      Object.entries(own).map(([name, header]) => [name, headers.reference(header)]),
    );
  }
  document.components = {
    ...document.components,
    parameters: parameters.components(),
    headers: headers.components(),
  };
}

interface Seen {
  name: string;
  tags: Set<string>;
  times: number;
  value: Json;
  /** The id of the first operation, or the name of the first answer, that has it. */
  first: string;
}

/** What was seen of one kind of component, by its JSON text. */
class Sharing {
  private readonly seen = new Map<string, Seen>();
  private named: Map<string, { name: string; value: Json }> | null = null;

  constructor(
    private readonly kind: string,
    /** Ends the names, so that generators make no type of it that has the name of a schema. */
    private readonly suffix: string,
  ) {}

  count(name: string, tag: string, value: Json, first: string): void {
    const text = JSON.stringify(value);
    const one = this.seen.get(text) ?? { name, tags: new Set(), times: 0, value, first };
    one.tags.add(tag);
    one.times += 1;
    this.seen.set(text, one);
  }

  readonly reference = <T extends Json>(value: T): T => {
    const name = this.shared().get(JSON.stringify(value))?.name;
    return name === undefined ? value : ({ $ref: `#/components/${this.kind}/${name}` } as unknown as T);
  };

  components(): Record<string, Json> {
    return Object.fromEntries([...this.shared().values()].map(({ name, value }) => [name, value]));
  }

  /** What is shared, with the name that it gets, by JSON text. */
  private shared(): Map<string, { name: string; value: Json }> {
    if (this.named) return this.named;
    this.named = new Map();
    const taken = new Set<string>();
    for (const [text, { name, tags, times, value, first }] of this.seen) {
      if (times < 2) continue;
      const plain = pascalCase(name) + this.suffix;
      const candidates = [(tags.size === 1 ? [...tags].join() : '') + plain];
      if (value.required) candidates.push(`Required${plain}`);
      const id = candidates.find((one) => !taken.has(one)) ?? pascalCase(first) + plain;
      // Without a name of its own it stays where it is used.
      if (taken.has(id)) continue;
      taken.add(id);
      this.named.set(text, { name: id, value });
    }
    return this.named;
  }
}
