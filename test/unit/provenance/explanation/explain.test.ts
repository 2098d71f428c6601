import { describe, expect, test } from 'vitest';
import { explain } from '../../../../src/provenance/explanation/explain.js';
import { componentsOf } from '../../../../src/provenance/graph/components.js';
import { standingOf } from '../../../../src/provenance/standing/standing.js';
import { build } from '../build.js';
import { deep } from '../deep.js';

describe('explain', () => {
  test('an end is given with the group that it counts as, and the reason', () => {
    const { ends } = explain(
      build({
        parties: 'officials?2-<ministry ministry<pakistan',
        said: `a officials asserts originates
               b us asserts
               c pakistan confirms originates`,
      }),
    );
    expect(ends).toEqual([
      {
        attribution: 'a',
        party: 'officials',
        group: 'pakistan',
        climb: ['officials', 'ministry', 'pakistan'],
        lineage: 'originates',
        in_min: true,
        why: 'officials is unnamed and part of ministry, which is part of pakistan, and counts as pakistan. It counts into min.',
      },
      {
        attribution: 'c',
        party: 'pakistan',
        group: 'pakistan',
        climb: ['pakistan'],
        lineage: 'originates',
        in_min: false,
        why: 'pakistan counts for itself. pakistan is counted already.',
      },
      {
        attribution: 'b',
        party: 'us',
        group: 'us',
        climb: ['us'],
        lineage: 'unknown',
        in_min: false,
        why: 'us counts for itself. Where it has this from is not known: not in min.',
      },
    ]);
  });

  test('there is a path from every outermost attribution and to every end', () => {
    const { paths, totals } = explain(
      build({
        sources: 'article~report',
        said: `a p1 reports > m
               b p2 reports > m
               m p3 reports > x,y
               x un asserts originates
               y us asserts originates
               o paper asserts @article
               r team asserts originates @report
               d taliban denies originates
               p p4 reports > d`,
      }),
    );
    expect(paths.map((path) => path.join(' ')).toSorted()).toEqual(['a m x', 'a m y', 'b m x', 'o r']);
    expect(totals).toEqual({ ends: 3, paths: 4, circles: 0, left_out: 2 });
  });

  test('there are paths out of circles that nothing leads into', () => {
    const { paths, circles } = explain(
      build({
        said: `a p1 reports > b
               b p2 reports > a,c
               c un asserts originates
               d p3 reports > d`,
      }),
    );
    expect(paths).toHaveLength(1);
    expect(['a b c', 'b c']).toContain(paths[0]!.join(' '));
    expect(circles).toEqual([
      { attributions: ['a', 'b'], way_out: true },
      { attributions: ['d'], way_out: false },
    ]);
  });

  test('own knowledge does not relay what its source is derived from', () => {
    const { circles, paths } = explain(
      build({
        sources: 'article~report',
        said: `o paper asserts originates @article
               r team reports > o @report`,
      }),
    );
    expect(circles).toEqual([]);
    expect(paths).toEqual([['r', 'o']]);
  });

  test('every attribution that is not counted is given with a reason', () => {
    const { left_out } = explain(
      build({
        sources: 'article~report',
        said: `a pakistan asserts originates
               x pakistan retracts re:a
               o p1 reports > a
               n ministry declines
               p p2 reports > n
               q p3 reports > d
               d taliban denies originates
               c p4 reports > c
               r team asserts originates @report
               s p5 asserts @article`,
      }),
    );
    expect(left_out.map(({ attribution, reason }) => `${attribution}:${reason}`)).toEqual([
      'a:taken_back',
      'x:no_side',
      'o:lost',
      'n:no_side',
      'p:nothing',
      'q:denial',
      'c:circle',
      's:derived',
    ]);
  });

  test('a long explanation is cut and says how long it is', () => {
    const graph = build({
      said: Array.from({ length: 30 }, (_, n) => `a${n} p${n} asserts originates`).join('\n'),
    });
    const cut = explain(graph, 10);
    expect(cut.ends).toHaveLength(10);
    expect(cut.paths).toHaveLength(10);
    expect(cut.totals).toEqual({ ends: 30, paths: 30, circles: 0, left_out: 0 });
    expect(cut.standing.origins).toEqual({ min: 30, max: 30 });
  });

  test.each([
    [
      'of every stance, taken back or not',
      'a pakistan asserts said:2024-03\nb us denies said:2024-01-05\nc pakistan retracts re:a said:2024-07',
      '2024-01-05',
      '2024-07',
    ],
    [
      'the other end stands in for an open one',
      'a pakistan asserts said:2024-03/..',
      '2024-03',
      '2024-03/..',
    ],
    ['also for an open start', 'a pakistan asserts said:../2024-03', '../2024-03', '2024-03'],
    ['dates before the common calendar of computers', 'a pakistan asserts said:0099', '0099', '0099'],
    ['none', 'a pakistan asserts', null, null],
  ])('dates of what was said run from the first to the last: %s', (_, said, first, last) => {
    expect(standingOf(build({ said }))).toMatchObject({ first_said: first, last_said: last });
  });

  test('a graph that lacks a party is refused', () => {
    const graph = build({ said: 'a pakistan asserts' });
    expect(() => standingOf({ ...graph, parties: new Map() })).toThrow('The party pakistan is missing');
  });

  test('sources that are part of each other end the walk', () => {
    const graph = build({ parties: 'a<b b<a', sources: 's<t t<s', said: 'x a asserts originates @s' });
    expect(standingOf({ ...graph, subject: 'c' }).origins).toEqual({ min: 1, max: 1 });
  });
});

test('componentsOf: a component comes after those that it leads to', () => {
  expect(componentsOf([[1], [2], [1, 3], []], () => true).map((all) => all.toSorted())).toEqual([
    [3],
    [1, 2],
    [0],
  ]);
  expect(componentsOf([[1], [0, 2], []], (node) => node !== 1)).toEqual([[0], [2]]);
});

describe('explain, standingOf: large claims', () => {
  test('10,000 attributions thirty links deep have five origins', () => {
    const graph = deep(10_000, 30);
    expect(explain(graph).standing).toEqual(standingOf(graph));
    expect(standingOf(graph)).toMatchObject({ support: 'corroborated', origins: { min: 5, max: 5 } });
  });

  test('a chain of 20,000 links has one origin and a path of 100 links', () => {
    const graph = deep(20_000, 20_000);
    expect(standingOf(graph).origins).toEqual({ min: 1, max: 1 });
    expect(explain(graph).paths[0]).toHaveLength(100);
  });

  test('5,000 articles derived from a report with 5,000 attributions have one origin', () => {
    const said = Array.from(
      { length: 5_000 },
      (_, n) => `a${n} p${n} asserts @s${n}\nr${n} team asserts originates @report`,
    );
    const sources = Array.from({ length: 5_000 }, (_, n) => `s${n}~report`).join(' ');
    expect(standingOf(build({ sources, said: said.join('\n') })).origins).toEqual({ min: 1, max: 1 });
  });
});
