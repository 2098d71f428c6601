import { namesIn } from '../db/query/reference-tokens.js';
import { append } from '../lib/collections.js';
import type { Turns } from '../lib/event-loop.js';
import type { ResourceName } from '../lib/ids.js';

/** An object, and the stored document that tells to what it refers. */
export interface Referring {
  type: ResourceName;
  id: string;
  doc: string;
}

/**
 * How many objects of its noun an object stands behind, by id: 0 where it refers to none of those given, else one more than the
 * furthest of those to which it refers (Kahn's algorithm). Those of a circle, and what refers to them, are left out.
 */
export async function levelsOf(turns: Turns, objects: readonly Referring[]): Promise<Map<string, number>> {
  const given = new Map(objects.map(({ type, id }) => [`${type}:${id}`, id]));
  const behind = new Map<string, string[]>();
  /** To how many others each still waiting refers. */
  const waiting = new Map<string, number>();
  for (const { type, id, doc } of objects) {
    await turns.yield();
    const before = new Set(namesIn(doc).filter((name) => name.startsWith(`${type}:`) && given.has(name)));
    waiting.set(id, before.size);
    for (const name of before) append(behind, given.get(name)!, id);
  }
  const levels = new Map<string, number>();
  let edge = objects.flatMap(({ id }) => (waiting.get(id) === 0 ? [id] : []));
  for (let level = 0; edge.length > 0; level++) {
    const next: string[] = [];
    for (const id of edge) {
      levels.set(id, level);
      for (const other of behind.get(id) ?? []) {
        const left = waiting.get(other)! - 1;
        waiting.set(other, left);
        if (left === 0) next.push(other);
      }
    }
    edge = next;
  }
  return levels;
}
