import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { memberExamples } from '../../src/http/openapi/member-examples.js';
import { sampleKeys } from '../../src/http/schemas/sample-keys.js';
import { Future, UNKNOWN } from '../sdk/future.js';
import { readerOf } from '../support/answer-faults.js';
import { readOperation } from '../support/openapi.js';
import { appWithRoutes } from '../support/routes.js';

/** Examples in the OpenAPI document: there is one wherever it helps, and each is true of the sample register. */

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  'x-extensible-enum'?: unknown[];
  properties?: Record<string, Schema>;
  examples?: unknown[];
}

interface Media {
  schema: Schema;
  example?: unknown;
  examples?: { sample: { $ref: string } };
}

const t = await appWithRoutes({ register: 'sample' });
const document = (await t.send('GET', '/openapi.json')).json;
const { schemas, examples } = document.components as {
  schemas: Record<string, Schema>;
  examples: Record<string, { value: unknown }>;
};
const operations = Object.entries<Record<string, { operationId: string; responses: object }>>(
  document.paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method,
    path,
    ...readOperation(document, operation),
  })),
);

const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, 'api');

const checks = new Map<string, (value: unknown) => boolean>();

/** The example of a parameter, which a set of words has itself. */
const exampleOf = ({ schema }: { schema: Schema }) =>
  (schema.examples ?? schemas[schema.$ref?.split('/').at(-1) ?? '']?.examples)?.[0] as string | undefined;

/** Whether a schema, which may be a reference, takes a value. What is alike is compiled once. */
function takes({ $ref, examples: _, ...schema }: Schema, value: unknown): boolean {
  const whole = { ...schema, ...($ref && { $ref: `api${$ref}` }) };
  const text = JSON.stringify(whole);
  const check = checks.get(text) ?? ajv.compile(whole);
  checks.set(text, check);
  return check(value);
}

