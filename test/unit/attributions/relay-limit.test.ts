import { describe, expect, it } from 'vitest';
import { refuseTooManyRelays } from '../../../src/attributions/relay-limit.js';

/** So many attributions that relay all others, and as many more relays of the first. */
const circle = (size: number, more = 0) =>
  Array.from({ length: size }, (_, i) => ({ relays: Array(size - 1 + (i === 0 ? more : 0)).fill('x') }));
const refused = expect.objectContaining({
  faults: [expect.objectContaining({ pointer: '/attributions', code: 'too_many_relays' })],
});

describe('refuseTooManyRelays', () => {
  it('takes 390 attributions that relay each other, and 160,000 relays', () => {
    refuseTooManyRelays(circle(390));
    refuseTooManyRelays(circle(400, 400));
    refuseTooManyRelays([{}, null]);
  });

  it('refuses one more', () => {
    expect(() => refuseTooManyRelays(circle(400, 401))).toThrow(refused);
  });

  it('lets a set that had more become smaller, not as large or larger', () => {
    const before = () => circle(500);
    refuseTooManyRelays(circle(499), before);
    expect(() => refuseTooManyRelays(circle(500), before)).toThrow(refused);
    expect(() => refuseTooManyRelays(circle(501), before)).toThrow(refused);
  });
});
