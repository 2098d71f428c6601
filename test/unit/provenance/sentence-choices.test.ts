import { describe, expect, it } from 'vitest';
import { attributionSentence } from '../../../src/provenance/sentence.js';
import { weigh } from '../../../src/provenance/standing.js';
import { build, type Written } from './build.js';

const sentence = (written: Written) => attributionSentence('It rained.', weigh(build(written)));

describe('attributionSentence', () => {
  it.each<[string, Written, string]>([
    [
      'of two ends that tell as much, the first is told',
      { said: 'a un asserts originates @one\nb un confirms originates @two' },
      'According to un (“one”), it rained.',
    ],
    [
      'an end that originates is told before one that came earlier',
      { said: 'a un asserts @one\nb un confirms originates @two' },
      'According to un (“two”), it rained.',
    ],
    [
      'three denials of a whole source are told',
      {
        said: `a team asserts originates @report
               b p1 denies #report
               c p2 denies #report
               d p3 disputes #report
               e p4 denies #report`,
      },
      'According to team (“report”), it rained; p1 rejects “report” as a whole; p2 rejects “report” as a whole; p3 rejects “report” as a whole.',
    ],
    [
      'of the deniers three are told, each once, and none that took it back',
      {
        said: `a un asserts originates
               b p1 denies
               c p1 denies
               d p2 denies
               e p3 denies
               f p4 denies
               g p5 denies
               h p5 retracts re:g`,
      },
      'According to un, it rained; p5 has taken back its denial; this is denied by p1, p2, p3 and 1 other.',
    ],
  ])('%s', (_what, written, words) => {
    expect(sentence(written)).toBe(words);
  });
});
