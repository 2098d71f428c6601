import { describe, expect, it } from 'vitest';
import { unknownReference } from '../../../src/register/resolve.js';

describe('unknownReference', () => {
  it('names the noun and the reference, of which it repeats 100 characters', () => {
    expect(unknownReference('party', 'nobody')).toBe(
      'no party "nobody" in the register; give the id or key of one that exists',
    );
    expect(unknownReference('source', 'x'.repeat(300))).toContain(`no source "${'x'.repeat(100)}" in`);
  });
});
