import { describe, expect, it } from 'vitest';
import { clipped, dateWords, instantWords, regionWords } from '../../../src/pages/frame/words.js';
import { differencesOf, type VersionView } from '../../../src/pages/history/differences.js';

/** Words of pages for what answers hold. */

describe('words', () => {
  it.each([
    ['2026-11-28T12:41:05.000Z', '28 Nov 2026, 12:41 UTC'],
    ['2026-11-28', '28 Nov 2026'],
    ['2026-11-28T23:59:59.999Z', '28 Nov 2026'],
    ['whenever', 'whenever'],
  ])('an instant: %s', (instant, words) => {
    expect(instantWords(instant)).toBe(words);
  });

  it('a date that is none stays as it is stored', () => {
    expect(dateWords('2024-02')).toBe('February 2024');
    expect(dateWords('[nothing]')).toBe('[nothing]');
  });

  it.each([
    ['PK', 'Pakistan'],
    ['PK-BA', 'PK-BA'],
  ])('a country by its name, a part of one by its code: %s', (code, words) => {
    expect(regionWords(code)).toBe(words);
  });

  it('a long text ends between words, or after what has none', () => {
    expect(clipped('short', 10)).toBe('short');
    expect(clipped('one two three four', 14)).toBe('one two three…');
    expect(clipped('x'.repeat(20), 10)).toBe(`${'x'.repeat(7)}…`);
    expect(clipped('x'.repeat(6) + '😀'.repeat(9), 10), 'never half a character').toBe(`${'x'.repeat(6)}…`);
  });
});

describe('differencesOf', () => {
  const version = (patch: VersionView['patch'], object: VersionView['object'] = null): VersionView => ({
    ...{ version: 2, operation: 'update', recorded_at: '', actor: { id: 'cli', name: null } },
    ...{ on_behalf_of: null, reason: null, object, patch },
  });
  const before = version(null, {
    name: 'Old',
    part_of: { id: 'party_1', key: null, name: 'Whole' },
    'a/b': [1],
  });

  it('tells both values, references by their names, parts and dates in words', () => {
    const patch = [
      { op: 'replace', path: '/name', value: 'New' },
      { op: 'remove', path: '/part_of' },
      { op: 'add', path: '/names/-', value: { name: 'Other', kind: 'alias' } },
      { op: 'replace', path: '/a~1b/0', value: 2 },
      { op: 'add', path: '/occurred', value: '2024-03-05' },
      { op: 'add', path: '/occurred_to', value: '2024-03-05' },
      { op: 'add', path: '/places/1', value: { name: null, iso_3166: 'PK' } },
    ];
    expect(differencesOf(version(patch), before)).toEqual([
      { member: 'name', before: 'Old', after: 'New' },
      { member: 'part of', before: 'Whole', after: null },
      { member: 'names', before: null, after: 'name: Other, kind: alias' },
      { member: 'a/b › 1', before: '1', after: '2' },
      { member: 'occurred', before: null, after: '5 March 2024' },
      { member: 'places › 2', before: null, after: 'iso 3166: PK' },
    ]);
  });

  it('says nothing of values that it does not know, nor of a creation', () => {
    expect(differencesOf(version([{ op: 'replace', path: '/name', value: 'New' }]), undefined)).toEqual([
      { member: 'name', before: null, after: 'New' },
    ]);
    expect(differencesOf(version(null), before)).toEqual([]);
  });
});
