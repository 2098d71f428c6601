import { referencesTo } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { only } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { type Duplicate, duplicateWarnings, type ShownDuplicate, toldDuplicates } from './duplicates.js';
import type { ResourceRow } from './resource-type.js';
import type { Resource, ResourceService } from './service.js';
import { type ShownWarning, toldWarnings, type Warning } from './warnings.js';
import { type WorkDone, workOf } from './work.js';

/** What writes tell of the objects that they wrote. */

/** What a write did: 201 created, 200 changed or left alone, 204 removed. */
export interface Written {
  status: 200 | 201 | 204;
  id: string;
  key: string | null;
  /** The version that the object has now; of a removed one, that of its tombstone. */
  version: number;
  warnings: ShownWarning[];
  /** Others that may be the same. */
  duplicates: ShownDuplicate[];
}

/** Tells what a write did to an object, with warnings about what was sent. */
export async function written(
  tx: Tx,
  { service }: Resource,
  status: Written['status'],
  stored: ResourceRow,
  input: object,
): Promise<Written> {
  return only(await named(tx, [await judged(tx, service, status, stored, input)]));
}

export interface Creating {
  /** `reject` refuses an object that may be in the register already. */
  ifSimilar?: 'reject' | undefined;
}

/** What is told of one of several objects: with the input that it was made from, and whether it was not in the register before. */
export type Told =
  | { status: 204; stored: ResourceRow }
  | ({ status: 200 | 201; stored: ResourceRow; input: object; isNew: boolean } & Creating);

/** Ends a write of several objects of which one is refused for what is told of it. */
export class Refused extends Error {
  override name = 'Refused';
  /**
   * @param good how many before it are not refused
   * @param first what is told of those with which the write begins, where these are refused, and the work that this took
   */
  constructor(
    readonly good: number,
    readonly first: readonly Written[],
    readonly work: WorkDone,
  ) {
    super();
  }
}

/** Tells what writes did to several objects, one after the other. Throws `Refused` where one is refused for what is told of it. */
export async function writtenAll(
  tx: Tx,
  { service }: Resource,
  all: readonly Told[],
  isRefused: (how: Creating, one: { status: number; duplicates: readonly unknown[] }) => boolean,
): Promise<Written[]> {
  const kept = all.flatMap((told) => (told.status === 204 ? [] : told));
  if (kept.length > 1) await service.lookAhead?.(tx, kept);
  const results: Judged[] = [];
  // Nothing would be left of them: to those behind them they are what came later.
  const refused: Judged[] = [];
  const later = new Set(all.flatMap((told) => (told.status !== 204 && told.isNew ? told.stored.id : [])));
  for (const told of all) {
    const { status, stored } = told;
    const work = workOf(tx);
    later.delete(stored.id);
    const result =
      status === 204 ? removed(stored) : await judged(tx, service, status, stored, told.input, later);
    if (status === 204 || !isRefused(told, result)) {
      if (refused.length > 0) throw new Refused(0, await named(tx, refused), work);
      results.push(result);
      continue;
    }
    if (results.length > 0) throw new Refused(results.length, [], work);
    refused.push(result);
    later.add(stored.id);
  }
  if (refused.length > 0) throw new Refused(0, await named(tx, refused), workOf(tx));
  return named(tx, results);
}

/** What a removal did to an object. */
export const removed = ({ id, key, version }: ResourceRow) =>
  ({ status: 204, id, key, version: version + 1, warnings: [], duplicates: [] }) satisfies Written;

/** Doubts about what was written, of which the objects are still to be named. */
interface Doubts {
  warnings: Warning[];
  duplicates: Duplicate[];
}

type Judged = Omit<Written, keyof Doubts> & Doubts;

async function judged(
  tx: Tx,
  service: ResourceService,
  status: Written['status'],
  stored: ResourceRow,
  input: object,
  /** Ids of objects that came after it. */
  later: ReadonlySet<string> = new Set(),
): Promise<Judged> {
  const found = (await service.duplicates?.(tx, stored, later)) ?? [];
  const duplicates = found.filter(({ id }) => !later.has(id));
  const warnings = [
    ...((await service.warnings?.(tx, stored, input)) ?? []),
    ...duplicateWarnings(duplicates),
  ];
  const { id, key, version } = stored;
  return {
    ...{ status, id, key, version },
    warnings: toldWarnings(warnings),
    duplicates: toldDuplicates(duplicates),
  };
}

/** Warnings with the names of their objects, as far as they are told. */
export async function shownWarnings(tx: Tx, warnings: readonly Warning[]): Promise<ShownWarning[]> {
  return only(await named(tx, [{ warnings: toldWarnings(warnings), duplicates: [] }])).warnings;
}

type Named<One> = Omit<One, keyof Doubts> & Pick<Written, keyof Doubts>;

/** Looks the names of all objects up at once. */
async function named<One extends Doubts>(tx: Tx, all: readonly One[]): Promise<Named<One>[]> {
  const nameOf = ({ noun, id }: { noun: ResourceName; id: string }) => `${noun}:${id}`;
  const names = all.flatMap(({ warnings, duplicates }) => [
    ...warnings.flatMap(({ objects }) => objects.map(nameOf)),
    ...duplicates.map(nameOf),
  ]);
  const reference = await referencesTo(tx, names);
  return all.map(({ warnings, duplicates, ...one }) => ({
    ...one,
    warnings: warnings.map((warning) => ({
      ...warning,
      objects: warning.objects.map((object) => reference(nameOf(object))),
    })),
    duplicates: duplicates.map((other) => ({ object: reference(nameOf(other)), reasons: other.reasons })),
  }));
}
