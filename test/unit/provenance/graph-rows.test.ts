import { describe, expect, it } from 'vitest';
import { isLarge, noRows, onlyGraph } from '../../../src/provenance/graph-rows.js';

const text = 'x'.repeat(150_000);
const said = { about: 'claim_1', rows: text };

describe('rows', () => {
  it('of a claim of which nothing is said are few', () => {
    expect(isLarge(noRows('claim_1'))).toBe(false);
  });

  it.each(['parties', 'sources', 'derivations'] as const)(
    'of %s alone can be too many for the event loop',
    (name) => {
      expect(isLarge({ ...noRows('claim_1'), [name]: [text] })).toBe(false);
      expect(isLarge({ ...noRows('claim_1'), [name]: [text, text] })).toBe(true);
    },
  );

  it.each(['attributions', 'about_sources'] as const)('of %s alone can be, too', (name) => {
    expect(isLarge({ ...noRows('claim_1'), [name]: [said] })).toBe(false);
    expect(isLarge({ ...noRows('claim_1'), [name]: [said, said] })).toBe(true);
  });

  it('are counted together', () => {
    expect(isLarge({ ...noRows('claim_1'), attributions: [said], parties: [text] })).toBe(true);
  });
});

describe('what an attribution relays', () => {
  const row = (id: string, relays: string | null) =>
    [id, null, 'party_1', 'reports', 'relays', null, null, null, null, 0, relays] as const;

  it('stands in the order of ids, however the engine tells it', () => {
    const rows = JSON.stringify([row('c', 'b,a'), row('b', 'a'), row('a', null)]);
    const { graph } = onlyGraph({ ...noRows('claim_1'), attributions: [{ about: 'claim_1', rows }] });
    expect(graph.attributions.map(({ id, relays }) => [id, ...relays])).toEqual([
      ['a'],
      ['b', 'a'],
      ['c', 'a', 'b'],
    ]);
  });
});
