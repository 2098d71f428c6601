import { isDeepStrictEqual } from 'node:util';
import { keyDocument } from '../auth/auth.service.js';
import { allKeys } from '../auth/auth.store.js';
import type { Tx } from '../db/store/store.js';
import type { Report } from './rebuild.js';
import { newestKeyVersions } from './verify.store.js';

/** Compares API keys with their newest versions in the history: scopes, holders, ends and digests of secrets. */
export async function verifyKeys(tx: Tx, report: Report): Promise<void> {
  const recorded = new Map<string, Record<string, unknown>>();
  for (const { object_id, doc } of await newestKeyVersions(tx)) recorded.set(object_id, JSON.parse(doc));
  for (const row of await allKeys(tx)) {
    const should = recorded.get(row.id);
    recorded.delete(row.id);
    if (!should) {
      report(`api_keys ${row.id}: is there; the history does not have it`);
      continue;
    }
    for (const [member, value] of Object.entries(keyDocument(row))) {
      if (isDeepStrictEqual(value, should[member])) continue;
      const [is, made] = [value, should[member]].map((one) => JSON.stringify(one));
      // A report may be passed on; digests of secrets stay in the database.
      const told =
        member === 'secret_hash' ? 'differs from the history' : `is ${is}, the history makes ${made}`;
      report(`api_keys ${row.id}: ${member} ${told}`);
    }
  }
  for (const id of recorded.keys()) report(`api_keys ${id}: is missing; the history has it`);
}
