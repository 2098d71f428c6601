import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../http/openapi/operation.js';
import { ApiError } from '../../lib/errors.js';
import { momentQuery, type Page, sendPage, visitOf } from '../frame/page.js';
import { tidyAddress } from '../frame/tidy.js';
import { type Document, type Group, groupsOf, operationsWith } from './document.js';
import { Inline } from './inline.js';
import { Introduction } from './introduction.js';
import { OperationArticle } from './operation.js';
import { Questions } from './questions.js';
import { SchemaBody } from './schema.js';

/** Words of the operations that are looked for. */
const query = z.strictObject({ q: z.string().max(200).optional(), ...momentQuery });

/** The documentation of the API as pages, made from the OpenAPI document that the service publishes. */
export function docsPages(app: App, origin: string): void {
  let made: { document: Document; groups: Group[] } | undefined;
  const reference = () => {
    if (!made) {
      const document = app.swagger() as unknown as Document;
      made = { document, groups: groupsOf(document) };
    }
    return made;
  };
  const baseOf = (request: FastifyRequest) => origin || `${request.protocol}://${request.host}`;
  // They are made from the OpenAPI document, which takes long to make, in one step.
  const config = { scope: 'public', page: true, cost: 'scan' } as const;
  const send = (request: FastifyRequest, reply: FastifyReply, page: Omit<Page, 'section'>) =>
    sendPage(request, reply, visitOf(request, origin), page);
  const page = (path: string, make: (request: FastifyRequest) => Omit<Page, 'section'>) =>
    app.get(path, { config, handler: (request, reply) => send(request, reply, make(request)) });

  app.get('/docs', {
    schema: { querystring: query },
    config,
    onRequest: tidyAddress,
    handler: (request, reply) => {
      const { q = '' } = request.query;
      const groups = operationsWith(q, reference().groups);
      return send(request, reply, {
        title: 'The API',
        description: 'How to read and write the register over HTTP.',
        path: '/docs',
        alternates: [{ href: '/openapi.json', type: 'application/json', title: 'OpenAPI 3.1' }],
        body: <Introduction groups={groups} q={q} base={baseOf(request)} />,
      });
    },
  });

  page('/docs/questions', (request) => ({
    title: 'Questions, as worked examples',
    path: '/docs/questions',
    body: <Questions base={baseOf(request)} />,
  }));

  app.get('/docs/:group', {
    schema: { params: z.object({ group: z.string() }) },
    config,
    handler: (request, reply) => {
      const { group: slug } = request.params;
      const group = reference().groups.find((each) => each.slug === slug);
      if (!group) throw notFound(`There is no part "${slug.slice(0, 60)}" of the reference.`);
      const body = <GroupBody group={group} />;
      return send(request, reply, { title: `${group.name}: reference`, path: `/docs/${slug}`, body });
    },
  });

  app.get('/docs/schemas/:name', {
    schema: { params: z.object({ name: z.string() }) },
    config,
    handler: (request, reply) => {
      const { name } = request.params;
      const { schemas } = reference().document.components;
      const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      if (!schema) throw notFound(`There is no schema "${name.slice(0, 60)}".`);
      const body = (
        <>
          <Way />
          <h1>{name}</h1>
          <SchemaBody schema={schema} />
        </>
      );
      return send(request, reply, { title: name, path: `/docs/schemas/${name}`, body });
    },
  });
}

const notFound = (detail: string) => new ApiError('not_found', `${detail} /docs lists what there is.`);

const Way = () => (
  <p class="kind">
    <a href="/docs">The API</a> · <a href="/docs#reference">Reference</a>
  </p>
);

const GroupBody = ({ group: { name, description, operations } }: { group: Group }) => (
  <>
    <Way />
    <h1>{name}</h1>
    <p class="lead">
      <Inline text={description} />
    </p>
    <nav aria-label="Operations">
      <ul class="operations">
        {operations.map(({ id, method, path, summary }) => (
          <li>
            <a href={`#${id}`}>{summary}</a>{' '}
            <span class="hint">
              {method} {path}
            </span>
          </li>
        ))}
      </ul>
    </nav>
    {operations.map((operation) => (
      <OperationArticle operation={operation} />
    ))}
  </>
);
