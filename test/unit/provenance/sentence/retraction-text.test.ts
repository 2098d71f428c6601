import { expect, it } from 'vitest';
import { retractionWords } from '../../../../src/provenance/sentence/retraction-text.js';
import { NO_WORDING } from '../../../../src/provenance/sentence/wording.js';
import { computeStanding } from '../../../../src/provenance/standing/standing.js';
import { build, type Written } from '../build.js';

function wordsOf(written: Written): string[] {
  const graph = build(written);
  return retractionWords({ graph, wording: NO_WORDING }, computeStanding(graph));
}

it.each<[string, Written, string[]]>([
  ['nothing', { said: 'a un asserts\nb us denies' }, []],
  ['all who asserted it', { said: 'a un asserts\nx un retracts re:a' }, ['it was later taken back by un']],
  [
    'one of several',
    { said: 'a un asserts\nb us asserts\nx un retracts re:a' },
    ['one of the two who asserted it has since taken it back (un)'],
  ],
  ['who says it again', { said: 'a un asserts\nx un retracts re:a\nb un asserts' }, []],
  [
    'who passed it on',
    { said: 'a un asserts\nb p reports > a\nx p retracts re:b' },
    ['it was passed on and later taken back by p'],
  ],
  [
    'who denied it',
    { said: 'a un asserts\nb us denies\nx us retracts re:b' },
    ['a denial was later taken back by us'],
  ],
  [
    'a source, and a party besides',
    {
      sources: 'paper^press',
      said: 'a ann asserts @paper\nb us asserts\nc uk asserts\nx us retracts re:b\nw press retracts #paper',
    },
    ['“paper” was withdrawn by press', 'one of the three who asserted it has since taken it back (us)'],
  ],
  [
    'some authors of a source',
    {
      sources: 'paper^press:ann+bob+cy',
      said: 'a ann asserts @paper\nb bob asserts @paper\nc cy asserts @paper\nw ann retracts #paper\nv bob retracts #paper',
    },
    ['two of the three authors have since retracted (ann and bob)'],
  ],
])('retractionWords: %s', (_, written, expected) => {
  expect(wordsOf(written)).toEqual(expected);
});
