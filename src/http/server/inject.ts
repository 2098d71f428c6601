import type { FastifyInstance } from 'fastify';
import { joined } from '../response/encoded.js';
import type { Answered, Asked } from './costs.js';

/** Sends a read through an app without a socket, and gives the whole answer. */
export async function answerWith(
  app: FastifyInstance,
  { method, url, headers, body }: Asked,
): Promise<Answered> {
  const sent = body === null ? {} : { payload: body.text };
  const type = body === null ? {} : { 'content-type': body.type };
  const options = { method, url, headers: { ...headers, ...type }, ...sent };
  // Else it would be made to a text as well.
  const response = await app.inject({ ...options, payloadAsStream: true });
  const chunks: Buffer[] = [];
  for await (const chunk of response.stream()) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: joined(chunks),
  };
}
