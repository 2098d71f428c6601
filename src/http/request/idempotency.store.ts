import { hash } from 'node:crypto';
import { and, eq, gte, lt } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import type { Tx } from '../../db/store/store.js';
import type { Change } from '../../lib/change.js';
import { ApiError } from '../../lib/errors.js';

/** An answer as it is sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** JSON text; empty for 204. */
  body: string;
}

export interface IdempotencyKey {
  key: string;
  /** Digest of method, address and body: a key belongs to one request. */
  fingerprint: string;
}

/** How long an answer can be replayed. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;
const keptSince = (now: string): string => new Date(Date.parse(now) - KEPT_MS).toISOString();

/** The `Idempotency-Key` of a POST (draft-ietf-httpapi-idempotency-key-header), quoted or bare. */
export function idempotencyKeyOf(request: FastifyRequest): IdempotencyKey | null {
  const header = request.headers['idempotency-key'];
  if (header === undefined || request.method !== 'POST') return null;
  const form = /^(?:"([\x20\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/;
  const [, quoted, key = quoted] = form.exec(String(header)) ?? [];
  if (key === undefined) {
    const detail = 'Idempotency-Key: send 1–255 visible ASCII characters, such as a UUID';
    throw new ApiError('invalid_header', detail, [
      { parameter: 'Idempotency-Key', code: 'invalid_header', detail },
    ]);
  }
  const fingerprint = hash('sha256', `${request.method} ${request.url}\n${JSON.stringify(request.body)}`);
  return { key, fingerprint };
}

/** The answer given before under this key, if any. Throws when the key was used for another request. */
export async function findAnswer(
  tx: Tx,
  { actor, at }: Change,
  wanted: IdempotencyKey,
): Promise<Answer | null> {
  const { idempotency: t } = tx.tables;
  const [row] = await tx.db
    .select()
    .from(t)
    .where(and(eq(t.actor, actor), eq(t.idempotency_key, wanted.key), gte(t.created_at, keptSince(at))));
  if (!row) return null;
  if (row.fingerprint !== wanted.fingerprint) {
    throw new ApiError(
      'idempotency_mismatch',
      'This Idempotency-Key was used for another request; take a new one.',
    );
  }
  return { status: row.status, headers: JSON.parse(row.headers), body: row.body };
}

/** Keeps an answer for replays, in the transaction of the write that it answers, with the name of its request. */
export async function keepAnswer(
  tx: Tx,
  change: Change,
  used: IdempotencyKey,
  answer: Answer,
): Promise<void> {
  const { idempotency: t } = tx.tables;
  await tx.db.delete(t).where(lt(t.created_at, keptSince(change.at)));
  const row = {
    actor: change.actor,
    idempotency_key: used.key,
    fingerprint: used.fingerprint,
    status: answer.status,
    headers: JSON.stringify({ ...answer.headers, 'original-request': change.requestId }),
    body: answer.body,
    created_at: change.at,
  };
  await tx.db.insert(t).values({ ...row, digest: answerDigest(row) });
}

export type KeptAnswer = Tx['tables']['idempotency']['$inferSelect'];

/** Covers all that is kept of an answer, so that `verify` notices a change of any bit: nothing else tells it. */
export function answerDigest(row: Omit<KeptAnswer, 'digest'>): string {
  const { actor, idempotency_key, fingerprint, status, headers, body, created_at } = row;
  const content = [actor, idempotency_key, fingerprint, status, headers, body, created_at];
  return hash('sha256', JSON.stringify(content), 'base64url');
}
