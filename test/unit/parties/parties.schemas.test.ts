import { describe, expect, it } from 'vitest';
import { PartyInput } from '../../../src/parties/parties.schemas.js';
import { inputCodes } from '../../support/inputs.js';

describe('PartyInput', () => {
  const unnamed = { kind: 'other', name: 'Some officials', unnamed: true };
  const wrong: [body: object, faults: string[]][] = [
    [{ kind: 'army', nmae: 'x' }, ['/kind invalid_value', '/nmae unknown_member']],
    [{ name: null, kind: null }, ['/kind invalid_value', '/name invalid_type']],
    [{ ...unnamed, unnamed: false, count: { min: 2 } }, ['/count count_of_named']],
    [{ ...unnamed, count: { min: 3, max: 2 } }, ['/count/min invalid_value']],
    [{ ...unnamed, count: { min: -1 } }, ['/count/min too_small']],
    [{ ...unnamed, count: { max: 0.5 } }, ['/count/max invalid_type']],
    [{ ...unnamed, count: [] }, ['/count invalid_type']],
    [{ ...unnamed, names: 'x' }, ['/names invalid_type']],
    [{ ...unnamed, names: [{ name: 'x', kind: 'nickname' }] }, ['/names/0/kind invalid_value']],
    [{ ...unnamed, country: 'af' }, ['/country invalid_country']],
    [{ ...unnamed, toString: { a: 1 } }, ['/toString unknown_member']],
  ];
  it.each(wrong)('refuses %j with a fault for each place', (body, faults) => {
    expect(inputCodes(PartyInput, body)).toEqual(faults);
  });

  it('takes a count of an unnamed party, open at either end', () => {
    for (const count of [
      { min: 2, max: null },
      { min: null, max: 5 },
      { min: 2, max: 2 },
    ]) {
      expect(PartyInput.parse({ ...unnamed, count }).count).toEqual(count);
    }
  });
});
