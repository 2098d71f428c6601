import { decodeReference, type FindDeleted, loadReferences, type Reference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { findLastVersion } from '../resources/resources.store.js';

type Doc = {
  key: string | null;
  name?: string;
  title?: string;
  label?: string;
  text?: string;
  party?: string;
};

/** References to removed objects, with the last name of each. An attribution has the name of its party. */
export const deletedReferences: FindDeleted = async (tx, lost) => {
  const found = new Map<string, string>();
  for (const [noun, id] of lost) {
    const last = await findLastVersion(tx, noun, id);
    if (!last) continue;
    const doc = JSON.parse(last.doc) as Doc;
    const own = doc.name ?? doc.title ?? doc.label ?? doc.text;
    const name = own ?? (await partyName(tx, decodeReference(doc.party!)));
    const reference: Reference = { id, key: doc.key, name };
    found.set(`${noun}:${id}`, JSON.stringify(reference));
  }
  return found;
};

async function partyName(tx: Tx, id: string): Promise<string> {
  const wanted: [ResourceName, string] = ['party', id];
  const name = `party:${id}`;
  const live = await loadReferences(tx, new Set([name]));
  const text = live.get(name) ?? lookUp(await deletedReferences(tx, [wanted]), name);
  return (JSON.parse(text) as Reference).name;
}
