import { z } from 'zod';
import { ApiError, type Code, codes } from '../../lib/errors.js';
import { type App, operation } from '../openapi/operation.js';
import { problems } from '../response/problem.js';

const Health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });
const ProblemKind = z
  .strictObject({ code: z.enum(codes), status: z.int32().min(0), title: z.string(), description: z.string() })
  .meta({ id: 'ProblemKind', description: 'A kind of problem: what it means and what to do.' });
const ProblemKindList = z.strictObject({ items: z.array(ProblemKind) }).meta({ id: 'ProblemKindList' });

const tag = 'Service';
const kindOf = (code: Code) => ({ code, ...problems[code] });

interface ServiceOptions {
  /** Throws unless requests can be served. */
  check: () => Promise<void>;
}

/** Routes about the service itself: whether it is up, what its problems mean. */
export function serviceRoutes(app: App, { check }: ServiceOptions): void {
  app.get('/livez', {
    ...operation({
      scope: 'public',
      tag,
      operationId: 'getLiveness',
      summary: 'Whether the process answers',
      success: { 200: { description: 'It does.', schema: Health } },
      problems: [],
    }),
    handler: async () => ({ status: 'ok' }),
  });

  app.get('/readyz', {
    ...operation({
      scope: 'public',
      tag,
      operationId: 'getReadiness',
      summary: 'Whether requests can be served: storage answers, schema is current',
      success: { 200: { description: 'They can.', schema: Health } },
      problems: ['unavailable'],
    }),
    handler: async (request) => {
      try {
        await check();
      } catch (error) {
        request.log.warn({ reqId: request.id, err: error }, 'not ready');
        throw new ApiError(
          'unavailable',
          'The storage does not answer as it should.',
          [],
          {},
          { 'retry-after': '5' },
        );
      }
      return { status: 'ok' };
    },
  });

  app.get('/problems', {
    ...operation({
      scope: 'public',
      tag,
      operationId: 'listProblems',
      summary: 'All kinds of problems',
      success: {
        200: { description: 'Kinds by code.', schema: ProblemKindList },
      },
      problems: [],
    }),
    handler: async () => ({ items: codes.map(kindOf) }),
  });

  app.get('/problems/:code', {
    ...operation({
      scope: 'public',
      tag,
      operationId: 'getProblem',
      summary: 'What a problem means; the `type` of a problem leads here',
      path: z.object({
        code: z.string().meta({ description: 'Code of the problem.', examples: ['not_found'] }),
      }),
      success: { 200: { description: 'The kind of problem.', schema: ProblemKind } },
      problems: ['not_found'],
    }),
    handler: async (request) => {
      const code = codes.find((one) => one === request.params.code);
      if (code === undefined) throw new ApiError('not_found', 'There is no such kind of problem.');
      return kindOf(code);
    },
  });
}
