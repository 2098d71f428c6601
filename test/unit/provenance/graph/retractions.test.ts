import { describe, expect, it } from 'vitest';
import { retractionsOf } from '../../../../src/provenance/graph/retractions.js';
import { build, type Written } from '../build.js';

/** Ids of what counts, and `id:by` for what is taken back. */
function told(written: Written): string {
  const graph = build(written);
  const { ofClaim, ofSources } = retractionsOf(graph);
  const by = [...ofClaim, ...ofSources];
  return [...graph.attributions, ...graph.about_sources]
    .map(({ id }, i) => (by[i] ? `${id}:${by[i].id}` : id))
    .join(' ');
}

describe('retractionsOf: words that their party takes back', () => {
  it.each([
    ['what nobody takes back counts', 'a un asserts\nb us denies', 'a b'],
    ['what its party takes back does not', 'a un asserts\nx un retracts re:a', 'a:x x'],
    ['a denial can be taken back too', 'a un denies\nx un retracts re:a', 'a:x x'],
    ['another party cannot take it back', 'a un asserts\nx us retracts re:a', 'a x'],
    ['only a retraction takes back, not a denial', 'a un asserts\nx un denies re:a\ny us retracts', 'a x y'],
    ['a retraction of nothing takes nothing back', 'a un asserts\nx un retracts', 'a x'],
    ['nor does one of what is not recorded', 'a un asserts\nx un retracts re:gone', 'a x'],
    ['nor one of itself', 'a un asserts\nx un retracts re:x', 'a x'],
    [
      'of two retractions the first is told',
      'a un asserts\nx un retracts re:a\ny un retracts re:a',
      'a:x x y',
    ],
    [
      'a retraction that was taken back takes nothing back',
      'a un asserts\nx un retracts re:a\ny un retracts re:x',
      'a x:y y',
    ],
    [
      'and one more turns it round again',
      'z un retracts re:y\na un asserts\nx un retracts re:a\ny un retracts re:x',
      'z a:x x y:z',
    ],
    [
      'one of two retractions taken back leaves the other',
      'a un asserts\nx un retracts re:a\ny un retracts re:a\nz un retracts re:x',
      'a:y x:z y z',
    ],
    ['retractions in a circle leave each other alone', 'x un retracts re:y\ny un retracts re:x', 'x y'],
    [
      'one from outside takes back its target alone, which takes nothing back then',
      'x un retracts re:y\ny un retracts re:x\nz un retracts re:x',
      'x:z y z',
    ],
  ])('%s', (_what, said, counting) => {
    expect(told({ said })).toBe(counting);
  });
});

describe('retractionsOf: withdrawn sources', () => {
  const claim = 'a ann asserts originates @paper\nb bob asserts originates @paper\nc desk reports > a';

  it.each<[string, Written, string]>([
    [
      'the publisher takes back all that stands in it, and only that',
      { sources: 'paper^journal:ann+bob', said: `${claim}\nw journal retracts #paper` },
      'a:w b:w c w',
    ],
    [
      'so does a body that the publisher is part of',
      {
        parties: 'journal<press press<group',
        sources: 'paper^journal',
        said: `${claim}\nw group retracts #paper`,
      },
      'a:w b:w c w',
    ],
    [
      'not a part of the publisher',
      { parties: 'section<journal', sources: 'paper^journal', said: `${claim}\nw section retracts #paper` },
      'a b c w',
    ],
    [
      'nor anybody else',
      {
        sources: 'paper^journal:ann+bob',
        said: `${claim}\nw rival retracts #paper\nd journal denies #paper`,
      },
      'a b c w d',
    ],
    [
      'nor anybody where neither publisher nor authors are known',
      { said: `${claim}\nw journal retracts #paper` },
      'a b c w',
    ],
    [
      'all authors together; their own words by themselves, those of others by the last of them',
      {
        sources: 'paper^journal:ann+bob',
        said: `${claim}\nd team asserts @paper\nw1 ann retracts #paper\nw2 bob retracts #paper`,
      },
      'a:w2 b:w2 c d:w2 w1 w2',
    ],
    [
      'some authors take back what is their own in it',
      {
        sources: 'paper^journal:ann+bob',
        said: `${claim}\nd ann denies @paper\ne ann asserts @other\nw ann retracts #paper`,
      },
      'a:w b c d:w e w',
    ],
    [
      'with a whole goes what is part of it, at any depth',
      {
        sources: 'annex<chapter chapter<book book^press:ann',
        said: 'a ann asserts @annex\nb bob asserts @chapter\nc cy asserts @book\nw press retracts #book',
      },
      'a:w b:w c:w w',
    ],
    [
      'of a part only that part',
      {
        sources: 'chapter<book^press book^press',
        said: 'a ann asserts @chapter\nb bob asserts @book\nw press retracts #chapter',
      },
      'a:w b w',
    ],
    [
      'a part without publisher has that of its whole',
      { sources: 'chapter<book book^press', said: 'a ann asserts @chapter\nw press retracts #chapter' },
      'a:w w',
    ],
    [
      'an author of the whole takes back their own words in its parts',
      {
        sources: 'chapter<book book^press:ann+bob',
        said: 'a ann asserts @chapter\nb bob asserts @chapter\nw ann retracts #book',
      },
      'a:w b w',
    ],
    [
      'a source that draws on it is not withdrawn',
      {
        sources: 'article~paper paper^journal',
        said: 'a ann asserts @paper\nb desk reports @article\nw journal retracts #paper',
      },
      'a:w b w',
    ],
    [
      'the withdrawal of a withdrawal restores',
      {
        sources: 'paper^journal',
        said: `${claim}\nw journal retracts #paper\nr journal retracts re:w #paper`,
      },
      'a b c w:r r',
    ],
    [
      'an answer to the words of others withdraws all the same',
      { sources: 'paper^journal', said: `${claim}\nd rival disputes #paper\nw journal retracts re:d #paper` },
      'a:w b:w c d w',
    ],
    [
      'a notice in the withdrawn source itself holds',
      { sources: 'paper^journal', said: `${claim}\nw journal retracts @paper #paper` },
      'a:w b:w c w',
    ],
    [
      'a notice that stands in a source withdrawn later does not',
      {
        sources: 'paper^journal notice^journal',
        said: `${claim}\nw journal retracts @notice #paper\nv journal retracts #notice`,
      },
      'a b c w:v v',
    ],
    [
      'two notices that withdraw each other leave each other alone',
      {
        sources: 'one^p two^p',
        said: 'a ann asserts @one\nw p retracts @one #two\nv p retracts @two #one',
      },
      'a w v',
    ],
    [
      'a retraction that stands in a withdrawn source takes nothing back',
      {
        sources: 'notice^un',
        said: 'a un asserts\nx un retracts re:a @notice\nw un retracts #notice',
      },
      'a x:w w',
    ],
    [
      'corrections, denials and confirmations of a source take nothing back',
      {
        sources: 'paper^journal',
        said: `${claim}\nk journal corrects #paper\nd rival denies #paper\ng other confirms #paper`,
      },
      'a b c k d g',
    ],
  ])('%s', (_what, written, expected) => {
    expect(told(written)).toBe(expected);
  });
});
