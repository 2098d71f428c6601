import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/provenance/explanation/explain.js';
import { countsAs } from '../../../../src/provenance/explanation/reasons.js';
import { voiceOf } from '../../../../src/provenance/graph/hierarchy.js';
import { build, type Written } from '../build.js';

describe('countsAs', () => {
  const { parties } = build({
    parties: 'un team<un unama!<un desk<unama men?<pakistan inner?<men some? lone! src?!<pakistan',
    said: '',
  });
  it.each([
    ['un', 'un counts for itself.'],
    ['lone', 'lone counts for itself.'],
    ['team', 'team is part of un, and counts as un.'],
    ['unama', 'unama is an independent voice and counts for itself.'],
    ['desk', 'desk is part of unama, an independent voice, and counts as unama.'],
    ['some', 'some is unnamed and counts apart.'],
    ['men', 'men is unnamed and part of pakistan, and counts as pakistan.'],
    ['inner', 'inner is unnamed and part of men, which is part of pakistan, and counts as pakistan.'],
    ['src', 'src is unnamed and an independent voice and counts for itself.'],
  ])('%s: %s', (id, words) => {
    expect(countsAs(voiceOf(id, parties).ancestors)).toBe(words);
  });
});

describe('makesMin and leftOutOfMin', () => {
  /** For each end, whether it makes min, and the sentence after the one that tells whom it counts as. */
  const told = (written: Written) =>
    explain(build(written)).ends.map(
      ({ attribution, in_min, why }) => `${attribution} ${in_min}: ${why.replace(/^.*?\. /, '')}`,
    );
  const UNKNOWN = 'Where it has this from is not known: not in min.';

  it.each<[string, Written, string[]]>([
    [
      'named groups make min where they are more',
      {
        parties: 'men?1-',
        said: 'a un asserts originates\nb us asserts originates\nc men asserts originates',
      },
      [
        'a true: It counts into min.',
        'b true: It counts into min.',
        'c false: It may be among the 2 named groups: not in min.',
      ],
    ],
    [
      'and where they are as many',
      { parties: 'men?1-', said: 'a un asserts originates\nc men asserts originates' },
      ['a true: It counts into min.', 'c false: It may be among the 1 named group: not in min.'],
    ],
    [
      'the largest unnamed party makes it alone where it stands for more',
      {
        parties: 'men?2- few?3-',
        said: 'a un asserts originates\nb men asserts originates\nc few asserts originates',
      },
      [
        'a false: It may be among those for whom few stands: not in min.',
        'b false: It may be among those for whom few stands: not in min.',
        'c true: It stands for at least 3, which makes min.',
      ],
    ],
    [
      'of two that stand for as many, the first',
      { parties: 'men?2- few?2-', said: 'b men asserts originates\nc few asserts originates' },
      [
        'b true: It stands for at least 2, which makes min.',
        'c false: It may be among those for whom men stands: not in min.',
      ],
    ],
    [
      'a group is counted once',
      { said: 'a un asserts originates\nb un confirms originates' },
      ['a true: It counts into min.', 'b false: un is counted already.'],
    ],
    ['an end of unknown lineage is not counted', { said: 'a un asserts' }, [`a false: ${UNKNOWN}`]],
    [
      'and a second one of its group is in max already',
      { said: 'a un asserts\nb un reports' },
      [`a false: ${UNKNOWN}`, `b false: ${UNKNOWN} In max un is counted already.`],
    ],
    [
      'so is one whose group originates elsewhere',
      { said: 'a un asserts\nb un confirms originates' },
      [`a false: ${UNKNOWN} In max un is counted already.`, 'b true: It counts into min.'],
    ],
    [
      'who passes on a denial has its own word from nobody knows where',
      { said: 'a paper asserts > b\nb us denies' },
      [
        'a false: What it relays does not support the claim, and where its own word comes from is not known: not in min.',
      ],
    ],
  ])('%s', (_what, written, ends) => {
    expect(told(written)).toEqual(ends);
  });
});
