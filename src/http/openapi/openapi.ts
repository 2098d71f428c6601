import swagger from '@fastify/swagger';
import { z } from 'zod';
import type { ZodOpenApiVersion } from 'zod-openapi';
import { type Documented, render } from './document.js';
import { type App, operation } from './operation.js';

const anyObject = z.looseObject({}).meta({ description: 'An OpenAPI document.' });

/**
 * Publishes the OpenAPI document that the declarations of the routes amount to: 3.1, and 3.0 for generators
 * that need it. Must be called before the routes are registered.
 */
export async function registerOpenApi(app: App, version: string, server: string): Promise<void> {
  const routes: Documented[] = [];
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    const { operation, scope } = config ?? {};
    if (!operation || !scope || method === 'HEAD' || (schema as { hide?: boolean })?.hide) return;
    routes.push({ method: String(method), url, scope, operation });
  });

  const rendered = new Map<ZodOpenApiVersion, object>();
  const documentOf = (openapi: ZodOpenApiVersion): object => {
    const document = rendered.get(openapi) ?? render(openapi, version, server, routes);
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
          // It is made in one step, which takes long.
          cost: 'scan',
          lasts: true,
          operationId,
          tag: 'Service',
          summary: `This API as an OpenAPI ${openapi.slice(0, 3)} document`,
          success: {
            200: {
              description: 'The document.',
              schema: anyObject,
              example: { openapi, info: { title: 'Attested', version }, paths: {} },
            },
          },
          problems: [],
        }),
      },
      async () => documentOf(openapi),
    );
  send('/openapi.json', '3.1.0', 'getOpenApi');
  send('/openapi-3.0.json', '3.0.3', 'getOpenApi30');
}
