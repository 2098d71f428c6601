import { describe, expect, it } from 'vitest';
import { Waiting } from '../../../src/batch/waiting.js';
import { encodeReference } from '../../../src/db/query/references.js';
import type { Tx } from '../../../src/db/store/store.js';
import { ApiError } from '../../../src/lib/errors.js';
import type { ResourceName } from '../../../src/lib/ids.js';

const tx = { yield: async () => {} } as unknown as Tx;
const docOf = (names: [ResourceName, string][]) =>
  JSON.stringify({ names: names.map(([noun, name]) => encodeReference(noun, name)) });
const one = (type: ResourceName, id: string, ...names: [ResourceName, string][]) => ({
  ...{ type, id, doc: docOf(names), now: { doc: docOf(names) } },
});
const refused = (...codes: string[]) =>
  new ApiError(
    'revert_conflict',
    'Nothing was reverted.',
    codes.map((code) => ({ code, detail: code })),
  );

describe('what waits cannot help', () => {
  const claim = one('claim', 'c', ['party', 'p']);
  const party = one('party', 'p', ['party', 'elsewhere']);
  const source = one('source', 's', ['party', 'p']);
  const others = one('party', 'c');
  const waiting = () => new Waiting([claim, party, source, others], ({ doc }) => doc);

  it.each([
    ['one that refers to another that waits', claim, ['unknown_reference'], false],
    ['one that refers to none of them', party, ['unknown_reference'], true],
    ['one that others refer to that wait', party, ['in_use'], false],
    ['one that none of them refers to', source, ['in_use'], true],
    ['one with the id of another noun', others, ['unknown_reference', 'in_use'], true],
    ['one that is refused for something else', source, ['cycle', 'key_taken'], false],
    ['one that is refused for several things', source, ['cycle', 'in_use'], true],
  ])('%s', async (_what, object, codes, expected) => {
    expect(await waiting().cannotHelp(tx, object, refused(...codes))).toBe(expected);
  });

  it('one to which another refers now, and will not', async () => {
    const now = { doc: docOf([['party', 'p']]) };
    const left = new Waiting([party, { ...one('claim', 'd'), now }], ({ doc }) => doc);
    expect(await left.cannotHelp(tx, party, refused('in_use'))).toBe(false);
  });

  it('those with which it was done', async () => {
    const left = waiting();
    left.delete(party);
    left.delete(source);
    expect(await left.cannotHelp(tx, claim, refused('unknown_reference'))).toBe(true);
    expect(await left.cannotHelp(tx, party, refused('in_use'))).toBe(false);
    left.delete(claim);
    expect(await left.cannotHelp(tx, party, refused('in_use'))).toBe(true);
  });
});
