import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import type { CostOf, RequestOf } from '../../http/openapi/operation.js';
import { asOfQuery } from '../../http/request/as-of.js';
import { sendText } from '../../http/request/conditional.js';
import { rawQuery } from '../../http/request/zod.js';
import { addLink, addVary } from '../../http/response/headers.js';
import { pathOf } from '../../lib/path.js';
import { knownByFilter } from '../../provenance/graph/known-by.schemas.js';
import { Layout } from './layout.js';
import { Moment } from './moment.js';
import type { Rendered } from './page-cache.service.js';
import type { Site } from './site.js';

/** The same content in a form for machines. */
export interface Alternate {
  href: string;
  type: string;
  title: string;
}

export interface Page {
  title: string;
  /** One sentence, for those who list the page: search engines, and where a link to it is shown. */
  description?: string;
  /** Its permanent address; left out where it has none of its own. */
  path?: string;
  alternates?: readonly Alternate[];
  /** What the page says, as linked data (schema.org). */
  linkedData?: object;
  /** The heading of the navigation that it belongs under, as a path. */
  section?: string;
  body: ComponentChildren;
}

/** What a page knows of its request and of the service. */
export interface Visit {
  moment: Moment;
  /** The path and the parameters as they were sent. */
  path: string;
  query: Readonly<Record<string, string>>;
  /** The address under which clients reach the service; empty where it does not know that. */
  origin: string;
}

const HTML = 'text/html; charset=utf-8';

/** What a page may load and do: files of the service and nothing else, no script or style inside of the page. */
const policy = [
  "default-src 'none'",
  "base-uri 'none'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
  // Pictures that need a key are fetched by a script.
  "img-src 'self' blob:",
  "script-src 'self'",
  "style-src 'self'",
].join('; ');

export const pageHeaders = { 'content-type': HTML, 'content-security-policy': policy };

/** The parameters of every page: the moment that it shows. */
export const momentQuery = { ...asOfQuery, known_by: knownByFilter };
export const momentSchema = z.strictObject(momentQuery);

/** The options of a route that answers a page. */
export const pageRoute = <Q extends z.ZodType = typeof momentSchema>(
  cost: CostOf,
  query: Q | typeof momentSchema = momentSchema,
) =>
  ({
    schema: { querystring: query as Q },
    config: { scope: 'read', cost, page: true },
  }) as const;

export function visitOf(request: FastifyRequest, origin: string): Visit {
  const query = rawQuery(request.query);
  const moment = new Moment(query.as_of, query.known_by);
  return { moment, path: pathOf(request.url), query, origin };
}

/** A page, and the visit that it is rendered for. */
export interface Shown {
  visit: Visit;
  page: Page;
}

/** Makes a page from what it reads of the site that it is handed. */
export type Make<Q extends z.ZodType, P extends z.ZodType> = (
  site: Site,
  request: RequestOf<{ query: Q; path: P }>,
  reply: FastifyReply,
) => Promise<Shown>;

/**
 * The handler of a page that is made from the register. `make` reads from the site that it is handed, so that it is
 * known which state of the register the page shows.
 */
export const pageHandler = <Q extends z.ZodType = typeof momentSchema, P extends z.ZodType = z.ZodUnknown>(
  site: Site,
  make: Make<Q, P>,
) =>
  async function answer(request: RequestOf<{ query: Q; path: P }>, reply: FastifyReply) {
    addVary(reply, 'Accept-Datetime');
    const render = async (store: Site['store']) => {
      const page = rendered(await make({ ...site, store }, request, reply));
      return { ...page, isPresent: !reply.hasHeader('memento-datetime') };
    };
    const { headers, url } = request;
    // A header that asks for an instant is no part of the address.
    const page = await (headers['accept-datetime'] === undefined
      ? site.pages.page(site.store, url, render)
      : render(site.store));
    return sendRendered(request, reply, page);
  };

/** Sends a page that is not made from the register. */
export const sendPage = (request: FastifyRequest, reply: FastifyReply, visit: Visit, page: Page) =>
  sendRendered(request, reply, rendered({ visit, page }));

function sendRendered(request: FastifyRequest, reply: FastifyReply, { html, links }: Rendered) {
  addLink(reply.headers(pageHeaders), links);
  return sendText(request, reply, html, null, HTML);
}

function rendered({ visit, page }: Shown): Rendered {
  const links = (page.alternates ?? []).map(
    ({ href, type, title }) => `<${href}>; rel="alternate"; type="${type}"; title="${title}"`,
  );
  if (page.path !== undefined) links.unshift(`<${visit.origin}${page.path}>; rel="canonical"`);
  return { html: documentOf(visit, page), links: links.join(', ') };
}

/** The page as an HTML document. */
export const documentOf = (visit: Visit, page: Page): string =>
  `<!doctype html>\n${renderToString((<Layout visit={visit} page={page} />) as VNode)}`;
