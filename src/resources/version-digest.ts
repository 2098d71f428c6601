import { hash } from 'node:crypto';
import type { Version } from './resources.store.js';

/** Covers everything that a version holds and its place in the history, so that `verify` notices a change of any bit. */
export function versionDigest(version: Omit<Version, 'digest'>): string {
  const { seq, noun, object_id, operation, recorded_at, actor, on_behalf_of, reason, request_id } = version;
  const content = [
    seq,
    noun,
    object_id,
    version.version,
    operation,
    recorded_at,
    actor,
    on_behalf_of,
    reason,
    request_id,
    version.doc,
  ];
  return hash('sha256', JSON.stringify(content), 'base64url');
}

export const withDigest = (version: Omit<Version, 'digest'>): Version => ({
  ...version,
  digest: versionDigest(version),
});
