import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { componentTexts, memberTexts } from '../../src/http/openapi/member-texts.js';
import { FORM_TYPE } from '../../src/http/response/media.js';
import { readOperation } from '../support/openapi.js';
import { appWithRoutes } from '../support/routes.js';
import { goldenFile, goldenText } from '../support/write-openapi.js';

interface Schema {
  description?: string;
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  'x-extensible-enum'?: string[];
  additionalProperties?: boolean;
  discriminator?: { propertyName: string; mapping: Record<string, string> };
}

interface Media {
  schema: Schema;
  example?: object;
}

interface Operation {
  operationId: string;
  description: string;
  summary: string;
  tags: string[];
  security: object[];
  parameters?: { in: string; name: string; schema: Schema; description?: string }[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<
    string,
    { description: string; content?: Record<string, Media>; headers?: Record<string, object> }
  >;
}

interface Document {
  openapi: string;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const t = await appWithRoutes({ register: 'sample' });
const document: Document = (await t.send('GET', '/openapi.json')).json;
const document30: Document = (await t.send('GET', '/openapi-3.0.json')).json;

const operationsOf = ({ paths, components }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method,
      path,
      operation: readOperation({ components }, operation),
    })),
  );
const operations = operationsOf(document);
const { schemas } = document.components;

/** Every object within a tree, with its place. */
function* nodes(node: unknown, at = '#'): Generator<[string, Schema]> {
  if (typeof node !== 'object' || node === null) return;
  yield [at, node as Schema];
  for (const [name, child] of Object.entries(node)) yield* nodes(child, `${at}/${name}`);
}

const nameOf = (ref: string) => ref.replace('#/components/schemas/', '');

/** Names of the components that a tree refers to, directly or through others. */
function reached(tree: unknown, found = new Set<string>()): Set<string> {
  for (const [, { $ref }] of nodes(tree)) {
    const name = $ref?.startsWith?.('#/components/schemas/') ? nameOf($ref) : null;
    if (name === null || found.has(name)) continue;
    found.add(name);
    reached(schemas[name], found);
  }
  return found;
}

describe('GET /openapi.json', () => {
  it('is the document in the repository', () => {
    const same = readFileSync(goldenFile, 'utf8') === goldenText(document);
    expect(same, 'The API changed. Run `npm run openapi`, and look at the diff before you commit it.').toBe(
      true,
    );
  });
});

describe('GET /openapi.json, /openapi-3.0.json', () => {
  const redocly = fileURLToPath(new URL('../../node_modules/.bin/redocly', import.meta.url));

  it('pass redocly lint with the rules of redocly.yaml, without a warning', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
    writeFileSync(join(folder, 'openapi-3.0.json'), JSON.stringify(document30));
    const files = ['openapi.json', 'openapi-3.0.json'];
    const config = fileURLToPath(new URL('../../redocly.yaml', import.meta.url));
    const args = ['lint', ...files, '--config', config, '--format', 'json'];
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const { stdout } = await promisify(execFile)(redocly, args, { cwd: folder, env }).catch((error) => error);
    rmSync(folder, { recursive: true });
    // A result for each file, one behind the other.
    const results = stdout.split(/(?<=^\})(?=\{)/m).map((text: string) => JSON.parse(text));
    expect(results).toHaveLength(files.length);
    for (const { totals, problems } of results) {
      expect(problems.map((p: { ruleId: string; message: string }) => `${p.ruleId}: ${p.message}`)).toEqual(
        [],
      );
      expect(totals).toMatchObject({ errors: 0, warnings: 0 });
    }
  });
});

