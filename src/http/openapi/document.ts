import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiVersion } from 'zod-openapi';
import type { Code } from '../../lib/errors.js';
import { bare, JSON_TYPE, PROBLEM_TYPE } from '../response/media.js';
import { problems } from '../response/problem.js';
import { Problem } from '../schemas/common.js';
import { always, type ResponseDoc, remediesOf } from './answers.js';
import { deprecationHeaders, inWords, marks } from './deprecation.js';
import type { Operation } from './operation.js';
import { postProcessed } from './post-processing.js';

/** A route as the document shows it. */
export interface Documented {
  method: string;
  url: string;
  scope: string;
  operation: Operation;
}

/** The OpenAPI document of these routes. */
export function render(
  openapi: ZodOpenApiVersion,
  version: string,
  server: string,
  routes: Documented[],
): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { method, url, scope, operation: documented } of routes) {
    const path = url.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = operationObject(documented, scope);
  }
  const document = createDocument(
    {
      openapi,
      info: {
        title: 'Attested',
        version,
        description:
          'A register of claims and their sources. It never says whether a claim is true; it keeps who says ' +
          'so, through whom, where, when, and who denies it.',
        license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      },
      servers: [{ url: server }],
      tags,
      paths,
      components: {
        securitySchemes: {
          bearerAuth: { type: 'http', scheme: 'bearer', description: 'API key: `att_<id>_<secret>`.' },
        },
      },
    } as Parameters<typeof createDocument>[0],
    {
      // Answers may gain members: a client must not break on one it does not know.
      override: ({ jsonSchema, zodSchema, io }) => {
        if (io === 'output') delete jsonSchema.additionalProperties;
        // Left out by zod where what is sent becomes something else; ours show what is sent.
        else jsonSchema.examples ??= z.globalRegistry.get(zodSchema)?.examples as unknown[];
        if (openapi === '3.0.3' && Array.isArray(jsonSchema.examples)) {
          jsonSchema.example = jsonSchema.examples[0];
          delete jsonSchema.examples;
        }
      },
    },
  );
  return postProcessed(document, openapi);
}

const tags = [
  { name: 'Claims', description: 'Propositions, whoever says them.' },
  { name: 'Attributions', description: 'Who says what about a claim, where, when, through whom.' },
  { name: 'Sources', description: 'Documents and utterances in which claims stand.' },
  { name: 'Parties', description: 'Anyone who says, denies, or is spoken about.' },
  { name: 'Predicates', description: 'The vocabulary of claims.' },
  { name: 'Search', description: 'Find objects by their words.' },
  { name: 'Merges', description: 'Two objects that turned out to be one, and what was changed for it.' },
  { name: 'Reconciliation', description: 'The Reconciliation API 0.2, for OpenRefine.' },
  { name: 'Provenance', description: 'Where claims really come from, and what conflicts with them.' },
  { name: 'History', description: 'Every version of every object: who changed what, when and why.' },
  { name: 'Relations', description: 'What one claim is to another, as a person judged it.' },
  { name: 'Assessments', description: "Analysts' judgements, apart from the claims." },
  { name: 'Judgements', description: 'Whether two objects are the same, as people judged it.' },
  { name: 'Batch', description: 'Many writes in one request.' },
  { name: 'Keys', description: 'API keys and their scopes.' },
  { name: 'Service', description: 'The service itself.' },
];

function operationObject(documented: Operation, scope: string): ZodOpenApiOperationObject {
  const {
    tag,
    path,
    query,
    headers,
    body,
    responses,
    problems: codes,
    description = '',
    deprecated,
    ...rest
  } = documented;
  const open = scope === 'public' ? [] : scope === 'read' ? [{}, { bearerAuth: [] }] : [{ bearerAuth: [] }];
  const header = headers && canonical(headers.shape);
  const problemsOfRange = 'deprecation' in (responses[500]?.headers ?? {}) ? deprecatedRanges : problemRanges;
  const succeeding = Object.entries(responses).filter(([status]) => Number(status) < 400);
  return {
    ...rest,
    ...(deprecated && marks(deprecated)),
    description: [deprecated && inWords(deprecated), description, problemsOf(codes)]
      .filter(Boolean)
      .join('\n\n'),
    tags: [tag],
    security: open,
    requestParams: { ...(path && { path }), ...(query && { query }), ...(header && { header }) },
    ...(body && {
      requestBody: {
        required: true,
        content: {
          [body.media ?? JSON_TYPE]: { schema: body.schema, example: body.example },
        },
      },
    }),
    responses: {
      ...Object.fromEntries(succeeding.map(([status, response]) => [status, responseObject(response)])),
      ...Object.fromEntries(rangesOf(codes).map((range) => [range, problemsOfRange[range]])),
    },
  } as ZodOpenApiOperationObject;
}

/** The problems of an operation in text: each status with its codes. */
function problemsOf(codes: readonly Code[]): string {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\``]);
  }
  const sorted = [...byStatus].sort(([a], [b]) => a - b);
  return `Problems: ${sorted.map(([status, names]) => `${status} ${names.join(', ')}`).join('; ')}.`;
}

type Range = '4XX' | '5XX';

const rangesOf = (codes: readonly Code[]): Range[] => [
  ...new Set(codes.map((code) => (problems[code].status < 500 ? '4XX' : '5XX'))),
];

function responseObject({ description, schema, media, example, headers }: ResponseDoc) {
  const content: Record<string, z.ZodType> = { ...(schema && { [JSON_TYPE]: schema }), ...media };
  return {
    description,
    ...(headers && { headers: canonical(headers) }),
    ...(Object.keys(content).length > 0 && {
      content: Object.fromEntries(
        Object.entries(content).map(([type, value]) => [
          bare(type),
          { schema: value, ...(example && { example }) },
        ]),
      ),
    }),
  };
}

/** Headers by their usual names, of which the routes declare the lower-case forms. */
const canonical = (headers: z.ZodRawShape): z.ZodObject =>
  z.object(Object.fromEntries(Object.entries(headers).map(([name, schema]) => [usualName(name), schema])));

const usualName = (name: string): string =>
  ({ etag: 'ETag', 'last-event-id': 'Last-Event-ID' })[name] ??
  name.replace(/^www(?=-)|^[a-z]|-[a-z]/g, (part) => part.toUpperCase());

const problemRange = (range: Range, description: string, more: z.ZodRawShape, prefix = '') => ({
  id: `${prefix}Problem${range}`,
  ...responseObject({ description, media: { [PROBLEM_TYPE]: Problem }, headers: { ...always, ...more } }),
});

const requestFault = 'The request cannot be met as it is; `code` says why.';
const serviceFault = 'A fault of the service, or too much at once; `code` says why.';

/** Problems by the class of their status: which codes an operation has is told in its description. */
const problemRanges: Record<Range, object> = {
  '4XX': problemRange('4XX', requestFault, remediesOf(4)),
  '5XX': problemRange('5XX', serviceFault, remediesOf(5)),
};
/** Those of operations of which something goes away. */
const deprecatedRanges: Record<Range, object> = {
  '4XX': problemRange('4XX', requestFault, { ...remediesOf(4), ...deprecationHeaders }, 'Deprecated'),
  '5XX': problemRange('5XX', serviceFault, { ...remediesOf(5), ...deprecationHeaders }, 'Deprecated'),
};
