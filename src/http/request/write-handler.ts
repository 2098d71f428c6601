import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Store, Tx } from '../../db/store/store.js';
import type { Change } from '../../lib/change.js';
import type { Clock } from '../../lib/clock.js';
import { ApiError } from '../../lib/errors.js';
import { textFault } from '../../lib/text.js';
import { JSON_TYPE } from '../response/media.js';
import { type Answer, findAnswer, idempotencyKeyOf, keepAnswer } from './idempotency.store.js';
import { inLine, isLong } from './write-line.js';

export interface WriteContext {
  store: Store;
  clock: Clock;
  /** Milliseconds for which a write may keep others waiting; left out, those of a service. */
  writeMs?: number | undefined;
}

const WRITE_MS = 30_000;

/**
 * Runs a write request in one transaction. It is undone when the client hangs up before it is committed, since
 * nobody learns of it, and when it takes too long.
 */
async function write<T>(
  { store, clock, writeMs = WRITE_MS }: WriteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  fn: (tx: Tx, at: string) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const hangUp = () => ending.abort(clientGone());
  let timer: NodeJS.Timeout | undefined;
  if (reply.raw.destroyed) hangUp();
  reply.raw.once('close', hangUp);
  const writing = () =>
    store.write(
      (tx, at) => {
        clearTimeout(timer);
        timer = setTimeout(() => ending.abort(tooLong(writeMs)), writeMs);
        return fn(tx, at);
      },
      clock(),
      ending.signal,
    );
  try {
    return await (isLong(request) ? inLine(store, writing) : writing());
  } finally {
    clearTimeout(timer);
    reply.raw.off('close', hangUp);
  }
}

/** Nobody reads it. */
const clientGone = () =>
  new ApiError('unavailable', 'The client hung up; nothing was written.', [], {}, { 'retry-after': '1' });

const tooLong = (ms: number) =>
  new ApiError(
    'body_too_large',
    `This takes longer than ${ms / 1_000} s to write, so nothing was written; send it in several requests.`,
  );

/**
 * Runs a write request in one transaction: the change, its history and the answer to replay commit together
 * or not at all.
 */
export async function handleWrite(
  writing: WriteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  fn: (tx: Tx, change: Change) => Promise<Answer>,
): Promise<FastifyReply> {
  const changing = changeOf(request);
  const idempotency = idempotencyKeyOf(request);
  let replayed = false;
  const answer = await write(writing, request, reply, async (tx, at) => {
    const change = { ...changing, at };
    const before = idempotency && (await findAnswer(tx, change, idempotency));
    replayed = before !== null;
    if (before) return before;
    const fresh = await fn(tx, change);
    if (idempotency) await keepAnswer(tx, change, idempotency, fresh);
    return fresh;
  });
  reply.code(answer.status).headers(answer.headers).header('cache-control', 'private, no-cache');
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (answer.body === '') return reply.send();
  return reply.type(JSON_TYPE).send(answer.body);
}

/** Does all that a write would do, and undoes it: to see what would come of it. */
export async function dryRun<T>(
  writing: WriteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  fn: (tx: Tx, change: Change) => Promise<T>,
): Promise<T> {
  const change = changeOf(request);
  idempotencyKeyOf(request);
  /** Ends the transaction without a commit, and brings out what was found in it. */
  class Undo extends Error {
    constructor(readonly value: T) {
      super('a dry run leaves nothing behind');
    }
  }
  try {
    return await write<never>(writing, request, reply, async (tx, at) => {
      throw new Undo(await fn(tx, { ...change, at }));
    });
  } catch (error) {
    if (error instanceof Undo) return error.value;
    throw error;
  }
}

function changeOf(request: FastifyRequest): Omit<Change, 'at'> {
  const actor = request.actor;
  if (!actor) throw new Error('a write route must demand a key');
  return {
    actor: actor.id,
    onBehalfOf: actor.onBehalfOf,
    reason: reasonOf(request.headers['change-reason']),
    requestId: request.id,
  };
}

/** `Change-Reason`: percent-encoded UTF-8, since headers carry ASCII only. */
function reasonOf(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const refuse = (detail: string) =>
    new ApiError('invalid_header', `Change-Reason: ${detail}`, [
      { parameter: 'Change-Reason', code: 'invalid_header', detail },
    ]);
  let reason: string;
  if (/[^\x20-\x7e]/.test(String(header))) throw refuse('percent-encode what is not ASCII, as UTF-8');
  try {
    reason = decodeURIComponent(String(header));
  } catch {
    throw refuse('not valid percent-encoded UTF-8; write % as %25');
  }
  const fault = textFault(reason, { max: 1_000 });
  if (fault) throw refuse(fault.detail);
  return reason;
}
