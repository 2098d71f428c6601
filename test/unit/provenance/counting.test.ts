import { describe, expect, it } from 'vitest';
import { countingOf } from '../../../src/provenance/counting.js';
import { build } from './build.js';

describe('countingOf', () => {
  it.each([
    ['what nobody takes back counts', 'a un asserts\nb us denies', 'a b'],
    ['what its party takes back does not', 'a un asserts\nx un retracts re:a', 'x'],
    ['a denial can be taken back too', 'a un denies\nx un retracts re:a', 'x'],
    ['another party cannot take it back', 'a un asserts\nx us retracts re:a', 'a x'],
    ['only a retraction takes back, not a denial', 'a un asserts\nx un denies re:a\ny us retracts', 'a x y'],
    ['a retraction of nothing takes nothing back', 'a un asserts\nx un retracts', 'a x'],
    ['nor does one of what is not recorded', 'a un asserts\nx un retracts re:gone', 'a x'],
    ['nor one of itself', 'a un asserts\nx un retracts re:x', 'a x'],
    ['two retractions take back as one does', 'a un asserts\nx un retracts re:a\ny un retracts re:a', 'x y'],
    [
      'a retraction that was taken back takes nothing back',
      'a un asserts\nx un retracts re:a\ny un retracts re:x',
      'a y',
    ],
    [
      'and one more turns it round again',
      'z un retracts re:y\na un asserts\nx un retracts re:a\ny un retracts re:x',
      'z x',
    ],
    [
      'one of two retractions taken back leaves the other',
      'a un asserts\nx un retracts re:a\ny un retracts re:a\nz un retracts re:x',
      'y z',
    ],
    ['retractions in a circle leave each other alone', 'x un retracts re:y\ny un retracts re:x', 'x y'],
    [
      'one from outside takes back its target alone, which takes nothing back then',
      'x un retracts re:y\ny un retracts re:x\nz un retracts re:x',
      'y z',
    ],
  ])('%s', (_what, said, counting) => {
    const { attributions } = build({ said });
    const counts = countingOf(attributions);
    expect(
      attributions
        .filter((_, i) => counts[i])
        .map(({ id }) => id)
        .join(' '),
    ).toBe(counting);
  });
});
