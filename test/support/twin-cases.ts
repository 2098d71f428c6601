import { expect } from 'vitest';
import type { Operation } from './batch.js';
import { twinRegisters } from './twin-registers.js';

/** Cases of operations that depend on each other, each with objects of its own on the registers of one file. */

export const post = (type: string, key: string, body: object): Operation => ({
  ...{ method: 'POST', type, body: { key, ...body } },
});
export const patch = (type: string, id: string, body: object): Operation => ({
  ...{ method: 'PATCH', type, id, if_match: '*', body },
});
export const remove = (type: string, id: string): Operation => ({
  method: 'DELETE',
  type,
  id,
  if_match: '*',
});
export const put = (type: string, id: string, body: object, version = '*', more: object = {}): Operation => ({
  ...{ method: 'PUT', type, id, body, if_match: version === '*' ? version : `"${version}"` },
  ...more,
});
/** Creates an object under its key, or leaves one alone that is like it. */
export const putNew = (type: string, id: string, body: object): Operation => ({
  ...{ method: 'PUT', type, id, body },
});
export const said = (key: string, more: object = {}) => ({ key, party: 'who', stance: 'asserts', ...more });
export const claim = (id: string, keys?: string[]) => ({
  text: `Claim ${id}.`,
  ...(keys && { attributions: keys.map((key) => said(key)) }),
});
export const who = post('party', 'who', { kind: 'person', name: 'Who' });
export const judged = (key: string, one: string, other: string, noun = 'attribution') =>
  post('judgement', key, { noun, one, other, judgement: 'unsure' });

/** Two claims with an attribution each, of which the pair is judged. */
export const twoJudged = [
  ...[who, post('claim', 'c', claim('c', ['a'])), post('claim', 'd', claim('d', ['b']))],
  judged('j', 'a', 'b'),
];

/** Members that hold keys. */
const KEY =
  /("(?:key|id|local_id|party|source|publisher|claim|from|to|one|other|part_of|in_reply_to|subject|about_source)":"|"relays":\[")(@?)([^"]*)/g;

export async function twinCases() {
  const twins = await twinRegisters();
  let hours = 0;

  /** Sends batches an hour apart; gives the status of each operation of the last. Keys are those of this call alone. */
  async function statusesAfter(...batches: Operation[][]): Promise<number[]> {
    const prefix = `at-${hours}-`;
    let last: number[] = [];
    for (const operations of batches) {
      const named = JSON.parse(JSON.stringify(operations).replace(KEY, `$1$2${prefix}$3`));
      const at = new Date(Date.UTC(2026, 0, 1, hours++)).toISOString();
      last = (await twins.send(named, at)).map(({ status }) => status);
    }
    await twins.expectSame();
    return last;
  }

  async function expectAlike(...batches: Operation[][]): Promise<void> {
    const statuses = await statusesAfter(...batches);
    expect(statuses.filter((status) => status >= 300)).toEqual([]);
  }

  return { twins, statusesAfter, expectAlike };
}
