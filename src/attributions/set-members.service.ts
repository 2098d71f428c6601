import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { FieldError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import type { LocalIds } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { idsOfKeys, type Version } from '../resources/resources.store.js';
import { newestVersions } from '../resources/versions.store.js';
import { attributionType as noun } from './attribution.js';
import type { AttributionInput, InlineAttribution } from './attributions.schemas.js';

/** Which attributions the members of a set are, and by what names they refer to each other. */

export type Target =
  | { state: 'new'; id: string }
  | { state: 'live'; stored: ResourceRow }
  | { state: 'removed'; removal: Version };

/** A member of the set, its place in the body, and the attribution that it is. */
export interface Member {
  item: InlineAttribution;
  at: string;
  target: Target;
}

export const idOf = (target: Target): string =>
  target.state === 'new' ? target.id : target.state === 'live' ? target.stored.id : target.removal.object_id;

/** A claim, and the attributions that it is to have. */
export interface GivenSet {
  claim: string;
  items: readonly InlineAttribution[];
}

/** The members of sets, by set. `before` are the attributions that each claim has; null for claims that are new, and never had any. */
export async function matchTargets(
  tx: Tx,
  ids: Ids,
  sets: readonly GivenSet[],
  before: ReadonlyMap<string, readonly ResourceRow[]> | null,
  faults: FieldError[],
): Promise<Member[][]> {
  const stored = new Map<InlineAttribution, ResourceRow>();
  for (const { claim, items } of sets) {
    await tx.yield();
    const rows = before?.get(claim) ?? [];
    const byId = new Map(rows.map((row) => [row.id, row]));
    const byKey = new Map(rows.map((row) => [row.key, row]));
    for (const item of items) {
      const { id, key } = item;
      const row = (id === null ? undefined : byId.get(id)) ?? (key === null ? undefined : byKey.get(key));
      if (row) stored.set(item, row);
    }
  }
  const all = sets.flatMap(({ items }) => items);
  const missing = before === null ? [] : all.filter((item) => !stored.has(item));
  const removalOf = await removedFrom(tx, missing);
  const members: Member[][] = [];
  for (const { claim, items } of sets) {
    await tx.yield();
    const ofSet = items.map((item, i): Member => {
      const row = stored.get(item);
      const removal = row ? null : removalOf(claim, item);
      const target: Target = row
        ? { state: 'live', stored: row }
        : removal
          ? { state: 'removed', removal }
          : { state: 'new', id: item.id ?? ids('attribution') };
      return { item, at: `/attributions/${i}`, target };
    });
    faults.push(...faultsOf(ofSet));
    members.push(ofSet);
  }
  return members;
}

function faultsOf(members: readonly Member[]): FieldError[] {
  const faults: FieldError[] = [];
  const used = new Set<string>();
  for (const {
    item: { id, key },
    at,
    target,
  } of members) {
    if (target.state === 'new' && id !== null) {
      const detail = `no attribution "${id}" of this claim; leave id out to create one`;
      faults.push({ pointer: `${at}/id`, code: 'unknown_reference', detail });
    }
    const chosen = target.state === 'new' && key !== null ? key : idOf(target);
    if (used.has(chosen)) {
      const detail = 'the same attribution stands in the set twice; send it once';
      faults.push({ pointer: at, code: 'repeated_reference', detail });
    }
    used.add(chosen);
  }
  return faults;
}

/** Finds removed attributions of claims, which being named again brings back. */
async function removedFrom(
  tx: Tx,
  items: readonly InlineAttribution[],
): Promise<(claim: string, item: InlineAttribution) => Version | null> {
  const keys = items.flatMap(({ id, key }) => (id === null && key !== null ? [key] : []));
  const ofKeys = await idsOfKeys(tx, 'attribution', keys);
  const wantedOf = ({ id, key }: InlineAttribution) => id ?? (key === null ? undefined : ofKeys.get(key));
  const last = await newestVersions(
    tx,
    items.flatMap((item) => wantedOf(item) ?? []),
  );
  return (claim, item) => {
    const version = last.get(wantedOf(item) ?? '');
    if (version?.noun !== noun.name || version.operation !== 'remove') return null;
    const { claim: of } = contentOf(version.doc) as AttributionInput;
    return of === encodeReference('claim', claim) ? version : null;
  };
}

/** The claim, and the members of the set by `@local_id`, by key and by id, so that they can refer to each other. */
export function localsOf(claim: string, members: readonly Member[], faults: FieldError[]): LocalIds {
  const locals = new Map<string, { noun: 'claim' | 'attribution'; token: string }>();
  locals.set(claim, { noun: 'claim', token: encodeReference('claim', claim) });
  for (const { item, at, target } of members) {
    const { local_id, key } = item;
    const id = idOf(target);
    const entry = { noun: 'attribution' as const, token: encodeReference('attribution', id) };
    if (local_id !== null && locals.has(`@${local_id}`)) {
      const detail = `"${local_id}" names two attributions; give each a name of its own`;
      faults.push({ pointer: `${at}/local_id`, code: 'repeated_local_id', detail });
    }
    if (local_id !== null) locals.set(`@${local_id}`, entry);
    if (key !== null) locals.set(key, entry);
    locals.set(id, entry);
  }
  return locals;
}
