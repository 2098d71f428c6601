import { expect } from 'vitest';
import type { Answer, TestApp } from './app.js';

type Request = [method: string, url: string, body?: unknown, headers?: Record<string, string>];

/** What only we should know: file paths, engine errors, stack traces. */
const INTERNALS = /SQLITE|node_modules|\/src\/|\.[jt]s:\d|constraint failed|\n\s+at /;

/**
 * Sends a request that must be refused in this way. Holds every refusal to the same promises: a short problem
 * document without internals, and a database to which nothing was committed.
 */
export async function expectRejected(
  t: TestApp,
  status: number,
  code: string,
  ...request: Request
): Promise<Answer> {
  const before = await t.fingerprint();
  const answer = await t.send(...request);
  const after = await t.fingerprint();
  const { status: got, json, headers, text } = answer;
  expect({ status: got, code: json?.code, text }, request.slice(0, 2).join(' ')).toMatchObject({
    status,
    code,
  });
  expect(json).toMatchObject({ type: `/problems/${code}`, status, request_id: headers['x-request-id'] });
  expect(headers['content-type']).toMatch(/^application\/problem\+json(;|$)/);
  expect(headers['cache-control']).toBe('no-store');
  expect(text).not.toMatch(INTERNALS);
  expect(text.length).toBeLessThan(16_384);
  expect(json.errors.length).toBeLessThanOrEqual(20);
  expect(after === before, 'a rejected request changed the register').toBe(true);
  return answer;
}

/** The faults of an answer as `place code`, such as `/names/0/kind invalid_value`. */
export const faults = (answer: Answer): string[] =>
  answer.json.errors.map(
    ({ pointer, parameter, code }: Record<string, string>) => `${pointer ?? parameter ?? '-'} ${code}`,
  );
