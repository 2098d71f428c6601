import type { FastifyInstance } from 'fastify';
import type { Answered, Asked } from './costs.js';
import { JSON_TYPE } from './media.js';

/** Sends a read through an app without a socket, and gives the whole answer. */
export async function answerWith(
  app: FastifyInstance,
  { method, url, headers, body }: Asked,
): Promise<Answered> {
  const sent = body === null ? {} : { payload: body };
  const type = body === null ? {} : { 'content-type': JSON_TYPE };
  const response = await app.inject({ method, url, headers: { ...headers, ...type }, ...sent });
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: response.rawPayload,
  };
}
