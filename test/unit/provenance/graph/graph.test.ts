import { describe, expect, it } from 'vitest';
import { affirms, carries, opposes, type Stance, wholesOf } from '../../../../src/provenance/graph/graph.js';
import { build } from '../build.js';

describe('carries, affirms and opposes', () => {
  it.each<[Stance, boolean, boolean, boolean]>([
    ['asserts', true, true, false],
    ['confirms', true, true, false],
    ['reports', true, false, false],
    ['denies', false, false, true],
    ['disputes', false, false, true],
    ['declines', false, false, false],
    ['retracts', false, false, false],
  ])('%s: carries %s, affirms %s, opposes %s', (stance, ...expected) => {
    expect([carries(stance), affirms(stance), opposes(stance)]).toEqual(expected);
  });
});

describe('wholesOf', () => {
  const { sources } = build({ sources: 'annex<report report<series a<b b<a', said: '' });
  it.each([
    ['series', ['series']],
    ['annex', ['annex', 'report', 'series']],
    ['a', ['a', 'b']],
    ['unheard-of', ['unheard-of']],
  ])('%s: from the inside out, each once (%j)', (id, wholes) => {
    expect(wholesOf(id, sources)).toEqual(wholes);
  });
});