describe('GET /openapi.json: answers', () => {
  it('have an example each', () => {
    const lacking = operations.flatMap(({ path, method, responses }) =>
      Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, { content = {} }]) => Object.values(content as unknown as Record<string, Media>))
        .filter(({ example, examples }) => example === undefined && examples === undefined)
        .map(() => `${method} ${path}`),
    );
    expect(lacking).toEqual([]);
  });

  const [ofSchemas, texts] = [Object.keys(examples), Object.keys(examples)].map((names, i) =>
    names.filter((name) => name in schemas === (i === 0)),
  ) as [string[], string[]];

  it.each(ofSchemas)('%s has an example that its schema takes', (name) => {
    const validate = ajv.compile({ $ref: `api#/components/schemas/${name}` });
    expect(validate(examples[name]!.value), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each(texts)('%s has an example that is such a text', (name) => {
    const { operation } = t.routes.find((route) => route.operation?.operationId === name)!;
    const declared = operation!.responses[200]!;
    const [type] = Object.keys(declared.media!);
    const reader = readerOf(declared, type);
    if (typeof reader === 'string') throw new Error(reader);
    const text = examples[name]!.value as string;
    expect([...reader.push(text), ...reader.end()]).toEqual([]);
    // More than the header of a table.
    expect(text.trimEnd().split('\n').length).toBeGreaterThan(type!.startsWith('text/csv') ? 1 : 0);
  });

  it('take words and members of a later version, of whatever kind the answer is', () => {
    const future = new Future(document);
    let changed = 0;
    for (const name of ofSchemas) {
      const validate = ajv.compile({ $ref: `api#/components/schemas/${name}` });
      const later = future.changed({ $ref: `#/components/schemas/${name}` }, examples[name]!.value);
      expect(validate(later), `${name} ${JSON.stringify(validate.errors)}`).toBe(true);
      if (JSON.stringify(later).includes(UNKNOWN)) changed += 1;
    }
    expect(changed).toBeGreaterThan(30);
  });
});

describe('GET /openapi.json: members', () => {
  const members = Object.entries(schemas).flatMap(([owner, { properties = {} }]) =>
    Object.entries(properties).map(([name, member]) => ({ owner, name, member })),
  );

  it('that are texts or numbers have an example of their own, or that of their type', () => {
    const lacking = members.filter(({ member }) => {
      const {
        type,
        examples: own,
        ...words
      } = member.$ref ? schemas[member.$ref.split('/').at(-1)!]! : member;
      const scalar = [type].flat().some((one) => ['string', 'number', 'integer'].includes(String(one)));
      return scalar && !own && !('enum' in words || 'const' in words || 'x-extensible-enum' in words);
    });
    expect(lacking.map(({ owner, name }) => `${owner}.${name}`)).toEqual([]);
  });

  it('have examples that their schemas take', () => {
    const wrong = members.flatMap(({ owner, name, member }) =>
      (member.examples ?? [])
        .filter((value) => !takes(member, value))
        .map((value) => `${owner}.${name}: ${value}`),
    );
    expect(wrong).toEqual([]);
  });

  it('show each example that is given by name', () => {
    const shown = new Set(
      members.flatMap(({ owner, name, member }) =>
        (member.examples ?? []).flatMap((value) => [`${owner}.${name} ${value}`, `${name} ${value}`]),
      ),
    );
    const idle = Object.entries(memberExamples).filter(([name, value]) => !shown.has(`${name} ${value}`));
    expect(idle).toEqual([]);
  });
});

describe('GET /openapi.json: parameters', () => {
  it('have an example each, which their schema takes', () => {
    const wrong = operations.flatMap(({ path, method, parameters }) =>
      parameters
        .filter((one) => exampleOf(one) === undefined || !takes(one.schema, exampleOf(one)))
        .map(({ name }) => `${method} ${path} ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  /** What an operation needs, unless a cursor has it. */
  const always: Record<string, string> = { '/v1/search': 'q=fighters', '/v1/duplicates': 'noun=party' };
  /** What a parameter needs beside it. */
  const companions: Record<string, string> = {
    value_min: 'unit=fighters',
    value_max: 'unit=fighters',
    party_exact: 'party=ttp',
    speaker_exact: 'speaker=ttp',
    about_exact: 'about=ttp',
    publisher_exact: 'publisher=ttp',
    source_depth: 'source=monitoring-team-report-35',
  };
  /** Instants that lie before this register began, and places in it that another register signed. */
  const ofAnotherRegister = new Set(['as_of', 'cursor', 'after', 'before']);
  const reads = operations.filter(({ method, path }) => method === 'get' && path !== '/v1/changes/stream');

  it('of reads have examples that work on the sample register', async () => {
    const authorization = `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}`;
    const put = (path: string, body: object) => t.send('PUT', path, body, { authorization });
    await put(`/v1/relations/${sampleKeys.relation}`, {
      from: 'ttp-strength-10000',
      type: 'contradicts',
      to: 'ttp-strength-up-to-6500',
    });
    await put(`/v1/assessments/${sampleKeys.assessment}`, { claim: 'ttp-strength-10000', credibility: 3 });
    const tried = new Set<string>();
    const failed: string[] = [];
    for (const { path, parameters } of reads) {
      const pair = (one: (typeof parameters)[number]) => `${one.name}=${encodeURIComponent(exampleOf(one)!)}`;
      const address = parameters
        .filter((one) => one.in === 'path')
        .reduce((url, one) => url.replace(`{${one.name}}`, exampleOf(one)!), path);
      const query = parameters.filter((one) => one.in === 'query' && !ofAnotherRegister.has(one.name));
      const needed = [...query.filter(({ required }) => required).map(pair), always[path] ?? []].flat();
      const short = query.some(({ name }) => name === 'limit') ? ['limit=1'] : [];
      for (const one of query) {
        // What several operations share is tried at one of them.
        const told = JSON.stringify(one);
        if (tried.has(told)) continue;
        tried.add(told);
        const beside = [...needed, ...short].filter((other) => !other.startsWith(`${one.name}=`));
        const url = `${address}?${[pair(one), ...beside, companions[one.name] ?? []].flat().join('&')}`;
        const { status, text } = await t.send('GET', url, undefined, { authorization });
        if (status !== 200) failed.push(`${url}: ${status} ${text}`);
      }
    }
    expect(failed).toEqual([]);
    expect(tried.size).toBeGreaterThan(150);
  });
});
