import { describe, expect, it } from 'vitest';
import { linksOf } from '../../../../src/provenance/graph/links.js';
import { build, type Written } from '../build.js';

/** Each attribution with what it passes on, `*` where that is implied; sources stand as `@source(attributions)`. */
function links(written: Written): string {
  const { attributions, ...rest } = build(written);
  const { targets, sources, implied } = linksOf({ attributions, ...rest });
  const name = (node: number): string => {
    const attribution = attributions[node];
    if (attribution) return attribution.id;
    const held = targets[node]!.map((each) => attributions[each]!.id).join(',');
    return `@${sources[node - attributions.length]}(${held})`;
  };
  return attributions
    .flatMap(({ id }, i) =>
      targets[i]!.length > 0 ? [`${id}${implied[i] ? '*' : ''} > ${targets[i]!.map(name).join(' ')}`] : [],
    )
    .join('; ');
}

describe('linksOf', () => {
  it.each<[string, Written, string]>([
    ['what is recorded', { said: 'a p reports > b,c\nb q asserts\nc r denies' }, 'a > b c'],
    ['and leaves out what is not there', { said: 'a p reports > gone,b\nb q asserts' }, 'a > b'],
    [
      'what is said in the source that its own is derived from',
      { sources: 'x~y', said: 'a p reports @x\nb q asserts @y\nc r denies @y' },
      'a* > @y(b,c)',
    ],
    [
      'for assertions and confirmations as for reports',
      { sources: 'x~y', said: 'a p asserts @x\nb q confirms @x\nc r asserts originates @y' },
      'a* > @y(c); b* > @y(c)',
    ],
    [
      'but not for denials, retractions and silence',
      { sources: 'x~y', said: 'a p denies @x\nb q retracts @x\nc r declines @x\nd s asserts @y' },
      '',
    ],
    ['nor for who originates', { sources: 'x~y', said: 'a p asserts originates @x\nb q asserts @y' }, ''],
    ['nor for what has no source', { sources: 'x~y', said: 'a p asserts\nb q asserts @y' }, ''],
    [
      'nor beside what is recorded',
      { sources: 'x~y', said: 'a p reports > c @x\nb q asserts @y\nc r asserts' },
      'a > c',
    ],
    [
      'does not find in a source who declines or retracts',
      { sources: 'x~y', said: 'a p reports @x\nb q declines @y\nc q retracts @y' },
      '',
    ],
    [
      'goes on through sources in which nothing is said',
      { sources: 'x~y y~z', said: 'a p reports @x\nb q asserts @z' },
      'a* > @z(b)',
    ],
    [
      'and stops at the first in which something is',
      { sources: 'x~y y~z', said: 'a p reports @x\nb q asserts originates @y\nc r asserts @z' },
      'a* > @y(b)',
    ],
    [
      'finds several sources',
      { sources: 'x~y+z', said: 'a p reports @x\nb q asserts @y\nc r asserts @z' },
      'a* > @y(b) @z(c)',
    ],
    [
      'and one only once, however many ways lead there',
      { sources: 'x~y+z y~end z~end', said: 'a p reports @x\nb q asserts @end' },
      'a* > @end(b)',
    ],
    [
      'a part draws on what its whole draws on',
      { sources: 'part<x x~y', said: 'a p reports @part\nb q asserts @y' },
      'a* > @y(b)',
    ],
    [
      'and so does a part on the way',
      { sources: 'x~part part<y y~z', said: 'a p reports @x\nb q asserts @z' },
      'a* > @z(b)',
    ],
    [
      'a whole holds what is said in its parts',
      { sources: 'x~y annex<y', said: 'a p reports @x\nb q asserts @annex\nc r asserts @y' },
      'a* > @y(b,c)',
    ],
    [
      'but a part does not hold what is said in the whole',
      { sources: 'x~annex annex<y', said: 'a p reports @x\nb q asserts @y' },
      '',
    ],
    [
      'what a source is part of is not behind it',
      { sources: 'part<x~x', said: 'a p reports @part\nb q asserts originates @x' },
      '',
    ],
    [
      'sources that are derived from each other',
      { sources: 'x~y y~x', said: 'a p reports @x\nb q reports @y' },
      'a* > @y(b); b* > @x(a)',
    ],
  ])('%s', (_what, written, found) => {
    expect(links(written)).toBe(found);
  });

  it('gives all attributions of a source one node, so that many articles make few links', () => {
    const written = { sources: 'x~y z~y', said: 'a p reports @x\nb q reports @z\nc r asserts @y' };
    const { targets, sources } = linksOf(build(written));
    expect(targets).toEqual([[3], [3], [], [2]]);
    expect(sources).toEqual(['y']);
  });
});
