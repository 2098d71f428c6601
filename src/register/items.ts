import type { Tx } from '../db/store.js';
import { check } from '../http/check.js';
import { names, type Precondition, requireMatch } from '../http/conditional.js';
import type { Change } from '../lib/change.js';
import { bodyFailure, Failure, type Fault } from '../lib/errors.js';
import { isKey, slugOf } from '../lib/ids.js';
import { get, goneFailure, locate, notFound } from './find.js';
import { withUnknownReferences } from './loose-references.js';
import { mergePatch } from './merge-patch.js';
import type { Noun, Stored } from './noun.js';
import type { NounService } from './service.js';
import { type ShownWarning, shownWarnings } from './warnings.js';
import { immutableKey } from './write.js';

/** A noun with what can be done to its objects. */
export interface Kind {
  noun: Noun;
  service: NounService;
}

/** What a write did: 201 created, 200 changed or left alone, 204 removed. */
export interface Written {
  status: 200 | 201 | 204;
  id: string;
  key: string | null;
  /** The version that the object has now; of a removed one, that of its tombstone. */
  version: number;
  warnings: ShownWarning[];
}

type Keyed = { key?: string | null };

/** Says of an object what was done to it and, of what was sent, what is probably a slip. */
async function written(
  tx: Tx,
  { service }: Kind,
  status: Written['status'],
  stored: Stored,
  input: object,
): Promise<Written> {
  const { id, key, version } = stored;
  const warnings = (await service.warnings?.(tx, stored, input)) ?? [];
  return { status, id, key, version, warnings: await shownWarnings(tx, warnings) };
}

export async function createItem(tx: Tx, change: Change, kind: Kind, body: object): Promise<Written> {
  return written(tx, kind, 201, await kind.service.create(tx, change, body), body);
}

/** On a key: creates, replaces, or leaves an equal object alone. On what was removed: restores it. */
export async function putItem(
  tx: Tx,
  change: Change,
  kind: Kind,
  reference: string,
  body: Keyed,
  precondition: Precondition,
): Promise<Written> {
  const { noun, service } = kind;
  const found = await locate(tx, noun, reference);
  if (found.state === 'unknown') {
    if (!found.byKey) throw await notFound(tx, noun, reference);
    if (!isKey(reference)) throw notAKey(reference);
    if (precondition.match !== null) {
      throw new Failure(
        'precondition_failed',
        `There is no ${noun.name} "${reference}" that If-Match could match.`,
      );
    }
    if (body.key != null && body.key !== reference) {
      throw bodyFailure([
        { pointer: '/key', code: 'key_mismatch', detail: `the address says "${reference}"` },
      ]);
    }
    return createItem(tx, change, kind, { ...body, key: reference });
  }
  if (found.state === 'removed') {
    const { removal } = found;
    const named = Array.isArray(precondition.match) && precondition.match.includes(removal.version);
    if (!named) throw goneFailure(noun, removal);
    return written(tx, kind, 200, await service.restore(tx, change, removal, body), body);
  }
  if (precondition.absent) {
    throw new Failure('precondition_failed', `The ${noun.name} exists; If-None-Match: * only creates.`);
  }
  const { version } = found.stored;
  if (precondition.match !== null) requireMatch(precondition, version);
  const { stored, changed } = await service.update(tx, change, found.stored, body);
  if (changed && precondition.match === null) {
    throw new Failure(
      'precondition_required',
      `${noun.name} \`${found.stored.key ?? found.stored.id}\` exists already (version ${version}) with other content; ` +
        `to replace it send If-Match "${version}".`,
    );
  }
  if (changed && !names(precondition, version)) requireMatch(precondition, version);
  return written(tx, kind, 200, stored, body);
}

const notAKey = (reference: string): Failure => {
  const example = slugOf(reference);
  const hint = example === '' ? '' : `: \`${example}\``;
  return new Failure('not_found', `Keys are lower case letters, digits and hyphens${hint}.`);
};

/** A merge patch on the input form. `complete` may change the whole form before it is written. */
export async function patchItem(
  tx: Tx,
  change: Change,
  kind: Kind,
  reference: string,
  body: Record<string, unknown>,
  precondition: Precondition,
  complete: (input: object) => object = (input) => input,
): Promise<Written> {
  const { noun, service } = kind;
  const found = await get(tx, noun, reference);
  requireMatch(precondition, found.version);
  if ('key' in body && found.key !== null && body.key !== found.key)
    throw bodyFailure([immutableKey(found.key)]);
  const [before] = await service.inputs(tx, [found]);
  const patched = mergePatch(before, body) as Record<string, unknown>;
  const nulls = clearedUnknown(noun, mergePatch(before, body, { keepNulls: true }));
  for (const set of noun.sets ?? []) {
    if (!(set in body)) delete patched[set];
    else if (body[set] === null) patched[set] = [];
  }
  const merged = check(noun.input, patched);
  const faults = new Map([...nulls, ...(merged.success ? [] : merged.faults)].map((f) => [f.pointer, f]));
  if (!merged.success || faults.size > 0) {
    throw await withUnknownReferences(tx, kind, patched, bodyFailure([...faults.values()]));
  }
  const input = complete(merged.data);
  return written(tx, kind, 200, (await service.update(tx, change, found, input)).stored, input);
}

/** Members that there are not, or that are computed: a merge patch that clears them leaves nothing to be seen of it. */
function clearedUnknown(noun: Noun, withNulls: unknown): Fault[] {
  const result = check(noun.input, withNulls);
  return result.success ? [] : result.faults.filter(({ code }) => code === 'unknown_member');
}

export async function removeItem(
  tx: Tx,
  change: Change,
  { noun, service }: Kind,
  reference: string,
  precondition: Precondition,
): Promise<Written> {
  const stored = await get(tx, noun, reference);
  requireMatch(precondition, stored.version);
  await service.remove(tx, change, stored);
  const { id, key, version } = stored;
  return { status: 204, id, key, version: version + 1, warnings: [] };
}
