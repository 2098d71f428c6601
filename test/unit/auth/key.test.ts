import { describe, expect, it } from 'vitest';
import { isSecret, keyText, newSecret, parseKey, secretHash } from '../../../src/auth/key.js';

const id = 'apikey_01kahw2v9wfyy9k9vz3n2xq5ra';
const secret = '0123456789abcdef'.repeat(4);
const key = keyText(id, secret);
const otherThan = (character: string) => (character === '0' ? '1' : '0');

describe('keyText', () => {
  it('is att_, the id, the secret and a checksum, and can be taken apart', () => {
    expect(key).toMatch(/^att_[0-9a-z]{26}_[0-9a-f]{72}$/);
    expect(parseKey(key)).toEqual({ id, secret });
  });
});

describe('newSecret', () => {
  it('is 256 bits that are never the same', () => {
    const made = Array.from({ length: 100 }, newSecret);
    expect(made.every((one) => /^[0-9a-f]{64}$/.test(one))).toBe(true);
    expect(new Set(made).size).toBe(100);
  });
});

describe('parseKey', () => {
  it('is null for a key with any character changed', () => {
    for (let i = 0; i < key.length; i++) {
      const changed = key.slice(0, i) + otherThan(key[i]!) + key.slice(i + 1);
      expect(parseKey(changed), String(i)).toBeNull();
    }
  });

  it.each([
    ['nothing', ''],
    ['a longer key', `${key}0`],
    ['a shorter key', key.slice(0, -1)],
    ['capitals', key.toUpperCase()],
    ['another prefix', key.replace('att_', 'clm_')],
    ['the id alone', key.split('_').slice(0, 2).join('_')],
    ['a line break after it', `${key}\n`],
    ['two keys', `${key},${key}`],
    ['an unsigned JWT', 'eyJhbGciOiJub25lIn0.eyJzY29wZSI6ImFkbWluIn0.'],
    ['SQL', "att_' or 1=1 --"],
    ['a word of JavaScript', '__proto__'],
  ])('is null for %s', (_, text) => {
    expect(parseKey(text)).toBeNull();
  });
});

describe('isSecret', () => {
  it('compares with the digest, which is not the secret', () => {
    const stored = secretHash(secret);
    expect(stored).not.toContain(secret);
    expect(isSecret(secret, stored)).toBe(true);
    expect(isSecret('', stored)).toBe(false);
  });

  it('is false for a secret with any character changed, also the last', () => {
    const stored = secretHash(secret);
    for (let i = 0; i < secret.length; i++) {
      const changed = secret.slice(0, i) + otherThan(secret[i]!) + secret.slice(i + 1);
      expect(isSecret(changed, stored), String(i)).toBe(false);
    }
  });
});
