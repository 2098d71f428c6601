import { fillReferences } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { type Place, versionsBefore } from '../history/changes.service.js';
import { firstPlace, type Wanted } from '../history/changes.store.js';
import { namesOfKeys } from '../history/history.store.js';
import { lostReferences } from '../history/lost.service.js';
import type { NounName } from '../lib/ids.js';
import type { Version } from '../register/register.store.js';
import type { Nouns } from '../register/render.js';
import type { Entry } from './atom.js';
import { pageOf, type Shown, titleOf } from './entry.js';

export interface Newest {
  entries: Entry[];
  /** Before it stand older ones; null where there are none. */
  older: Place | null;
  /** What tells this register from others, for good; null of one that is empty. */
  register: string | null;
}

/** The changes before a place, or the newest of all, as entries of a feed, newest first. */
export async function newestEntries(
  tx: Tx,
  nouns: Nouns,
  before: Place | null,
  limit: number,
  wanted: Wanted,
): Promise<Newest> {
  const { versions, older } = await versionsBefore(tx, before, limit, wanted);
  const keys = await namesOfKeys(tx, [...new Set(versions.map(({ actor }) => actor))]);
  const shown = await fillReferences(
    tx,
    versions.map(({ doc }) => doc),
    lostReferences,
  );
  const entries = versions.map((version, i) => entryOf(nouns, version, shown[i]!, keys));
  return { entries, older, register: (await firstPlace(tx))?.object_id ?? null };
}

function entryOf(nouns: Nouns, version: Version, text: string, keys: ReadonlyMap<string, string>): Entry {
  const { object_id, operation, recorded_at, actor, on_behalf_of, reason } = version;
  const type = version.noun as NounName;
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
