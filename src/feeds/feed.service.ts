import { fillReferences } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { type HistoryPosition, versionsBefore } from '../history/changes.service.js';
import { firstPlace, type Wanted } from '../history/changes.store.js';
import { deletedReferences } from '../history/deleted-references.service.js';
import { namesOfKeys } from '../history/history.store.js';
import type { ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import type { ResourceTypes } from '../resources/render.js';
import type { Version } from '../resources/resources.store.js';
import type { Entry } from './atom.js';
import { pageOf, type Shown, titleOf } from './entry.js';

export interface Newest {
  entries: Entry[];
  /** Before it stand older ones; null where there are none. */
  older: HistoryPosition | null;
  /** What tells this register from others, for good; null of one that is empty. */
  register: string | null;
}

/** The changes before a place, or the newest of all, as entries of a feed, newest first. */
export async function newestEntries(
  tx: Tx,
  nouns: ResourceTypes,
  before: HistoryPosition | null,
  limit: number,
  wanted: Wanted,
): Promise<Newest> {
  const { versions, older } = await versionsBefore(tx, before, limit, wanted);
  const keys = await namesOfKeys(tx, [...new Set(versions.map(({ actor }) => actor))]);
  const shown = await fillReferences(
    tx,
    versions.map(({ doc }) => doc),
    deletedReferences,
  );
  const entries = zip(versions, shown).map(([version, text]) => entryOf(nouns, version, text, keys));
  return { entries, older, register: (await firstPlace(tx))?.object_id ?? null };
}

function entryOf(
  nouns: ResourceTypes,
  version: Version,
  text: string,
  keys: ReadonlyMap<string, string>,
): Entry {
  const { object_id, operation, recorded_at, actor, on_behalf_of, reason } = version;
  const type = version.noun as ResourceName;
  const shown = JSON.parse(text) as Shown;
  const address = `/v1/${nouns[type].plural}/${object_id}/history/${version.version}`;
  return {
    name: `${object_id}/${version.version}`,
    title: titleOf(type, operation, shown),
    updated: recorded_at,
    author: on_behalf_of ?? keys.get(actor) ?? actor,
    categories: [type, operation],
    summary: reason,
    links: [
      { rel: 'alternate', type: 'text/html', href: pageOf(type, object_id, shown, nouns) },
      { rel: 'alternate', type: 'application/json', href: address },
    ],
  };
}
