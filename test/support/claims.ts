import { expect } from 'vitest';
import type { Answer, TestApp } from './app.js';

/** What tests of claims and their attributions have in common. */

// biome-ignore lint/suspicious/noExplicitAny: answers and inputs of many shapes
export type Json = any;

export const any = { 'if-match': '*' };

let made = 0;
/** A key that was not used before. */
export const fresh = (name: string) => `${name}-${made++}`;

/** An attribution to the party p, which asserts. */
export const says = (more: object = {}) => ({ party: 'p', stance: 'asserts', ...more });

/** The notes of a claim's attributions, in their order. */
export const notes = (claim: Json): string[] => claim.attributions.map(({ note }: Json) => note);

/** What an answer of this status holds; any other status fails the test. */
export const ok = ({ status, json, text }: Answer, expected = 200): Json => {
  expect([status, status === expected || text]).toEqual([expected, true]);
  return json;
};

/** The answer to a write without what it warns of: what a read gives. */
export const unwarned = ({ warnings: _warnings, ...object }: Json): Json => object;

/** Makes the parties p, q, r and the sources s, s2, and gives ways to send claims. */
export async function claimSenders(t: TestApp) {
  for (const key of ['p', 'q', 'r'])
    await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: `Party ${key}` });
  for (const key of ['s', 's2'])
    await t.send('PUT', `/v1/sources/${key}`, { type: 'other', title: `Source ${key}` });
  return {
    create: async (attributions: object[], more: object = {}): Promise<Json> =>
      ok(await t.send('POST', '/v1/claims', { text: 'x', attributions, ...more }), 201),
    replace: async (id: string, attributions: object[] | undefined, more: object = {}): Promise<Json> =>
      ok(await t.send('PUT', `/v1/claims/${id}`, { text: 'x', attributions, ...more }, any)),
  };
}
