import type { Tx } from '../db/store/store.js';
import { type Precondition, requireMatch } from '../http/request/conditional.js';
import { problems } from '../http/response/problem.js';
import { check } from '../http/validation/check.js';
import type { Change } from '../lib/change.js';
import { only } from '../lib/collections.js';
import { ApiError, validationError } from '../lib/errors.js';
import { inputOf } from './documents.js';
import { locate, mergedError, notFound } from './find.js';
import { documentNow } from './originals.store.js';
import { changeAll, restoreAll } from './plans.js';
import type { ResourceType } from './resource-type.js';
import { isGone, type Version } from './resources.store.js';
import { type Resource, WITH_ALONG } from './service.js';
import { versionOf } from './versions.store.js';
import { type Written, written } from './written.js';

/** Makes an object what it was in a version, as a new version. A removed one comes back as it was then. */
export async function revertItem(
  tx: Tx,
  change: Change,
  kind: Resource,
  reference: string,
  to: number,
  precondition: Precondition,
): Promise<Written> {
  const { noun } = kind;
  const found = await locate(tx, noun, reference);
  if (found.state === 'unknown') throw await notFound(tx, noun, reference);
  if (found.state === 'merged') throw await mergedError(tx, noun, reference, found.into);
  const [id, version] =
    found.state === 'live'
      ? [found.stored.id, found.stored.version]
      : [found.removal.object_id, found.removal.version];
  requireMatch(precondition, version);
  const target = await versionOf(tx, noun.name, id, to);
  if (!target) throw notAVersion(`there are versions 1 to ${version}`, 'unknown_version');
  if (isGone(target.operation)) {
    const what = target.operation === 'merge' ? 'a merge' : 'a removal; DELETE removes the object';
    throw notAVersion(`version ${to} is ${what}`, 'removed_version');
  }
  const why = { ...change, reason: change.reason ?? `Reverted to version ${to}.` };
  const { stored, input } = await conflicting(`version ${to}`, '/to_version', async () => {
    const input = inputIn(noun, { doc: await documentNow(tx, noun.name, target) });
    const stored =
      found.state === 'live'
        ? only(await changeAll(tx, why, kind, [{ stored: found.stored, input }])).stored
        : only(await restoreAll(tx, why, kind, [{ removal: found.removal, input }], WITH_ALONG));
    return { stored, input };
  });
  return written(tx, kind, 200, stored, input);
}

const notAVersion = (detail: string, code: string) =>
  validationError([{ pointer: '/to_version', code, detail }]);

/**
 * The input form that makes the object what it is in this version. Members that came later have what is given
 * where they are left out. Throws a failure of the body for what the rules of now refuse.
 */
export function inputIn(noun: ResourceType, { doc }: Pick<Version, 'doc'>): object {
  const result = check(
    noun.input,
    inputOf(noun, doc, (_noun, id) => id),
  );
  if (result.success) return result.data;
  throw validationError(result.faults);
}

/** Says of what cannot be done what it would restore: a 409, in which a place of the input form is part of the detail. */
export async function conflicting<T>(what: string, pointer: string | null, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    if (!(error instanceof ApiError) || problems[error.code].status >= 500) throw error;
    const { message, code, faults, extra } = error;
    const all = faults.length > 0 ? faults : [{ code, detail: message }];
    throw new ApiError(
      'revert_conflict',
      `Nothing was reverted. ${what}: ${message}`,
      all.map((fault) => ({
        ...(pointer !== null && { pointer }),
        code: fault.code,
        detail: `${what}${fault.pointer ? `, ${fault.pointer}` : ''}: ${fault.detail}`,
      })),
      extra,
    );
  }
}
