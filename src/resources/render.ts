import { namedUnder } from '../db/query/reference-tokens.js';
import { byNoun, fillReferences, type Naming, namingOf } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { etagOf } from '../http/request/conditional.js';
import type { Answer } from '../http/request/idempotency.store.js';
import type { ResourceName } from '../lib/ids.js';
import type { Representation, ResourceType, Shown } from './resource-type.js';
import { findRows, rowById } from './resources.store.js';
import type { Resource } from './service.js';
import type { Written } from './written.js';

export type ResourceTypes = Record<ResourceName, ResourceType>;

/** Output forms as JSON text, ready to be sent; of each the members in `fields`, or all. */
export function outputTexts(
  tx: Tx,
  noun: ResourceType,
  rows: [Shown],
  fields?: readonly string[],
): Promise<[string]>;
export function outputTexts(
  tx: Tx,
  noun: ResourceType,
  rows: Shown[],
  fields?: readonly string[],
): Promise<string[]>;
export async function outputTexts(
  tx: Tx,
  noun: ResourceType,
  rows: Shown[],
  fields?: readonly string[],
): Promise<string[]> {
  return fillReferences(tx, unfilled(noun, rows, fields));
}

/** Output forms as objects that hold reference tokens, with the names of what they refer to. */
export async function outputViews(
  tx: Tx,
  noun: ResourceType,
  rows: Shown[],
): Promise<{ views: object[]; naming: Naming }> {
  const texts = unfilled(noun, rows);
  return { views: texts.map((text) => JSON.parse(text) as object), naming: await namingOf(tx, texts) };
}

function unfilled(noun: ResourceType, rows: Shown[], fields?: readonly string[]): string[] {
  const texts = rows.map((row) => (noun.text ? noun.text(row) : row.doc));
  if (!fields) return texts;
  return texts.map((text) => {
    const output = JSON.parse(text) as Representation;
    return JSON.stringify(Object.fromEntries(fields.map((name) => [name, output[name]])));
  });
}

/**
 * Output forms together with the objects they refer to under the member names in `include`, each once, as
 * the JSON text of an object by id.
 */
export async function outputWithIncluded(
  tx: Tx,
  nouns: ResourceTypes,
  noun: ResourceType,
  rows: Shown[],
  include: readonly string[],
  fields?: readonly string[],
): Promise<{ texts: string[]; included: string }> {
  const texts = unfilled(noun, rows, fields);
  const ids: string[] = [];
  const objects: string[] = [];
  const wanted = new Set(texts.flatMap((text) => namedUnder(text, include)));
  for (const [name, set] of byNoun(wanted)) {
    const found = await findRows(tx, nouns[name], [...set]);
    ids.push(...found.map((row) => row.id));
    objects.push(...unfilled(nouns[name], found));
  }
  const filled = await fillReferences(tx, [...texts, ...objects]);
  const members = ids.map((id, i) => `${JSON.stringify(id)}:${filled[texts.length + i]}`);
  return { texts: filled.slice(0, texts.length), included: `{${members.join(',')}}` };
}

/**
 * The stored object as the answer to a write, read again so that it holds all that the write did, with warnings. The
 * ETag is that of the object alone, as a read gives it.
 */
export async function itemAnswer(
  tx: Tx,
  { noun, service }: Resource,
  { status, id, warnings, duplicates }: Written,
): Promise<Answer> {
  const found = await rowById(tx, noun, id);
  const stored = (await service.current?.(tx, found)) ?? found;
  const [body] = await outputTexts(tx, noun, [stored]);
  const headers: Record<string, string> = { etag: etagOf(stored.version, body) };
  if (status === 201) headers.location = `/v1/${noun.plural}/${id}`;
  const more = [
    warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '',
    duplicates.length > 0 ? `,"possible_duplicates":${JSON.stringify(duplicates)}` : '',
  ].join('');
  return { status, headers, body: `${body.slice(0, -1)}${more}}` };
}
