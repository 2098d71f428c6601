import { describe, expect, it } from 'vitest';
import { isId, isKey, newId } from '../../../src/lib/ids.js';

const id = 'party_01kahw2v9wfyy9k9vz3n2xq5ra';

describe('isKey', () => {
  it.each(['ttp', 'a', '0', '35', 'report-35', 'a-', 'a--b', '9'.repeat(96), 'matches', 'history-1'])(
    '%j is one',
    (text) => {
      expect(isKey(text)).toBe(true);
    },
  );

  it.each([
    ...[
      '',
      ' ',
      '  ',
      'A',
      'TTP',
      'a_b',
      '-a',
      'a b',
      'a/b',
      'a.b',
      '@ttp',
      '{ttp}',
      '%',
      "ttp'--",
      '__proto__',
    ],
    ...['ä', 'ｔtp', '😀', 'ttp\n', 'a\0b', '..', '../../etc/passwd', 'ttp/history'],
    ...['a'.repeat(97), 'a'.repeat(400), id, '01890A5D-AC96-774B-BCCE-B302099A8057'],
  ])('%j is none', (text) => {
    expect(isKey(text)).toBe(false);
  });

  it.each(['match', 'search', 'merges', 'history', 'stream', 'batch', 'new'])(
    '%j is a word of paths, not a key',
    (word) => {
      expect(isKey(word)).toBe(false);
    },
  );
});

describe('isId', () => {
  it('is true of what newId makes', () => {
    for (const prefix of [
      'party',
      'source',
      'claim',
      'attribution',
      'relation',
      'assessment',
      'judgement',
      'apikey',
    ] as const) {
      const made = newId(prefix);
      expect([made, isId(prefix, made)]).toEqual([made, true]);
    }
    expect(newId('party')).not.toBe(newId('party'));
  });

  it.each([
    ['of another noun', id.replace('party', 'source')],
    ['of a longer prefix', `x${id}`],
    ['in capitals', id.toUpperCase()],
    ['with its prefix in capitals', id.replace('party', 'PARTY')],
    ['with a character more', `${id}0`],
    ['with a character less', id.slice(0, -1)],
    ['with a letter that base 32 has not', id.replace('k', 'u')],
    ['beyond 128 bits', id.replace('_0', '_8')],
    ['without its prefix', id.slice('party_'.length)],
    ['with a line break', `${id}\n`],
    ['a key', 'ttp'],
    ['nothing', ''],
  ])('is false of an id %s', (_, text) => {
    expect(isId('party', text)).toBe(false);
  });
});
