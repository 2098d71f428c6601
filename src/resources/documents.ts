import { decodeReference } from '../db/query/references.js';
import type { Representation, ResourceRow, ResourceType } from './resource-type.js';

type SystemFields = Omit<ResourceRow, 'doc' | 'carried'>;

/** The document that is stored: the output form, with a reference token for each reference. */
export function documentOf(
  { id, key, created_at, updated_at, version }: SystemFields,
  view: Representation,
): string {
  return JSON.stringify({ id, key, ...view, created_at, updated_at, version });
}

/** The members of a stored document that a client can change. */
function changeable(doc: string): { key: string | null; view: Representation } {
  const {
    id: _id,
    key,
    created_at: _created,
    updated_at: _updated,
    version: _version,
    merge: _merge,
    ...view
  } = JSON.parse(doc) as SystemFields & Representation;
  return { key, view };
}

/** The content, by which two versions differ: all changeable members but the key. */
export const contentOf = (doc: string): Representation => changeable(doc).view;

/** A stored document without what tells that the object was merged into another. */
export function unmergedDocument(doc: string): string {
  // Most hold none, and to look for it costs less than to parse them.
  if (!doc.includes('"merge":')) return doc;
  const { merge: _merge, ...object } = JSON.parse(doc) as Representation;
  return JSON.stringify(object);
}

/** The input form that would create this object again; references become what `name` makes of them. */
export function inputOf(noun: ResourceType, doc: string, name: (noun: string, id: string) => string) {
  const { key, view } = changeable(doc);
  const undone = noun.toInput ? noun.toInput(view) : view;
  const members = Object.fromEntries(
    noun.members.filter((member) => member in undone).map((member) => [member, undone[member]]),
  );
  return noun.mapReferences({ key, ...members }, (marker, to) => name(to, decodeReference(marker)));
}

/** Whether two versions of an object differ in one of these members. */
export function contentDiffers(a: ResourceRow, b: ResourceRow, members: readonly string[]): boolean {
  const [before, after] = [contentOf(a.doc), contentOf(b.doc)];
  return members.some((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]));
}