describe('GET /openapi.json: every operation', () => {
  it('has an id of its own in camelCase', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]*$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a summary and a tag that is described', () => {
    const tags = document.tags.map((tag) => tag.name);
    for (const { path, method, operation } of operations) {
      expect(operation.summary, `${method} ${path}`).toMatch(/^[A-Z].*[^.]$/);
      expect(operation.tags, `${method} ${path}`).toHaveLength(1);
      expect(tags, `${method} ${path}`).toContain(operation.tags[0]);
    }
  });

  it('declares its errors as problems, a 500 among them, and what a key or a body brings along', () => {
    for (const { path, method, operation } of operations) {
      const { responses, security, requestBody } = operation;
      const place = `${method} ${path}`;
      const errors = Object.keys(responses).filter((status) => Number(status) >= 400);
      expect(errors, place).toEqual(expect.arrayContaining(['400', '500']));
      if (path.includes('{')) expect(errors, place).toContain('404');
      if (security.length > 0) expect(errors, place).toEqual(expect.arrayContaining(['401', '403', '503']));
      if (requestBody) expect(errors, place).toEqual(expect.arrayContaining(['413', '415', '422']));
      for (const status of errors) {
        expect(responses[status]!.content, `${place} ${status}`).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        });
      }
    }
  });

  it('describes each of its parameters', () => {
    const bare = operations.flatMap(({ path, method, operation }) =>
      (operation.parameters ?? [])
        .filter(
          ({ description, schema }) => !description && !(schema as { description?: string }).description,
        )
        .map(({ name }) => `${method} ${path} ${name}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('GET /openapi.json: request bodies', () => {
  const bodies = operations
    .filter(({ operation }) => operation.requestBody)
    .map((one) => [one.operation.operationId, one] as const);
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'api');

  it.each(bodies)('%s has an example in each form, which its schema takes', (_, one) => {
    for (const [type, { schema, example }] of Object.entries(one.operation.requestBody!.content)) {
      expect(example, type).toBeDefined();
      const validate = ajv.compile({ $ref: `api${schema.$ref}` });
      expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  const smallest: Record<string, object> = {
    '/v1/parties': { kind: 'other', name: 'x' },
    '/v1/sources': { type: 'report', title: 'x' },
    '/v1/claims': { text: 'x' },
  };

  it.each(bodies)('%s has an example that works on the sample register', async (_, one) => {
    const authorization = `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}`;
    const { method, path, operation } = one;
    const key = `example-of-${operation.operationId.toLowerCase()}`;
    for (const [type, { example }] of Object.entries(operation.requestBody!.content)) {
      const [collection] = path.split('/{');
      const first = async () => (await t.send('GET', `${collection}?limit=1`)).json.items[0].id;
      const undone = async () =>
        (await t.send('POST', '/v1/parties', { kind: 'other', name: 'x' })).headers['x-request-id'] as string;
      // One of the sample that is merged would be missed by others.
      const made = async () => (await t.send('POST', collection!, smallest[collection!])).json.id;
      const isRevert = /\/(revert|move)$/.test(path);
      const id =
        collection === '/v1/batches'
          ? await undone()
          : method === 'put'
            ? key
            : path === collection
              ? ''
              : path.endsWith('/merges')
                ? await made()
                : await first();
      const body = 'key' in example! ? { ...example, key } : example;
      const headers: Record<string, string> = { authorization, 'content-type': type };
      if (method === 'patch' || /\{id\}\/(revert|merges|move)$/.test(path)) headers['if-match'] = '*';
      const sent = type === FORM_TYPE ? new URLSearchParams(body as never).toString() : body;
      const answer = await t.send(method.toUpperCase(), path.replace(/\{\w+\}/, id), sent, headers);
      const reads = ['/v1/batch', '/v1/parties/match', '/reconcile'].includes(path);
      const creates = method !== 'patch' && !isRevert && !reads;
      expect(answer.status, answer.text).toBe(creates ? 201 : 200);
    }
  });
});

describe('GET /openapi.json: merge patches', () => {
  it.each([
    ['Party', 'party', 'pakistan'],
    ['Source', 'source', 'monitoring-team-report-35'],
    ['Predicate', 'predicate', 'fighter-strength'],
    ['Claim', 'claim', 'ttp-strength-10000'],
    ['Attribution', 'attribution', 'ttp-leader-family-stipend-outlet'],
  ])('of %s allow null for just the members that it clears', async (one, type, id) => {
    const authorization = `Bearer ${await t.newKey(['read', 'write'])}`;
    const members = Object.entries(schemas[`${one}Patch`]!.properties!);
    const told = members.filter(([, member]) => takesNull(member)).map(([name]) => name);
    // An attribution is about one or the other.
    const instead = (name: string) => (name === 'claim' ? { about_source: 'monitoring-team-report-35' } : {});
    const operations = members.map(([name]) => ({
      ...{ method: 'PATCH', type, id, if_match: '*', body: { [name]: null, ...instead(name) } },
    }));
    const { json } = await t.send(
      'POST',
      '/v1/batch',
      { dry_run: true, atomic: false, operations },
      { authorization },
    );
    const items: { status: number; problem?: { errors: { pointer?: string }[] } }[] = json.items;
    const refused = members.filter(([name], i) => {
      const { status, problem } = items[i]!;
      // Another member may depend on one that is cleared.
      return status !== 200 && problem!.errors.some(({ pointer }) => pointer?.endsWith(`/${name}`));
    });
    expect(members.map(([name]) => name).filter((name) => !told.includes(name))).toEqual(
      refused.map(([name]) => name),
    );
    expect(told.length).toBeGreaterThan(3);
  });

  const takesNull = ({ type, anyOf = [] }: Schema): boolean =>
    [type, ...anyOf.map((branch) => branch.type)].flat().includes('null');
});

describe('GET /openapi.json, /openapi-3.0.json: descriptions', () => {
  it.each([
    ['3.1', document],
    ['3.0', document30],
  ] as const)('%s describes every component, member, response and parameter', (_, each) => {
    const bare: string[] = [];
    for (const [name, schema] of Object.entries(each.components.schemas)) {
      if (!schema.description) bare.push(name);
      for (const [member, { $ref, description }] of Object.entries(schema.properties ?? {})) {
        // What a reference leads to is described there.
        if (!$ref && !description) bare.push(`${name}.${member}`);
      }
    }
    for (const { path, method, operation } of operationsOf(each)) {
      const place = `${method} ${path}`;
      if (!operation.description) bare.push(place);
      for (const { name, description } of operation.parameters)
        if (!description) bare.push(`${place} ${name}`);
      for (const [status, { description }] of Object.entries(operation.responses)) {
        if (!description) bare.push(`${place} ${status}`);
      }
    }
    expect(bare, 'Describe it in its schema, or a member in src/http/openapi/member-texts.ts.').toEqual([]);
  });
});

it('member-texts.ts describes only what there is', () => {
  const members = Object.entries(schemas).flatMap(([owner, { properties = {} }]) =>
    Object.keys(properties).flatMap((name) => [name, `${owner}.${name}`]),
  );
  expect(Object.keys(memberTexts).filter((key) => !members.includes(key))).toEqual([]);
  expect(Object.keys(componentTexts).filter((key) => !(key in schemas))).toEqual([]);
});

describe('GET /openapi.json: components', () => {
  it('hold every object, none of which is nameless within another schema', () => {
    const named = new Set<unknown>(Object.values(schemas));
    const nameless = [...nodes(document)]
      .filter(([at, node]) => !at.includes('example') && !named.has(node))
      .filter(([, { type, properties }]) => type === 'object' && Object.keys(properties ?? {}).length > 0)
      .map(([at]) => at);
    expect(nameless).toEqual([]);
  });

  it('hold every set of words; a single word within an object is a constant', () => {
    const inline = [...nodes({ paths: document.paths, components: document.components })]
      .filter(
        ([at, node]) => Array.isArray(node.enum) && !/^#\/components\/(schemas\/\w+$|examples)/.test(at),
      )
      .map(([at]) => at);
    expect(inline).toEqual([]);
  });

  it('hold every parameter and header that stands in several operations', () => {
    const inline = new Map<string, number>();
    for (const methods of Object.values(document.paths)) {
      for (const { parameters = [], responses } of Object.values(methods)) {
        const headers = Object.values(responses).flatMap((one) => Object.entries(one.headers ?? {}));
        for (const one of [...parameters, ...headers]) {
          const text = JSON.stringify(one);
          if (
            !text.includes('"$ref":"#/components/parameters') &&
            !text.includes('"$ref":"#/components/headers')
          )
            inline.set(text, (inline.get(text) ?? 0) + 1);
        }
      }
    }
    expect([...inline].filter(([, times]) => times > 1)).toEqual([]);
  });

  it('hold constants and sets of words alone: a set of numbers compiles nowhere', () => {
    const numbers = [...nodes(document.components.schemas)].filter(
      ([, { const: constant, enum: words = [] }]) =>
        [constant, ...words].some((value) => typeof value === 'number'),
    );
    expect(numbers.map(([at]) => at)).toEqual([]);
  });

  it('tell the branches of every union apart', () => {
    const blurred: string[] = [];
    for (const [at, { oneOf, anyOf, discriminator }] of nodes({ ...document, tags: [] })) {
      const branches = (oneOf ?? anyOf ?? []).filter((branch) => branch.type !== 'null');
      if (branches.length < 2) continue;
      const property = discriminator?.propertyName ?? '';
      const mapped = Object.entries(discriminator?.mapping ?? {}).map(([value, ref]) => {
        const constant = schemas[nameOf(ref)]?.properties?.[property]?.const;
        return constant === value ? ref : `${ref} is not ${value}`;
      });
      const refs = branches.map((branch) => branch.$ref);
      if (JSON.stringify([...mapped].sort()) !== JSON.stringify([...refs].sort())) blurred.push(at);
    }
    expect(blurred).toEqual([]);
  });

  it('let answers gain members and words: only what clients send is closed', () => {
    const sent = reached(operations.map(({ operation }) => operation.requestBody));
    const answered = reached(operations.map(({ operation }) => operation.responses));
    expect(answered.size).toBeGreaterThan(100);
    const answers = operations.map(({ operation }) => operation.responses);
    const closed = [...nodes(answers), ...[...answered].flatMap((name) => [...nodes(schemas[name], name)])]
      .filter(([at, node]) => !at.includes('/example') && isClosed(node))
      .map(([at]) => at);
    expect(closed).toEqual([]);
    // RFC 6902: what an operation of a patch does not define is ignored.
    sent.delete('JsonPatchOperation');
    for (const name of sent) {
      if (schemas[name]?.properties) expect(schemas[name].additionalProperties, name).toBe(false);
    }

    function isClosed({ additionalProperties, enum: words = [] }: Schema): boolean {
      return additionalProperties === false || words.filter((word) => word !== null).length > 1;
    }
  });

  it('are all used', () => {
    const { responses, parameters } = document.components as unknown as Record<string, object>;
    expect([...reached([document.paths, responses, parameters])].sort()).toEqual(Object.keys(schemas).sort());
  });

  it('have no twins: two of like content are the input and the output form of one thing', () => {
    const family = (name: string) => name.replace(/Input|Patch/, '');
    const byShape = new Map<string, string[]>();
    // Texts differ in their patterns and descriptions alone.
    const built = Object.entries(schemas).filter(([, { type, enum: words }]) => type !== 'string' || words);
    for (const [name, schema] of built) {
      const shape = JSON.stringify(skeleton(schema));
      byShape.set(shape, [...(byShape.get(shape) ?? []), name]);
    }
    expect([...byShape.values()].filter((names) => new Set(names.map(family)).size > 1)).toEqual([]);
    expect(Object.keys(schemas).filter((name) => /(Output|\d)$/.test(name))).toEqual([]);

    /** What a schema amounts to, without texts, limits, defaults and which form it is. */
    function skeleton({
      $ref,
      type,
      properties,
      items,
      anyOf,
      oneOf,
      enum: values,
      const: value,
      'x-extensible-enum': open,
    }: Schema): unknown {
      return [
        $ref && family(nameOf($ref)),
        type,
        properties && Object.entries(properties).map(([name, schema]) => [name, skeleton(schema)]),
        items && skeleton(items),
        (anyOf ?? oneOf)?.map(skeleton),
        values,
        value,
        open,
      ];
    }
  });
});

describe('GET /openapi-3.0.json', () => {
  it('has the same operations and components', () => {
    expect(document30.openapi).toBe('3.0.3');
    expect(operationsOf(document30).map(({ operation }) => operation.operationId)).toEqual(
      operations.map(({ operation }) => operation.operationId),
    );
    expect(Object.keys(document30.components.schemas)).toEqual(Object.keys(schemas));
  });

  it('uses nothing that 3.0 lacks', () => {
    const strange = [...nodes(document30)].filter(
      ([at, node]) =>
        !at.startsWith('#/components/examples/') &&
        !('responses' in node || 'schema' in node || 'schemas' in node) &&
        (Array.isArray(node.type) || node.type === 'null' || node.const !== undefined || 'examples' in node),
    );
    expect(strange.map(([at]) => at)).toEqual([]);
  });
});

describe('GET /openapi.json: routes', () => {
  const documented = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  const registered = t.routes
    // Pages are for people: their addresses stay, and what they hold is described nowhere.
    .filter(({ page }) => !page)
    .filter(({ method, url }) => method !== 'HEAD' && method !== 'OPTIONS' && !/^\/docs(\/|$)/.test(url))
    .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);

  it('are all in the document, and nothing else is', () => {
    expect(registered.length).toBeGreaterThan(30);
    expect(registered.sort()).toEqual(documented.sort());
  });

  it('ask for the key that the document says', () => {
    for (const { path, method, operation } of operations) {
      const url = path.replace(/\{(\w+)\}/g, ':$1');
      const route = t.routes.find((one) => one.url === url && one.method === method.toUpperCase());
      const open = { public: [], read: [{}, { bearerAuth: [] }] }[route!.scope!] ?? [{ bearerAuth: [] }];
      expect(operation.security, `${method} ${path}`).toEqual(open);
    }
  });
});
