import { lookUp } from '../../lib/collections.js';

/** The OpenAPI document, as far as the reference shows it. */

export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  examples?: unknown[];
  'x-extensible-enum'?: unknown[];
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface Referring {
  $ref: string;
}

interface Content {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown } | Referring>;
}

interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: [string];
  deprecated?: boolean;
  security?: Record<string, string[]>[];
  parameters?: (Parameter | Referring)[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { description: string; content?: Record<string, Content> } | Referring>;
}

export interface Document {
  info: { title: string; version: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>> & { schemas: Record<string, Schema> };
}

/** A text of some media type, described and shown. */
export interface Body {
  media: string;
  schema: Schema | undefined;
  example: unknown;
}

export interface ShownOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | undefined;
  /** What can go wrong: codes by status, as the description tells them. */
  problems: string | undefined;
  deprecated: boolean;
  /** Whether it needs a key wherever the register is served. */
  needsKey: boolean;
  parameters: Parameter[];
  bodies: Body[];
  answers: { status: string; description: string; bodies: Body[] }[];
}

export interface Group {
  slug: string;
  name: string;
  description: string;
  operations: ShownOperation[];
}

/** The operations by tag, in the order of the document, with what they refer to. */
export function groupsOf(document: Document): Group[] {
  const groups = new Map(
    document.tags.map(({ name, description }): [string, Group] => [
      name,
      { slug: name.toLowerCase(), name, description, operations: [] },
    ]),
  );
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [tag] = operation.tags;
      lookUp(groups, tag).operations.push(shown(document, method, path, operation));
    }
  }
  return [...groups.values()];
}

/** The groups with only those operations whose name, method, path or group has all words of `q`; all of them without words. */
export function operationsWith(q: string, groups: readonly Group[]): Group[] {
  const words = q.toLowerCase().split(/\s+/);
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter(({ id, method, path, summary }) => {
        const text = `${group.name} ${id} ${method} ${path} ${summary}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function shown(document: Document, method: string, path: string, operation: Operation): ShownOperation {
  const { operationId: id, summary, deprecated = false, security = [], parameters = [] } = operation;
  const [description, problems] = (operation.description ?? '').split(/(?:^|\n\n)Problems: /);
  return {
    ...{ id, method: method.toUpperCase(), path, summary, deprecated },
    description: description || undefined,
    problems,
    needsKey: security.length > 0 && !security.some((way) => Object.keys(way).length === 0),
    parameters: parameters.map((each) => resolved<Parameter>(document, each)),
    bodies: bodiesOf(document, operation.requestBody?.content),
    answers: Object.entries(operation.responses)
      .filter(([status]) => status.startsWith('2'))
      .map(([status, answer]) => {
        const { description, content } = resolved<{ description: string; content?: Record<string, Content> }>(
          document,
          answer,
        );
        return { status, description, bodies: bodiesOf(document, content) };
      }),
  };
}

function bodiesOf(document: Document, content: Record<string, Content> = {}): Body[] {
  return Object.entries(content).map(([media, { schema, example, examples }]) => {
    const [first] = Object.values(examples ?? {});
    const one = example ?? (first && resolved<{ value: unknown }>(document, first).value);
    return { media, schema, example: one };
  });
}

/** What a reference of the document leads to, or what stands in its place. */
function resolved<T>(document: Document, part: T | Referring): T {
  const reference = (part as Partial<Referring>).$ref;
  if (reference === undefined) return part as T;
  const [, , kind = '', name = ''] = reference.split('/');
  return document.components[kind]?.[name] as T;
}

/** The name of the schema that a reference leads to. */
export const schemaName = ({ $ref }: Schema): string | undefined => $ref?.split('/').at(-1);
