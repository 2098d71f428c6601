import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiVersion } from 'zod-openapi';
import type { ResponseDoc } from './answers.js';
import { JSON_TYPE } from './media.js';
import { mended } from './mending.js';
import { type Operation, operation } from './operation.js';

const anyObject = z.looseObject({}).meta({ description: 'An OpenAPI document.' });

interface Documented {
  method: string;
  url: string;
  scope: string;
  operation: Operation;
}

/**
 * Publishes the OpenAPI document that the declarations of the routes amount to: 3.1, and 3.0 for generators
 * that need it. Must be called before the routes are registered.
 */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  const routes: Documented[] = [];
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    if (!config?.operation || method === 'HEAD' || (schema as { hide?: boolean })?.hide) return;
    routes.push({ method: String(method), url, scope: config.scope!, operation: config.operation });
  });

  const rendered = new Map<ZodOpenApiVersion, object>();
  const documentOf = (openapi: ZodOpenApiVersion): object => {
    const document = rendered.get(openapi) ?? render(openapi, version, routes);
    rendered.set(openapi, document);
    return document;
  };
  // The plugin publishes; the document itself is made here, since zod is not among the schemas it reads.
  await app.register(swagger, {
    openapi: { openapi: '3.1.0' },
    transform: ({ url }) => ({ schema: { hide: true }, url }),
    transformObject: () => documentOf('3.1.0'),
  });

  const send = (path: string, openapi: ZodOpenApiVersion, operationId: string) =>
    app.get(
      path,
      {
        ...operation({
          scope: 'public',
          operationId,
          tag: 'Service',
          summary: `This API as an OpenAPI ${openapi.slice(0, 3)} document`,
          success: { 200: { description: 'The document.', schema: anyObject } },
          problems: [],
        }),
      },
      async () => documentOf(openapi),
    );
  send('/openapi.json', '3.1.0', 'getOpenApi');
  send('/openapi-3.0.json', '3.0.3', 'getOpenApi30');
}

const docsPolicy =
  "default-src 'self'; base-uri 'self'; frame-ancestors 'self'; img-src 'self' data:; object-src 'none'; " +
  "script-src-attr 'none'";

/** The page at `/docs`; everything it needs is served from here, and it may ask no other host. */
export async function registerDocs(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope: 'public' };
    });
    await scope.register(swaggerUi, { routePrefix: '/docs', staticCSP: docsPolicy });
  });
}

function render(openapi: ZodOpenApiVersion, version: string, routes: Documented[]): object {
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
      servers: [{ url: '/' }],
      tags,
      paths,
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'API key: `att_<id>_<secret>`.' },
        },
      },
    } as Parameters<typeof createDocument>[0],
    {
      // Answers may gain members: a client must not break on one it does not know.
      override: ({ jsonSchema, io }) => {
        if (io === 'output') delete jsonSchema.additionalProperties;
        if (openapi === '3.0.3' && Array.isArray(jsonSchema.examples)) {
          jsonSchema.example = jsonSchema.examples[0];
          delete jsonSchema.examples;
        }
      },
    },
  );
  return mended(document, openapi);
}

const tags = [
  { name: 'Claims', description: 'Propositions, whoever says them.' },
  { name: 'Attributions', description: 'Who says what about a claim, where, when, through whom.' },
  { name: 'Sources', description: 'Documents and utterances in which claims stand.' },
  { name: 'Parties', description: 'Anyone who says, denies, or is spoken about.' },
  { name: 'Predicates', description: 'The vocabulary of claims.' },
  { name: 'Provenance', description: 'Where claims really come from, and what conflicts with them.' },
  { name: 'History', description: 'Every version of every object: who changed what, when and why.' },
  { name: 'Relations', description: 'What one claim is to another, as a person judged it.' },
  { name: 'Assessments', description: "Analysts' judgements, apart from the claims." },
  { name: 'Batch', description: 'Many writes in one request.' },
  { name: 'Keys', description: 'API keys and their scopes.' },
  { name: 'Service', description: 'The service itself.' },
];

function operationObject(documented: Operation, scope: string): ZodOpenApiOperationObject {
  const { tag, path, query, headers, body, responses, ...rest } = documented;
  const open = scope === 'public' ? [] : scope === 'read' ? [{}, { key: [] }] : [{ key: [] }];
  return {
    ...rest,
    tags: [tag],
    security: open,
    requestParams: { ...(path && { path }), ...(query && { query }), ...(headers && { header: headers }) },
    ...(body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          body.media.map((type) => [
            type,
            { schema: body.schema, ...(body.example ? { example: body.example } : {}) },
          ]),
        ),
      },
    }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [status, responseObject(response)]),
    ),
  } as ZodOpenApiOperationObject;
}

function responseObject({ description, schema, media, headers }: ResponseDoc) {
  const content: Record<string, z.ZodType> = { ...(schema && { [JSON_TYPE]: schema }), ...media };
  return {
    description,
    ...(headers && { headers: z.object(headers) }),
    ...(Object.keys(content).length > 0 && {
      content: Object.fromEntries(Object.entries(content).map(([type, value]) => [type, { schema: value }])),
    }),
  };
}
