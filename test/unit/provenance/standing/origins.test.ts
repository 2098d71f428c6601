import { describe, expect, it } from 'vitest';
import { analyse, supports } from '../../../../src/provenance/standing/origins.js';
import { build, type Written } from '../build.js';

function analysed(written: Written) {
  const graph = build(written);
  const analysis = analyse(graph);
  const id = (i: number) => graph.attributions[i]!.id;
  return {
    ends: analysis.ends.map(({ at, originates, ownWord }) =>
      [id(at), originates && 'originates', ownWord && 'own word'].filter(Boolean).join(' '),
    ),
    circles: analysis.circles.map(({ members, wayOut }) => `${members.map(id).join(' ')} ${wayOut}`),
    supporting: graph.attributions.flatMap((each, i) => (supports(analysis, i) ? [each.id] : [])),
  };
}

describe('analyse', () => {
  it.each<[string, Written, string[]]>([
    ['who originates', { said: 'a un asserts originates' }, ['a originates']],
    ['who relays nothing', { said: 'a un asserts\nb us reports' }, ['a', 'b']],
    [
      'who originates beside relaying',
      { said: 'a p asserts originates > b\nb un asserts' },
      ['a originates', 'b'],
    ],
    ['not who only relays', { said: 'a p confirms > b\nb un asserts' }, ['b']],
    ['who affirms what is denied', { said: 'a p asserts > b\nb un denies' }, ['a own word']],
    ['and what nobody takes a side on', { said: 'a p confirms > b\nb un declines' }, ['a own word']],
    ['but not who reports it', { said: 'a p reports > b\nb un denies' }, []],
    [
      'who originates has no word besides',
      { said: 'a p asserts originates > b\nb un denies' },
      ['a originates'],
    ],
    [
      'not who affirms what was taken back',
      { said: 'a p asserts > b\nb un asserts\nc un retracts re:b' },
      [],
    ],
    [
      'who affirms a denial that was taken back',
      { said: 'a p asserts > b\nb un denies\nc un retracts re:b' },
      ['a own word'],
    ],
    ['not who affirms a circle', { said: 'a p asserts > b\nb q reports > b' }, []],
    ['neither denials nor silence', { said: 'a p denies originates\nb q declines originates' }, []],
    ['who originates in a circle', { said: 'a p asserts originates > b\nb q reports > a' }, ['a originates']],
    ['not who originates a denial in a circle', { said: 'a p denies originates > b\nb q denies > a' }, []],
  ])('ends: %s', (_what, written, ends) => {
    expect(analysed(written).ends).toEqual(ends);
  });

  it.each<[string, Written, string[]]>([
    ['none', { said: 'a p reports > b\nb un asserts' }, []],
    ['who relays itself', { said: 'a p reports > a' }, ['a false']],
    [
      'members in the order in which they were entered',
      { said: 'a p reports > c\nb q reports > a\nc r reports > b' },
      ['a b c false'],
    ],
    ['with an end outside', { said: 'a p reports > b\nb q reports > a,c\nc un asserts' }, ['a b true']],
    ['with a denial outside', { said: 'a p reports > b\nb q reports > a,c\nc un denies' }, ['a b true']],
    ['with silence outside', { said: 'a p reports > b\nb q reports > a,c\nc un declines' }, ['a b true']],
    [
      'with nothing outside but what was taken back',
      { said: 'a p reports > b\nb q reports > a,c\nc un asserts\nd un retracts re:c' },
      ['a b false'],
    ],
    ['with a member that originates', { said: 'a p asserts originates > b\nb q reports > a' }, ['a b true']],
    ['of denials', { said: 'a p denies > b\nb q disputes > a' }, ['a b false']],
    [
      'of denials, one of which originates',
      { said: 'a p denies originates > b\nb q denies > a' },
      ['a b true'],
    ],
    ['not between a denial and what it denies', { said: 'a p denies > b\nb q reports > a' }, []],
    ['not through silence', { said: 'a p declines > b\nb q reports > a' }, []],
    ['not through what was taken back', { said: 'a p reports > b\nb q reports > a\nc q retracts re:b' }, []],
    [
      'through sources that are derived from each other',
      { sources: 'x~y y~x', said: 'a p reports @x\nb q reports @y' },
      ['a b false'],
    ],
  ])('circles: %s', (_what, written, circles) => {
    expect(analysed(written).circles).toEqual(circles);
  });
});

describe('supports', () => {
  it.each<[string, string, string[]]>([
    [
      'who affirms, whatever it relays',
      'a p asserts > b\nb q confirms\nc r asserts > d\nd s denies',
      ['a', 'b', 'c'],
    ],
    ['who reports what leads to support', 'a p reports > b\nb q reports > c\nc r asserts', ['a', 'b', 'c']],
    ['not who reports a denial', 'a p reports > b\nb q denies', []],
    ['not who denies, though it relays support', 'a p denies > b\nb q asserts', ['b']],
    [
      'not who took it back, nor who relays that alone',
      'a p reports > b\nb q asserts\nc q retracts re:b',
      [],
    ],
    ['not who reports in a circle', 'a p reports > b\nb q reports > a', []],
    ['though who affirms in a circle does', 'a p reports > b\nb q asserts > a', ['b']],
  ])('%s', (_what, said, supporting) => {
    expect(analysed({ said }).supporting).toEqual(supporting);
  });
});
