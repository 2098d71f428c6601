import { channel } from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { Operation } from '../../src/http/openapi/operation.js';
import { type TestApp, testApp } from './app.js';

export interface Route {
  method: string;
  /** As registered, with `:id` for parameters. */
  url: string;
  scope: string | undefined;
  operation: Operation | undefined;
  /** Whether it is a page for people, or a file of pages. */
  page: boolean;
}

/**
 * A test app together with every route it registered, as Fastify itself saw them: Fastify announces each
 * new instance on a diagnostics channel, before anything is registered on it.
 */
export async function appWithRoutes(
  options: Parameters<typeof testApp>[0],
): Promise<TestApp & { routes: Route[] }> {
  const seen: RouteOptions[] = [];
  const listen = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', (route) => void seen.push(route));
  };
  const created = channel('fastify.initialization');
  created.subscribe(listen);
  try {
    const t = await testApp(options);
    const routes = seen.flatMap(({ method, url, config }) =>
      [method].flat().map((name) => ({
        method: name,
        url,
        scope: config?.scope,
        operation: config?.operation,
        page: config?.page === true,
      })),
    );
    // Where there are several instances, each has them all.
    const unique = new Map(routes.map((route) => [`${route.method} ${route.url}`, route]));
    return { ...t, routes: [...unique.values()] };
  } finally {
    created.unsubscribe(listen);
  }
}
