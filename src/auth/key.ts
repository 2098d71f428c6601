import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** API keys: `att_<id>_<secret><checksum>`, all lower case. The register stores a digest of the secret. */

const pattern = /^att_([0-9a-hjkmnp-tv-z]{26})_([0-9a-f]{64})([0-9a-f]{8})$/;

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** A new secret of 256 random bits, as hexadecimal digits. */
export const newSecret = (): string => randomBytes(32).toString('hex');

/** The key as its holder sends it. */
export function keyText(id: string, secret: string): string {
  const body = `att_${id.replace('apikey_', '')}_${secret}`;
  return body + checksum(body);
}

/** Takes a key apart; null for what is mistyped or no key at all. */
export function parseKey(text: string): { id: string; secret: string } | null {
  const [, id, secret, sum] = pattern.exec(text) ?? [];
  if (!id || !secret || checksum(`att_${id}_${secret}`) !== sum) return null;
  return { id: `apikey_${id}`, secret };
}

/** A plain digest will do: the secret is random, so there is nothing to guess. */
export const secretHash = (secret: string): string => hash('sha256', secret);

export const isSecret = (secret: string, stored: string): boolean =>
  timingSafeEqual(Buffer.from(secretHash(secret)), Buffer.from(stored));
