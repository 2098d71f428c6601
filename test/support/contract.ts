import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';

/**
 * Parses every answer of the app with the strict schema that its route declares for the status and media
 * type. What does not fit is collected, and fails the test that sent the request.
 */
export function holdToContract(app: FastifyInstance, violations: string[] = []): string[] {
  app.addHook('onSend', async (request, reply, payload) => {
    const { operation } = request.routeOptions.config;
    if (!operation || typeof payload !== 'string') return payload;
    const fault = faultOf(operation.responses[reply.statusCode], reply.getHeader('content-type'), payload);
    if (fault) violations.push(`${request.method} ${request.url} → ${reply.statusCode}: ${fault}`);
    return payload;
  });
  return violations;
}

interface Declared {
  schema?: z.ZodType;
  media?: Record<string, z.ZodType>;
}

function faultOf(declared: Declared | undefined, header: unknown, payload: string): string | null {
  if (!declared) return `the status is not declared (${payload.slice(0, 300)})`;
  const type = String(header ?? '').split(';')[0]!;
  const schema = declared.media?.[type] ?? (type === 'application/json' ? declared.schema : undefined);
  if (payload === '') return declared.schema || declared.media ? 'a body is declared, none was sent' : null;
  if (!schema) return `${type} is not declared`;
  if (!type.includes('json') || type.includes('ndjson')) return null;
  const result = schema.safeParse(JSON.parse(payload));
  if (result.success) return null;
  return JSON.stringify(result.error.issues.slice(0, 5));
}
