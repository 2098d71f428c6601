import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deprecatedParameter } from '../../src/http/openapi/deprecation.js';
import { registerOpenApi } from '../../src/http/openapi/openapi.js';
import { operation } from '../../src/http/openapi/operation.js';
import { addLink } from '../../src/http/response/headers.js';
import { buildServer } from '../../src/http/server/server.js';
import { ApiError } from '../../src/lib/errors.js';
import { Contract } from '../support/contract.js';

const deprecated = { since: '2027-01-31', sunset: '2027-07-31', link: '/docs#things' };
const open = { since: '2027-01-31', link: '/docs#colours' };
const declared = { scope: 'public', tag: 'Service', summary: 'A thing', problems: ['not_found'] } as const;
const success = { 200: { description: 'A thing.', schema: z.strictObject({ id: z.string() }) } };
const linked = {
  200: { ...success[200], headers: { link: z.string().optional().meta({ description: 'Pages.' }) } },
};

const DAY = '@1801353600';
const END = 'Sat, 31 Jul 2027 00:00:00 GMT';
const links = '</docs#things>; rel="deprecation", </docs#things>; rel="sunset"';

const app = await buildServer({ logger: pino({ level: 'silent' }), corsOrigins: '*' });
await registerOpenApi(app, '1.0.0', '/');
app.get('/old', {
  ...operation({ ...declared, operationId: 'getOld', deprecated, success: linked }),
  handler: async (_request, reply) => {
    addLink(reply, '</old?cursor=x>; rel="next"');
    return { id: 'a' };
  },
});
app.get('/old/:id', {
  ...operation({
    ...declared,
    operationId: 'getOldOne',
    deprecated: { since: deprecated.since, link: deprecated.link },
    path: z.object({ id: z.string().meta({ description: 'Id.' }) }),
    success,
  }),
  handler: async () => {
    throw new ApiError('not_found', 'No such thing.');
  },
});
app.get('/things', {
  ...operation({
    ...declared,
    operationId: 'getThings',
    query: z.strictObject({
      color: deprecatedParameter(z.string().max(5).optional().meta({ description: 'Its hue.' }), deprecated),
      colour: deprecatedParameter(z.string().optional(), open),
      size: z.string().optional().meta({ description: 'Its size.' }),
    }),
    success,
  }),
  handler: async () => ({ id: 'a' }),
});
app.get('/old/worked', {
  ...operation({ ...declared, operationId: 'getOldWorked', deprecated, success: linked }),
  handler: async (_request, reply) => {
    reply.headers({ deprecation: DAY, sunset: END });
    addLink(reply, links);
    return { id: 'a' };
  },
});
app.get('/new', {
  ...operation({ ...declared, operationId: 'getNew', success }),
  handler: async () => ({ id: 'a' }),
});
new Contract().hold(app);
afterAll(() => app.close());

/** The status of an answer and what it tells of deprecation. */
async function told(url: string, method: 'GET' | 'HEAD' = 'GET') {
  const { statusCode, headers } = await app.inject({ method, url });
  return [statusCode, headers.deprecation, headers.sunset, headers.link];
}

describe('An operation that goes away', () => {
  it('tells once what a worker told already', async () => {
    expect(await told('/old/worked')).toEqual([200, DAY, END, links]);
  });

  it.each(['GET', 'HEAD'] as const)('tells %s since when, until when and what to use', async (method) => {
    const link = `</old?cursor=x>; rel="next", ${links}`;
    expect(await told('/old', method)).toEqual([200, DAY, END, link]);
  });

  it('tells it with refusals too, and no sunset while that is open', async () => {
    expect(await told('/old?x=1')).toEqual([400, DAY, END, links]);
    const [link] = links.split(', ');
    expect(await told('/old/a')).toEqual([404, DAY, undefined, link]);
    expect(await told('/old/a?x=1')).toEqual([400, DAY, undefined, link]);
  });

  it('leaves the others alone', async () => {
    expect(await told('/new')).toEqual([200, undefined, undefined, undefined]);
    expect(await told('/nowhere')).toEqual([404, undefined, undefined, undefined]);
  });

  it.each([
    ['2027-07-30', /less than 6 months/],
    ['2027-02-30', /no day/],
    ['31 July 2027', /no day/],
  ])('cannot go on %s', (sunset, message) => {
    const options = { ...declared, operationId: 'x', deprecated: { ...deprecated, sunset }, success };
    expect(() => operation(options)).toThrow(message);
  });
});

describe('A parameter that goes away', () => {
  it('is told of where it is sent, alone', async () => {
    expect(await told('/things?color=red')).toEqual([200, DAY, END, links]);
    expect(await told('/things?color=scarlet&size=x')).toEqual([400, DAY, END, links]);
    expect(await told('/things?colour=red')).toEqual([
      200,
      DAY,
      undefined,
      '</docs#colours>; rel="deprecation"',
    ]);
    expect(await told('/things?size=9')).toEqual([200, undefined, undefined, undefined]);
  });
});

describe.each(['/openapi.json', '/openapi-3.0.json'])('GET %s: what goes away', (url) => {
  it('is marked, described, and declares its headers', async () => {
    const { paths, components } = (await app.inject({ method: 'GET', url })).json();
    const old = paths['/old'].get;
    expect(old).toMatchObject({ deprecated: true, 'x-sunset': '2027-07-31' });
    expect(old.description).toMatch(
      /^Deprecated since 2027-01-31, goes away on 2027-07-31: see \/docs#things\./,
    );
    const header = (of: { headers: Record<string, { $ref?: string }> }, name: string) => {
      const { $ref } = of.headers[name]!;
      return $ref ? components.headers[$ref.split('/').at(-1)!] : of.headers[name];
    };
    const [answer, problem] = [old.responses['200'], components.responses.DeprecatedProblem4XX];
    expect(header(answer, 'Deprecation')).toMatchObject({ required: true, schema: { pattern: '^@\\d+$' } });
    expect(header(answer, 'Sunset')).toMatchObject({ required: true });
    expect(header(answer, 'Link').description).toMatch(/^Pages\. `rel="deprecation"`/);
    expect(old.responses['4XX'].$ref).toBe('#/components/responses/DeprecatedProblem4XX');
    expect(header(problem, 'Deprecation').required).toBeUndefined();
    expect(paths['/old/{id}'].get.responses['200'].headers.Sunset).toBeUndefined();
    expect(paths['/old/{id}'].get['x-sunset']).toBeUndefined();

    expect(paths['/new'].get.deprecated).toBeUndefined();
    expect(paths['/new'].get.responses['4XX'].$ref).toBe('#/components/responses/Problem4XX');
    expect(Object.keys(paths['/new'].get.responses['200'].headers)).not.toContain('Deprecation');
  });

  it('is a parameter, where that alone goes away', async () => {
    const { get } = (await app.inject({ method: 'GET', url })).json().paths['/things'];
    expect(get.deprecated).toBeUndefined();
    const [color, colour, size] = get.parameters;
    expect(color).toMatchObject({ deprecated: true, 'x-sunset': '2027-07-31' });
    expect(color.description).toBe(
      'Its hue. Deprecated since 2027-01-31, goes away on 2027-07-31: see /docs#things.',
    );
    expect(color.schema).not.toHaveProperty('deprecated');
    expect(colour).toMatchObject({ deprecated: true });
    expect(size).not.toHaveProperty('deprecated');
    expect(get.responses['4XX'].$ref).toBe('#/components/responses/DeprecatedProblem4XX');
  });
});
