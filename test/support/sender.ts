import { expect } from 'vitest';
import type { TestApp } from './app.js';

/** Sends a request, under If-Match: * unless told, that must succeed, and gives what its answer holds. */
export const sender =
  (t: TestApp) =>
  async (
    method: string,
    url: string,
    body?: object,
    headers: Record<string, string> = { 'if-match': '*' },
  ) => {
    const answer = await t.send(method, url, body, headers);
    expect([method, url, answer.status, answer.status < 300 || answer.text]).toEqual([
      method,
      url,
      answer.status,
      true,
    ]);
    return answer.json;
  };
