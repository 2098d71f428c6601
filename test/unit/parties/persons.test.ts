import { describe, expect, it } from 'vitest';
import { PartyInput } from '../../../src/parties/parties.schemas.js';

const faults = (party: object) =>
  (PartyInput.safeParse({ kind: 'person', name: 'Jane Doe', ...party }).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('/')}: ${message}`,
  );

describe('PartyInput', () => {
  it('takes family name, given name and birth of a person', () => {
    expect(faults({ family_name: 'Doe', given_name: 'Jane', born: '1961~' })).toEqual([]);
    expect(faults({ family_name: 'Doe' })).toEqual([]);
    const { family_name, given_name, born } = PartyInput.parse({ kind: 'person', name: 'Jane Doe' });
    expect([family_name, given_name, born]).toEqual([null, null, null]);
  });

  it.each(['family_name', 'given_name', 'born'])('refuses %s of anybody who is no person', (member) => {
    const value = { [member]: member === 'born' ? '1961' : 'Doe', family_name: 'Doe' };
    expect(faults({ ...value, kind: 'organization' })).toContainEqual(
      `${member}: only a person has a ${member}; leave it out, or set kind to person`,
    );
  });

  it('refuses a given name without a family name, and a birth that is no date', () => {
    expect(faults({ given_name: 'Jane' })).toEqual([
      'given_name: a given name alone sorts nowhere; add family_name, or leave both out',
    ]);
    expect(faults({ born: 'May 1961' })[0]).toMatch(/^born: /);
  });
});
