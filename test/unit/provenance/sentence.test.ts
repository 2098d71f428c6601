import { describe, expect, test } from 'vitest';
import { attributionSentence } from '../../../src/provenance/sentence.js';
import { weigh } from '../../../src/provenance/standing.js';
import { counted, listed, spanWords } from '../../../src/provenance/words.js';
import { build, type Written } from './build.js';

const sentence = (written: Written, text = 'The group has a camp.'): string =>
  attributionSentence(text, weigh(build(written)));

/** The stipend of the sample, with what a reader of the sentence is told of its report. */
function stipend() {
  const graph = build({
    parties: 'state?1-1',
    said: `outlet paper reports > team @article
           team team reports > state @report
           state state asserts originates
           denial taliban denies originates`,
  });
  const period = { reporting_period_from: '2024-07-01', reporting_period_to: '2024-12-13' };
  const [report, state] = [graph.sources.get('report')!, graph.parties.get('state')!];
  return {
    ...graph,
    attributions: graph.attributions.map((a) =>
      a.id === 'state' ? { ...a, party_as_stated: 'one Member State' } : a,
    ),
    sources: new Map([...graph.sources, ['report', { ...report, title: '35th report', ...period }]]),
    parties: new Map([...graph.parties, ['state', { ...state, name: 'One Member State (on the stipend)' }]]),
  };
}

describe('attributionSentence', () => {
  test('the report leads, cites its source and is relayed; the denial follows', () => {
    const text = 'The family of Noor Wali Mehsud received a stipend.';
    expect(attributionSentence(text, weigh(stipend()))).toBe(
      'According to team (“35th report”, covering 1 July–13 December 2024), citing one Member State (unnamed), ' +
        'as relayed by paper, the family of Noor Wali Mehsud received a stipend; this is denied by taliban.',
    );
  });

  test.each<[string, Written, string]>([
    [
      'an outlet relays a party',
      { said: 'o paper reports > a @article\na pakistan asserts originates' },
      'According to pakistan, as relayed by paper, the group has a camp.',
    ],
    [
      'several outlets relay one report',
      {
        said: `a p1 reports > r @a
               b p2 reports > r @b
               c p3 reports > r @c
               d p4 reports > r @d
               r team asserts originates @report`,
      },
      'According to team (“report”), as relayed by p1, p2, p3 and 1 other, the group has a camp.',
    ],
    [
      'a chain of outlets is told from the inside out',
      { said: 'a p1 reports > b @a\nb p2 reports > c\nc pentagon asserts originates @document' },
      'According to pentagon (“document”), as relayed by p2 and p1, the group has a camp.',
    ],
    [
      'nobody says where it comes from',
      { said: 'a paper asserts @article' },
      'According to paper (“article”, where this comes from is not known), the group has a camp.',
    ],
    [
      'two origins in one article',
      {
        parties: 'officials?2-<pakistan',
        said: `o paper reports > a,b @article
               a officials asserts originates
               b un asserts originates`,
      },
      'According to officials (unnamed, part of pakistan); according to un, all as relayed by paper, the group has a camp.',
    ],
    [
      'two origins in two articles, those that originate first',
      {
        said: `o p1 asserts @one
               p p2 reports > b @two
               b un asserts originates`,
      },
      'According to un, as relayed by p2; according to p1 (“one”, where this comes from is not known), the group has a camp.',
    ],
    [
      'more origins than one tells',
      { said: [1, 2, 3, 4, 5].map((n) => `a${n} p${n} asserts originates`).join('\n') },
      'According to p1; according to p2; according to p3; according to 2 other origins, the group has a camp.',
    ],
    [
      'a body speaks for itself rather than through unnamed officials',
      {
        parties: 'officials?2-<pakistan',
        said: 'a officials asserts originates\nb pakistan asserts originates @speech',
      },
      'According to pakistan (“speech”), the group has a camp.',
    ],
    [
      'denied by one and disputed by others',
      {
        said: `a pakistan asserts originates
               b taliban denies originates
               c un disputes originates
               d us disputes originates`,
      },
      'According to pakistan, the group has a camp; this is denied by taliban and disputed by un and us.',
    ],
    [
      'a whole report is rejected',
      { said: 'a team asserts originates @report\nb taliban denies #report' },
      'According to team (“report”), the group has a camp; taliban rejects “report” as a whole.',
    ],
    [
      'taken back',
      { said: 'a pakistan asserts originates\nb pakistan retracts re:a' },
      'Nobody on record stands by this: the group has a camp; all who asserted it have taken it back.',
    ],
    [
      'in a circle',
      { said: 'a p1 asserts > b\nb p2 asserts > a' },
      'It is asserted by p1 and p2, with no origin on record, that the group has a camp.',
    ],
    ['nobody', { said: '' }, 'Nobody on record stands by this: the group has a camp.'],
  ])('a claim is put in words: %s', (_, written, expected) => {
    expect(sentence(written)).toBe(expected);
  });

  test('a name keeps its capital letter and the dots inside it', () => {
    const written = { said: 'a un asserts originates' };
    expect(sentence(written, 'ISIL-K has 4.5 camps.')).toBe('According to un, ISIL-K has 4.5 camps.');
    expect(sentence(written, 'Inner circles met')).toBe('According to un, Inner circles met.');
    expect(sentence(written, 'In Kunar there are camps. ')).toBe(
      'According to un, in Kunar there are camps.',
    );
  });
});

describe('listed, counted, spanWords', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd'], 'a, b, c and 1 other'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 others'],
  ])('the list %j is joined with commas and “and”', (items, expected) => {
    expect(listed(items, 3)).toBe(expected);
  });

  test('a number has its noun in the singular or plural', () => {
    expect([0, 1, 2].map((n) => counted(n, 'party', 'parties'))).toEqual([
      '0 parties',
      '1 party',
      '2 parties',
    ]);
    expect(counted(2, 'origin')).toBe('2 origins');
  });

  test.each([
    ['2024-07-01', '2024-12-13', '1 July–13 December 2024'],
    ['2024-07-01', '2024-07-13', '1–13 July 2024'],
    ['2024-07-05', '2024-07-05', '5 July 2024'],
    ['2024-07-01', '2024-07-31', 'July 2024'],
    ['2024-02-01', '2024-02-29', 'February 2024'],
    ['2023-02-01', '2023-02-28', 'February 2023'],
    ['2024-02-01', '2024-02-28', '1–28 February 2024'],
    ['2024-07-01', '2024-12-31', 'July–December 2024'],
    ['2024-01-01', '2024-12-31', '2024'],
    ['2023-01-01', '2024-12-31', '2023–2024'],
    ['2023-07-01', '2024-06-30', 'July 2023–June 2024'],
    ['2023-12-16', '2024-06-30', '16 December 2023–30 June 2024'],
    ['2024-07-01', null, 'since 1 July 2024'],
    [null, '2024-07-01', 'until 1 July 2024'],
    [null, null, null],
  ])('the days from %s to %s are written shortly', (from, to, expected) => {
    expect(spanWords(from, to)).toBe(expected);
  });
});
