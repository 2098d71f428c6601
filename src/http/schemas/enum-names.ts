import { groupBy, lookUp } from '../../lib/collections.js';
import { pascalCase } from '../../lib/text.js';

/** Gives each set of words in a document a name of its own. */

export interface EnumSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  description?: string;
  nullable?: boolean;
  allOf?: EnumSchema[];
  properties?: Record<string, EnumSchema>;
  [name: string]: unknown;
}

interface Document {
  paths?: unknown;
  components?: { schemas?: Record<string, EnumSchema> };
}

const PREFIX = '#/components/schemas/';

/**
 * Words that clients send are closed: `Stance`, an enum. Those that answers hold may become more, so that clients must
 * not break on one that they do not know: `OpenStance`, a string that tells today's words in `x-extensible-enum`.
 */
export function nameEnums(document: Document, openapi: string): void {
  const schemas = document.components?.schemas ?? {};
  const sent = reachedFrom(requestParts(document.paths), schemas);
  const uses = [
    ...Object.entries(schemas).flatMap(([owner, schema]) =>
      enumsWithin(schema).map((use) => ({ ...use, owner, open: !sent.has(owner) })),
    ),
    ...parametersOf(document.paths).flatMap(({ name, schema }) =>
      enumsWithin(schema, name, 1).map((use) => ({ ...use, owner: '', open: false })),
    ),
  ];
  const names = namesOf(uses);
  const added: Record<string, EnumSchema> = {};
  for (const use of uses) {
    const { node, open } = use;
    const name = `${open ? 'Open' : ''}${names(use)}`;
    // Beside a reference, generators would not expect examples.
    const shown = Object.entries(node).filter(([key]) => /^examples?$/.test(key));
    added[name] = { ...(added[name] ?? namedSet(use)), ...Object.fromEntries(shown) };
    refer(node, `${PREFIX}${name}`, openapi);
  }
  Object.assign(schemas, added);
}

/** An enum, without null, and the member in which it stands. */
interface EnumIn {
  node: EnumSchema;
  member: string;
  words: unknown[];
}

interface Use extends EnumIn {
  owner: string;
  open: boolean;
}

const namedSet = ({ words, open }: Use): EnumSchema =>
  open
    ? {
        type: 'string',
        description: `One of ${words.join(', ')}, or a word that is not known yet.`,
        'x-extensible-enum': words,
      }
    : { type: 'string', description: `One of ${words.join(', ')}.`, enum: words };

/**
 * The enums of a schema, with the member in which each stands. A single word is a constant, but in parameters, where
 * others may join it.
 */
function enumsWithin(root: EnumSchema, name = '', least = 2): EnumIn[] {
  const found: EnumIn[] = [];
  const visit = (node: unknown, member: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const schema = node as EnumSchema;
    const words = Array.isArray(schema.enum) ? schema.enum.filter((word) => word !== null) : [];
    if (words.length >= least && words.every((word) => typeof word === 'string'))
      found.push({ node: schema, member, words });
    for (const [key, child] of Object.entries(schema)) {
      if (key === 'properties') for (const [name, own] of Object.entries(child as object)) visit(own, name);
      else if (key === 'items') visit(child, member.replace(/s$/, ''));
      else if (!['enum', 'example', 'examples', 'discriminator'].includes(key)) visit(child, member);
    }
  };
  visit(root, name);
  return found;
}

/** Members whose names tell nothing without the object that they belong to. */
const GENERIC = new Set(['kind', 'type', 'code', 'op', 'per']);

/** In a schema: what its set of words is called, where neither its member nor its object tells. */
export const ENUM_NAME = 'x-enum-name';

/**
 * A set of words is named after its member. Where members of one name have several sets, the one that most of them have
 * gets that name, and the others have the object in front.
 */
function namesOf(uses: readonly Use[]): (use: Use) => string {
  const names = new Map<string, string>();
  const idOf = ({ member, words }: EnumIn) => `${member} ${JSON.stringify(words)}`;
  for (const [member, own] of groupBy(uses, (use) => use.member)) {
    const sets = [...groupBy(own, idOf)];
    const [usual] = sets.reduce((most, next) => (next[1].length > most[1].length ? next : most));
    for (const [id, [first]] of sets) {
      const owner = first.owner.replace(/(Input|Patch|WithIncluded)$/, '');
      const plain = !GENERIC.has(member) && id === usual;
      names.set(id, `${plain ? '' : owner}${pascalCase(member)}`);
    }
  }
  return (use) => (use.node[ENUM_NAME] as string) ?? lookUp(names, idOf(use));
}

/** Makes a reference of an enum in place; what was said of it there stays beside the reference. */
function refer(node: EnumSchema, $ref: string, openapi: string): void {
  const { description } = node;
  const nullable = node.nullable === true || (Array.isArray(node.type) && node.type.includes('null'));
  for (const name of Object.keys(node)) delete node[name];
  if (description !== undefined) node.description = description;
  if (openapi.startsWith('3.0')) {
    if (nullable) node.nullable = true;
    if (nullable || description !== undefined) node.allOf = [{ $ref }];
    else node.$ref = $ref;
  } else if (nullable) node.anyOf = [{ $ref }, { type: 'null' }];
  else node.$ref = $ref;
}

interface Operation {
  requestBody?: unknown;
  parameters?: { name: string; schema: EnumSchema }[];
}

const operationsOf = (paths: unknown): Operation[] =>
  Object.values((paths ?? {}) as Record<string, Record<string, Operation>>).flatMap((methods) =>
    Object.values(methods),
  );

const parametersOf = (paths: unknown) => operationsOf(paths).flatMap(({ parameters = [] }) => parameters);

/** What requests consist of: bodies and parameters. */
const requestParts = (paths: unknown): unknown[] =>
  operationsOf(paths).map(({ requestBody, parameters }) => [requestBody, parameters]);

/** Names of the components that a tree refers to, directly or through others. */
function reachedFrom(
  tree: unknown,
  schemas: Record<string, EnumSchema>,
  found = new Set<string>(),
): Set<string> {
  if (typeof tree !== 'object' || tree === null) return found;
  const { $ref } = tree as EnumSchema;
  const name = typeof $ref === 'string' && $ref.startsWith(PREFIX) ? $ref.slice(PREFIX.length) : null;
  if (name !== null && !found.has(name)) {
    found.add(name);
    reachedFrom(schemas[name], schemas, found);
  }
  for (const child of Object.values(tree)) reachedFrom(child, schemas, found);
  return found;
}
