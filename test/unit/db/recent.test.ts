import { expect, it } from 'vitest';
import { Recent } from '../../../src/db/recent.js';

it('Recent: keeps what is asked for, and at least as many others as it is told to', () => {
  const recent = new Recent<number>(3);
  for (let i = 0; i < 9; i++) {
    recent.set(`${i}`, i);
    expect(recent.get('0')).toBe(0);
    expect(recent.get(`${Math.max(0, i - 1)}`)).toBe(Math.max(0, i - 1));
  }
  expect(recent.get('2')).toBeUndefined();
  recent.clear();
  expect(['0', '8'].map((key) => recent.get(key))).toEqual([undefined, undefined]);
});
