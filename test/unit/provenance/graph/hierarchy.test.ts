import { describe, expect, it } from 'vitest';
import { headcountOf, linesAbove, partyOf, voiceOf } from '../../../../src/provenance/graph/hierarchy.js';
import { build } from '../build.js';

const { parties } = build({
  parties: 'un team<un unama!<un desk<unama intern<desk lone! a<b b<a in<a',
  said: '',
});
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id).join(' ');

describe('partyOf', () => {
  it('refuses a party that was not handed over', () => {
    expect(() => partyOf('nobody', parties)).toThrow(
      new RangeError('The party nobody is missing from what was handed over.'),
    );
  });
});

describe('voiceOf', () => {
  it.each([
    ['un', 'un', 'a party that is part of nothing'],
    ['team', 'team un', 'a part of a body'],
    ['unama', 'unama', 'an independent voice'],
    ['desk', 'desk unama', 'a part of an independent voice'],
    ['intern', 'intern desk unama', 'a part of a part'],
    ['lone', 'lone', 'an independent voice that is part of nothing'],
    ['a', 'a b', 'a part of its own part'],
    ['in', 'in a b', 'a part of bodies that are parts of each other'],
  ])('%s climbs %s: %s', (id, climb) => {
    const voice = voiceOf(id, parties);
    expect(ids(voice.ancestors)).toBe(climb);
    expect(voice.group.id).toBe(climb.split(' ').at(-1));
  });
});

describe('linesAbove', () => {
  it.each([
    ['un', 'un'],
    ['intern', 'intern desk unama un'],
    ['a', 'a b'],
    ['in', 'in a b'],
  ])('%s: all up to the top, also past independent voices (%s)', (id, line) => {
    expect(ids(linesAbove(id, parties))).toBe(line);
  });
});

describe('headsOf', () => {
  it.each([
    ['one?', 1, null],
    ['one?-', 1, null],
    ['one?0-', 1, null],
    ['one?3-', 3, null],
    ['one?-5', 1, 5],
    ['one?2-4', 2, 4],
    ['one?0-0', 1, 1],
    ['one?3-2', 3, 3],
  ])('%s stands for at least %s and at most %s', (written, min, max) => {
    expect(headcountOf(build({ parties: written, said: '' }).parties.get('one')!)).toEqual({ min, max });
  });
});
