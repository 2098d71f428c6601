import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../../src/provenance/explanation/summary.js';
import { computeStanding } from '../../../../src/provenance/standing/standing.js';
import { build, type Written } from '../build.js';

const summary = (written: Written) => summaryOf(computeStanding(build(written)));
const lines = (from: number, to: number, line: (n: number) => string) =>
  Array.from({ length: to - from + 1 }, (_, i) => line(from + i)).join('\n');

describe('summaryOf', () => {
  it.each<[string, Written, string[]]>([
    [
      'nothing: says so, and gives no numbers of origins',
      { said: '' },
      [
        'Nothing supports it.',
        '0 parties assert it and 0 parties pass it on.',
        'When it was said is not known.',
      ],
    ],
    [
      'nobody but one who declines to comment',
      { said: 'a un declines said:2024-03-05' },
      [
        'Nothing supports it.',
        '0 parties assert it and 0 parties pass it on.',
        'Un (on 5 March 2024) declined to comment; that takes no side.',
        'Spoken of on 5 March 2024.',
      ],
    ],
    [
      'one origin that one outlet passes on',
      { said: 'a un asserts originates said:2024-03-05\nb paper reports > a' },
      [
        'All that is known to support it may go back to one origin.',
        '1 party asserts it and 1 party passes it on.',
        'At least 1: 1 named group originates it; no unnamed party originates it.',
        'At most 1: 1 named, 0 unnamed and 0 of unknown lineage.',
        'Spoken of on 5 March 2024.',
      ],
    ],
    [
      'named, unnamed and unknown origins',
      {
        parties: 'states?3-4 sources?1-2',
        said: `a un asserts originates said:2024-03-05
               b us confirms originates said:2024-04
               c states asserts originates
               d sources asserts originates
               e paper reports
               f wire reports > b`,
      },
      [
        'At least 3 independent origins support it.',
        '4 parties assert it and 2 parties pass it on.',
        'At least 3: 2 named groups originate it; states, unnamed, stands for at least 3, and the larger number is taken, since the unnamed may be among the named.',
        'At most 9: 2 named, 6 unnamed and 1 of unknown lineage.',
        'First spoken of on 5 March 2024, last in April 2024.',
      ],
    ],
    [
      'unnamed origins alone, without an upper limit',
      {
        parties: 'states?2- men? few?1-3',
        said: 'a states asserts originates\nb men reports\nc few asserts',
      },
      [
        'At least 2 independent origins support it.',
        '2 parties assert it and 1 party passes it on.',
        'At least 2: 0 named groups originate it; states, unnamed, stands for at least 2.',
        'No upper limit: it is not told how many states and men may stand for.',
        'When it was said is not known.',
      ],
    ],
    [
      'an unnamed party that does not originate stands for nobody in min',
      { parties: 'men?5-6', said: 'a men asserts' },
      [
        'It is supported, but nobody is known to speak from own knowledge.',
        '1 party asserts it and 0 parties pass it on.',
        'At least 0: 0 named groups originate it; no unnamed party originates it.',
        'At most 6: 0 named, 6 unnamed and 0 of unknown lineage.',
        'When it was said is not known.',
      ],
    ],
    [
      'a circle of two parties',
      { said: 'a p1 asserts > b\nb p2 asserts > a' },
      [
        'It is asserted, but no way leads to an origin.',
        '2 parties assert it and 0 parties pass it on.',
        'At least 0: 0 named groups originate it; no unnamed party originates it.',
        'At most 0: 0 named, 0 unnamed and 0 of unknown lineage.',
        'p1 and p2 relay each other and nobody else: that adds no origin.',
        'When it was said is not known.',
      ],
    ],
    [
      'taken back, denied by one and by the party it is about',
      {
        subject: 'taliban',
        parties: 'spokesman<taliban',
        said: `a pakistan asserts originates
               b pakistan retracts re:a
               c spokesman denies
               d spokesman disputes`,
      },
      [
        'Nothing supports it.',
        '0 parties assert it and 0 parties pass it on.',
        'It was later taken back by pakistan.',
        'Contested: it is denied by spokesman and disputed by spokesman.',
        'Only the party it is about, or a part of that, denies it.',
        'When it was said is not known.',
      ],
    ],
  ])('%s', (_what, written, sentences) => {
    expect(summary(written)).toEqual(sentences);
  });

  it('names several deniers once each, and not one who took the denial back', () => {
    const said = 'a un asserts\nb p1 denies\nc p2 disputes\nd p1 denies\ne p3 denies\nf p3 retracts re:e';
    expect(summary({ said })).toContain('Contested: it is denied by p1 and disputed by p2.');
  });

  it('tells a circle of one party, and one with a way out', () => {
    expect(summary({ said: 'a p1 reports > b\nb p1 reports > a' })).toContain(
      'p1 relays itself and nobody else: that adds no origin.',
    );
    expect(summary({ said: 'a p1 reports > b\nb p2 reports > a,c\nc un asserts originates' })).toContain(
      'p1 and p2 relay each other, and others beside.',
    );
  });

  it('tells at most five circles, and all denials of a whole source under its title, more than three as a number', () => {
    const circles = lines(1, 7, (n) => `a${n} p${n} reports > a${n}`);
    const found = summary({ said: circles }).filter((sentence) => sentence.includes('relays itself'));
    expect(found.map((sentence) => sentence.slice(0, 2))).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);

    const denials = lines(1, 7, (n) => `d${n} q${n} denies #report`);
    const written = build({ said: `a team asserts originates @report\n${denials}` });
    const sources = new Map([
      ...written.sources,
      ['report', { ...written.sources.get('report')!, title: 'R 35' }],
    ]);
    expect(summaryOf(computeStanding({ ...written, sources }))).toContain(
      '“R 35” as a whole is rejected by q1, q2, q3 and 4 others; that does not contest the claim.',
    );
    expect(summaryOf(computeStanding({ ...written, sources: new Map() }))).toContain(
      '“report” as a whole is rejected by q1, q2, q3 and 4 others; that does not contest the claim.',
    );
  });
});
