import type { Store, Tx } from '../db/store/store.js';
import type { Scope } from '../http/openapi/operation.js';
import type { Actor } from '../http/server/guard.js';
import type { Change } from '../lib/change.js';
import type { Clock } from '../lib/clock.js';
import { ApiError, validationError } from '../lib/errors.js';
import { type Ids, isId } from '../lib/ids.js';
import { type Operation, recordVersions } from '../resources/resources.store.js';
import type { KeyInput } from './auth.schemas.js';
import { allKeys, findKey, insertKey, type KeyRow, markRevoked } from './auth.store.js';
import { isSecret, keyText, newSecret, parseKey, secretHash } from './key.js';

const scopesOf = (row: KeyRow): Scope[] => row.scopes.split(' ') as Scope[];

const viewOf = (row: KeyRow) => ({
  id: row.id,
  name: row.name,
  scopes: scopesOf(row),
  on_behalf_of: row.on_behalf_of,
  created_at: row.created_at,
  expires_at: row.expires_at,
  revoked_at: row.revoked_at,
});

/** Stands in for the digest of a key that does not exist, so that both answers take the same time. */
const NOBODY = secretHash('');

/** The holder of a key that is valid now; looked up each time, so that a revocation works at once. */
export const authenticator =
  (store: Store, clock: Clock) =>
  async (text: string): Promise<Actor | null> => {
    const parsed = parseKey(text);
    const row = parsed && (await store.read((tx) => findKey(tx, parsed.id)));
    const right = isSecret(parsed?.secret ?? '-', row?.secret_hash ?? NOBODY);
    if (!row || !right || row.revoked_at !== null) return null;
    if (row.expires_at !== null && row.expires_at <= clock()) return null;
    const { id, name, on_behalf_of: onBehalfOf, expires_at: expiresAt } = row;
    return { id, name, onBehalfOf, scopes: scopesOf(row), expiresAt };
  };

export async function createKey(tx: Tx, change: Change, ids: Ids, input: KeyInput) {
  const { at } = change;
  const expires_at = input.expires_at === null ? null : new Date(input.expires_at).toISOString();
  if (expires_at !== null && expires_at <= at) {
    throw validationError([
      { pointer: '/expires_at', code: 'in_the_past', detail: 'the key would be expired already' },
    ]);
  }
  const secret = newSecret();
  const row: KeyRow = {
    id: ids('apikey'),
    name: input.name,
    secret_hash: secretHash(secret),
    scopes: input.scopes.join(' '),
    on_behalf_of: input.on_behalf_of,
    created_at: at,
    expires_at,
    revoked_at: null,
  };
  await insertKey(tx, row);
  await recordKey(tx, change, 'create', 1, row);
  return { ...viewOf(row), key: keyText(row.id, secret) };
}

export const listKeys = async (tx: Tx) => (await allKeys(tx)).map(viewOf);

/** Revokes a key for good; revoking it again changes nothing. */
export async function revokeKey(tx: Tx, change: Change, id: string): Promise<void> {
  const row = isId('apikey', id) ? await findKey(tx, id) : null;
  if (!row) throw new ApiError('not_found', 'There is no such key.');
  if (row.revoked_at !== null) return;
  await markRevoked(tx, id, change.at);
  await recordKey(tx, change, 'remove', 2, { ...row, revoked_at: change.at });
}

/** What the history tells of a key: all of it, so that `verify` notices any change. No route shows these versions. */
export const keyDocument = (row: KeyRow) => ({ ...viewOf(row), secret_hash: row.secret_hash });

const recordKey = (tx: Tx, change: Change, operation: Operation, version: number, row: KeyRow) =>
  recordVersions(tx, change, [
    { noun: 'apikey', operation, id: row.id, version, doc: JSON.stringify(keyDocument(row)) },
  ]);
