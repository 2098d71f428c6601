import { readFileSync } from 'node:fs';
import type { ZodOpenApiVersion } from 'zod-openapi';
import { type Schemas, showMembers } from './member-examples.js';

/**
 * Answers of the sample register, written by `npm run openapi:examples`: JSON by the name of its schema, other texts by
 * the id of the operation.
 */
const answers = new URL('../../../seeds/answers.json', import.meta.url);

interface Media {
  schema?: { $ref?: string };
  example?: unknown;
  examples?: Record<string, object>;
}

type Content = Record<string, Media>;

interface Operation {
  operationId: string;
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

interface Document {
  paths?: Record<string, Record<string, Operation>>;
  components?: { examples?: Record<string, object>; schemas?: Schemas };
}

/** Shows with each answer what the sample register answers, and with each member what it holds there. */
export function addExamples(document: Document, openapi: ZodOpenApiVersion): void {
  const examples = JSON.parse(readFileSync(answers, 'utf8')) as Record<string, unknown>;
  const used: Record<string, object> = {};
  const shown: [schema: { $ref?: string }, value: unknown][] = [];
  const operations = Object.values(document.paths ?? {}).flatMap((methods) => Object.values(methods));
  for (const { operationId, requestBody, responses } of operations) {
    for (const { schema, example } of Object.values(requestBody?.content ?? {})) {
      if (schema) shown.push([schema, example]);
    }
    for (const { content = {} } of Object.values(responses)) {
      for (const media of Object.values(content)) {
        // What answers a write holds is an object as a read shows it, unless there is a slip in it.
        const component = media.schema?.$ref?.replace('#/components/schemas/', '').replace(/Written$/, '');
        const name = component ?? operationId;
        if (!(name in examples)) continue;
        used[name] = { summary: 'From the sample register', value: examples[name] };
        media.examples = { sample: { $ref: `#/components/examples/${name}` } };
        if (media.schema?.$ref) shown.push([media.schema, examples[name]]);
      }
    }
  }
  document.components = { ...document.components, examples: used };
  showMembers(document.components.schemas ?? {}, shown, openapi);
}
