import { describe, expect, it } from 'vitest';
import type { ClaimGraph } from '../../../../src/provenance/graph/graph.js';
import { exclusionsOf } from '../../../../src/provenance/standing/excluded.js';
import { analyse } from '../../../../src/provenance/standing/origins.js';
import { build, type Written } from '../build.js';

const leftOut = (written: Written) => exclusionsOf(analyse(build(written)));

describe('leftOutOf', () => {
  it('lists neither ends nor plain relays nor denials', () => {
    const said =
      'a un asserts originates\nb paper reports > a\nc taliban denies\nd us disputes\ne wire asserts > a';
    expect(leftOut({ said })).toEqual([]);
  });

  it.each<[string, Written, string, string]>([
    [
      'taken back',
      { said: 'x un asserts\ny un retracts re:x' },
      'taken_back',
      'un took it back: it does not count.',
    ],
    [
      'a denial that was taken back',
      { said: 'x un denies\ny un retracts re:x' },
      'taken_back',
      'un took it back: it does not count.',
    ],
    ['who declines', { said: 'x un declines' }, 'no_side', 'Who declines to speak takes no side.'],
    ['who retracts', { said: 'x un retracts' }, 'no_side', 'A retraction only takes words back.'],
    [
      'derived from two sources',
      {
        sources: 'article~r1+r2',
        said: 'x p asserts @article\na un asserts originates @r1\nb us asserts originates @r2',
      },
      'derived',
      'Its source is derived from “r1” and “r2”, where the claim is attributed: it is taken as relaying that.',
    ],
    [
      'a report in a circle',
      { said: 'x p reports > x' },
      'circle',
      'What it relays leads in a circle without a way out: it supports nothing.',
    ],
    [
      'an assertion in a circle',
      { said: 'x p confirms > x' },
      'circle',
      'What it relays leads in a circle without a way out: it supports the claim but adds no origin.',
    ],
    [
      'a report of what was taken back',
      { said: 'x p reports > a\na un asserts\nb un retracts re:a' },
      'lost',
      'The support that it relays was taken back: it supports nothing.',
    ],
    [
      'an assertion of what was taken back',
      { said: 'x p asserts > a\na un asserts\nb un retracts re:a' },
      'lost',
      'The support that it relays was taken back: it supports the claim but adds no origin.',
    ],
    [
      'a report of a denial',
      { said: 'x p reports > a\na un disputes' },
      'denial',
      'What it passes on is a denial: no support.',
    ],
    [
      'a report of silence',
      { said: 'x p reports > a\na un declines' },
      'nothing',
      'What it passes on takes no side: no support.',
    ],
  ])('%s: gives the reason in words', (_what, written, reason, why) => {
    expect(leftOut(written).filter(({ attribution }) => attribution === 'x')).toEqual([
      { attribution: 'x', reason, why },
    ]);
  });

  it('tells both reasons where a source is derived from one that supports nothing', () => {
    const said = 'x p reports @article\na un reports > b @report\nb un denies';
    const found = leftOut({ sources: 'article~report', said });
    expect(found.map(({ attribution, reason }) => `${attribution}:${reason}`)).toEqual([
      'x:derived',
      'x:denial',
      'a:denial',
    ]);
  });

  it('does not list who has its own word, though its source is derived from a mere denial', () => {
    const said = 'x p asserts @article\na un reports > b @report\nb un denies';
    const found = leftOut({ sources: 'article~report', said });
    expect(found.map(({ attribution }) => attribution)).toEqual(['a']);
  });

  it('names a source by its title, or by its id where it was not handed over', () => {
    const graph = build({
      sources: 'article~report',
      said: 'x p asserts @article\na un asserts originates @report',
    });
    const report = { ...graph.sources.get('report')!, title: 'R 35' };
    const why = (sources: ClaimGraph['sources']) => exclusionsOf(analyse({ ...graph, sources }))[0]?.why;
    expect(why(new Map([...graph.sources, ['report', report]]))).toContain('derived from “R 35”,');
    expect(why(new Map([['article', graph.sources.get('article')!]]))).toContain('derived from “report”,');
  });
});
