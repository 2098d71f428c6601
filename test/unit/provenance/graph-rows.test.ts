import { describe, expect, it } from 'vitest';
import { isLarge, noRows } from '../../../src/provenance/graph-rows.js';

const text = 'x'.repeat(150_000);

describe('rows', () => {
  it('of a claim of which nothing is said are few', () => {
    expect(isLarge(noRows('claim_1'))).toBe(false);
  });

  it.each(['attributions', 'about_sources', 'parties', 'sources', 'derivations'] as const)(
    'of %s alone can be too many for the event loop',
    (name) => {
      expect(isLarge({ ...noRows('claim_1'), [name]: [text] })).toBe(false);
      expect(isLarge({ ...noRows('claim_1'), [name]: [text, text] })).toBe(true);
    },
  );

  it('are counted together', () => {
    expect(isLarge({ ...noRows('claim_1'), attributions: [text], parties: [text] })).toBe(true);
  });
});
