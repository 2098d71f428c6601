import { describe, expect, it } from 'vitest';
import { analyse } from '../../../../src/provenance/standing/origins.js';
import { pathsOf } from '../../../../src/provenance/standing/paths.js';
import { build, type Written } from '../build.js';

function paths(written: Written): string[] {
  const graph = build(written);
  return pathsOf(analyse(graph)).map((path) => path.map((i) => graph.attributions[i]!.id).join(' '));
}

describe('pathsOf', () => {
  it.each<[string, Written, string[]]>([
    ['nothing', { said: '' }, []],
    ['an end that nobody relays is a way by itself', { said: 'a un asserts originates' }, ['a']],
    [
      'one way for each outermost attribution',
      { said: 'a p reports > c\nb q reports > c\nc un asserts originates' },
      ['a c', 'b c'],
    ],
    [
      'the shortest, to the nearest end',
      { said: 'a p reports > b,d\nb q reports > c\nc r reports > d\nd un asserts originates' },
      ['a d'],
    ],
    [
      'and one for each end that stands in none of them',
      {
        said: 'a p reports > b,c,d\nb un asserts originates\nc us asserts originates\nd uk asserts originates',
      },
      ['a b', 'a c', 'a d'],
    ],
    [
      'an end in the middle of a way needs none of its own',
      { said: 'a p reports > b\nb un asserts originates > c\nc us asserts originates' },
      ['a b', 'a b c'],
    ],
    [
      'through sources, which are not told',
      { sources: 'x~y', said: 'a p reports @x\nb un asserts originates @y' },
      ['a b'],
    ],
    [
      'not to denials',
      { said: 'a p reports > b,c\nb un asserts originates\nc us denies originates' },
      ['a b'],
    ],
    ['not from denials', { said: 'a p denies > b\nb un asserts originates' }, ['b']],
    [
      'not through what was taken back',
      { said: 'a p reports > b,c\nb q asserts > c\nx q retracts re:b\nc un asserts originates' },
      ['a c'],
    ],
    [
      'nor from it: who relays what was taken back is outermost for the rest',
      { said: 'a p asserts > b\nx p retracts re:a\nb un asserts originates' },
      ['b'],
    ],
    ['none where nothing supports it', { said: 'a p reports > b\nb us denies' }, []],
    ['none into a circle', { said: 'a p reports > b\nb q reports > c\nc r reports > b' }, []],
    [
      'out of a circle that nobody relays from outside, from its nearest member',
      { said: 'a p reports > b\nb q reports > a,c\nc un asserts originates' },
      ['b c'],
    ],
    [
      'through a circle',
      { said: 'z o reports > a\na p reports > b\nb q reports > a,c\nc un asserts originates' },
      ['z a b c'],
    ],
  ])('%s', (_what, written, found) => {
    expect(paths(written)).toEqual(found);
  });
});
