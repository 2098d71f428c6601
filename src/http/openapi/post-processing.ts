import type { createDocument, ZodOpenApiVersion } from 'zod-openapi';
import { shareComponents } from '../schemas/component-names.js';
import { nameEnums } from '../schemas/enum-names.js';
import { addExamples } from './add-examples.js';
import { describeMembers } from './describe-members.js';

/** What the rendered document needs before generators of clients and linters take it as it is meant. */

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  nullable?: boolean;
  type?: string | string[];
  description?: string;
  default?: unknown;
  deprecated?: boolean;
  'x-sunset'?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: unknown;
}

interface Parameter {
  in?: string;
  schema?: Schema;
}

type Document = ReturnType<typeof createDocument>;

/** A parameter or header is described itself, and deprecated itself, which its schema need not repeat. */
function sayOnce(node: Schema & Parameter): void {
  const { schema } = node;
  if (typeof schema !== 'object') return;
  if (schema.deprecated && typeof node.in === 'string') {
    for (const mark of ['deprecated', 'x-sunset'] as const) {
      Object.assign(node, { [mark]: schema[mark] });
      delete schema[mark];
    }
  }
  if (schema.description === undefined) return;
  if (typeof node.in === 'string') node.description = schema.description;
  if (schema.description === node.description) delete schema.description;
}

export function postProcessed(document: Document, openapi: ZodOpenApiVersion): Document {
  walk(document, openReferences);
  walk(document, leaveOut);
  walk(document, sayOnce);
  walk(document, joinNull);
  if (openapi === '3.0.3') walk(document, mend30);
  nameEnums(document as Parameters<typeof nameEnums>[0], openapi);
  describeMembers((document.components?.schemas ?? {}) as Record<string, Schema>);
  addExamples(document as Parameters<typeof addExamples>[0], openapi);
  shareComponents(document as Parameters<typeof shareComponents>[0]);
  return document;
}

function walk(node: unknown, visit: (schema: Schema) => void): void {
  if (typeof node !== 'object' || node === null) return;
  visit(node);
  for (const child of Object.values(node)) walk(child, visit);
}

/** A described reference comes with `additionalProperties: false` beside it, which would forbid all members. */
function openReferences(schema: Schema): void {
  if (schema.$ref || schema.allOf) delete schema.additionalProperties;
}

/**
 * Generators take a member or parameter with a default for one that is always there, and make clients send it. So
 * words tell the default, where it is more than nothing.
 */
function leaveOut({ properties = {}, required = [], ...node }: Schema & Parameter): void {
  const optional = Object.entries(properties).flatMap(([name, one]) => (required.includes(name) ? [] : one));
  if (typeof node.in === 'string' && node.schema) optional.push(node.schema);
  for (const schema of optional) {
    if (schema.default === undefined) continue;
    const told = typeof schema.default === 'string' ? `Left out: ${schema.default}.` : '';
    if (told) schema.description = [schema.description, told].filter(Boolean).join(' ');
    delete schema.default;
  }
}

/** A scalar that may be null has two types; generators make less of an `anyOf`. Its description goes outside. */
function joinNull(schema: Schema & { anyOf?: Schema[] }): void {
  const [first, second, ...others] = schema.anyOf ?? [];
  if (typeof first?.type !== 'string' || second?.type !== 'null' || others.length > 0) return;
  delete schema.anyOf;
  Object.assign(schema, { ...first, ...schema, type: [first.type, 'null'] });
}

/**
 * A reference wrapped in an `allOf` with nothing beside it needs no wrapping.
 */
function mend30(schema: Schema): void {
  if (schema.allOf?.length === 1 && Object.keys(schema).length === 1) {
    Object.assign(schema, schema.allOf[0]);
    delete schema.allOf;
  }
}
