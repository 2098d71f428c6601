import { expect } from 'vitest';
import { nouns } from '../../src/resource-types/services.js';
import { verifyRegister } from '../../src/transfer/verify.js';
import type { Answer, TestApp } from './app.js';

/** What tests of merges have in common. */
export async function merging(t: TestApp) {
  const review = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
  const any = { ...review, 'if-match': '*' };

  const put = async (path: string, body: object) => {
    const { status, text, json } = await t.send('PUT', `/v1/${path}`, body, review);
    expect(status, text).toBe(201);
    return json;
  };
  const sendMerge = (path: string, into: string, headers: object = {}): Promise<Answer> =>
    t.send('POST', `/v1/${path}/merges`, { into, reason: 'one and the same' }, { ...any, ...headers });
  const sendUndo = (path: string, id: string): Promise<Answer> =>
    t.send('DELETE', `/v1/${path}/merges/${id}`, undefined, review);
  return {
    review,
    any,
    sendMerge,
    sendUndo,
    party: (key: string, body: object = {}) => put(`parties/${key}`, { kind: 'person', name: key, ...body }),
    source: (key: string, body: object = {}) =>
      put(`sources/${key}`, { type: 'report', title: key, ...body }),
    claim: (key: string, body: object = {}) => put(`claims/${key}`, { text: key, ...body }),
    async merge(path: string, into: string) {
      const { status, text, json } = await sendMerge(path, into);
      expect(status, text).toBe(201);
      return json;
    },
    async undo(path: string, id: string) {
      const { status, text, json } = await sendUndo(path, id);
      expect(status, text).toBe(200);
      return json;
    },
    async read(path: string) {
      const { status, text, json } = await t.send('GET', `/v1/${path}`);
      expect(status, text).toBe(200);
      return json;
    },
    /** What the register holds and its history does not make, of all rows, those of the past and the index of words. */
    async differences(): Promise<string[]> {
      const lines: string[] = [];
      await verifyRegister(
        t.store,
        nouns,
        () => new Date().toISOString(),
        (line) => lines.push(line),
      );
      return lines;
    },
  };
}
