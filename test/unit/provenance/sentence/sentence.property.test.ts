import fc from 'fast-check';
import { expect, it } from 'vitest';
import { opposes } from '../../../../src/provenance/graph/graph.js';
import { chainsOf } from '../../../../src/provenance/sentence/chains.js';
import { attributionFootnote } from '../../../../src/provenance/sentence/footnote.js';
import { attributionSentence } from '../../../../src/provenance/sentence/sentence.js';
import { computeStanding } from '../../../../src/provenance/standing/standing.js';
import { effort } from '../../../support/effort.js';
import { claims } from '../random.js';

const RUNS = { numRuns: effort(300, 3_000) };

it.each([false, true])('any claim is told in one sentence and in a footnote (circles: %s)', (cyclic) => {
  fc.assert(
    fc.property(claims(cyclic), (graph) => {
      const weighed = computeStanding(graph);
      for (const words of [attributionSentence('It rained.', weighed), attributionFootnote(weighed)]) {
        expect(words).toMatch(/^[\p{Lu}“].*[^.\s]\.$/u);
        expect(words).not.toMatch(/undefined|null|NaN|\s\s|\s[,;.]|,,|\(\)|by [,;.)]/);
      }
      const opposed = graph.attributions.some(
        ({ stance }, i) => weighed.analysis.counts[i] && opposes(stance),
      );
      expect(/this is (denied|disputed) by/.test(attributionSentence('It rained.', weighed))).toBe(opposed);
    }),
    RUNS,
  );
});

it.each([false, true])('each chain holds what relays what (circles: %s)', (cyclic) => {
  fc.assert(
    fc.property(claims(cyclic), (graph) => {
      const { analysis, tally } = computeStanding(graph);
      const { targets } = analysis.links;
      const size = graph.attributions.length;
      const relays = (at: number, other: number) =>
        targets[at]!.some((node) => node === other || (node >= size && targets[node]!.includes(other)));
      for (const { cited, relayers } of chainsOf(analysis, tally, 3)) {
        for (const [i, at] of cited.slice(1).entries()) expect(relays(cited[i]!, at)).toBe(true);
        for (const { at, further } of relayers) {
          expect(relays(at, cited[0]!)).toBe(true);
          let below = [at];
          for (const level of further) {
            for (const above of level) expect(below.some((each) => relays(above, each))).toBe(true);
            below = level;
          }
        }
      }
    }),
    RUNS,
  );
});
