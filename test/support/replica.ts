import { expect } from 'vitest';
import { tableOf } from '../../src/db/schema/object-tables.js';
import type { TestApp } from './app.js';

/** A client's copy of a register, made from the change feed alone. */

export interface Change {
  cursor: string;
  type: string;
  id: string;
  key: string | null;
  version: number;
  operation: string;
  recorded_at: string;
  object: Record<string, unknown> | null;
}

interface Copy {
  type: string;
  key: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  /** Null once it was removed. */
  object: Record<string, unknown> | null;
}

export class Replica {
  private readonly copies = new Map<string, Copy>();

  /** Takes a change over; fails on one that is missing before it, or that was there already. */
  apply({ type, id, key, version, operation, recorded_at, object }: Change): void {
    const before = this.copies.get(id);
    expect(version, `${type} ${id}`).toBe((before?.version ?? 0) + 1);
    expect(operation === 'create').toBe(!before);
    expect(operation === 'remove').toBe(object === null);
    const created_at = before?.created_at ?? recorded_at;
    const updated_at = operation === 'remove' ? before!.updated_at : recorded_at;
    this.copies.set(id, { type, key, version, created_at, updated_at, object });
  }

  get size(): number {
    return [...this.copies.values()].filter(({ object }) => object).length;
  }

  /** Fails unless the register's own lists show just what the copy holds. */
  async compare(t: TestApp): Promise<void> {
    for (const [type, plural] of Object.entries(tableOf)) {
      const mine = [...this.copies].filter(([, copy]) => copy.type === type && copy.object);
      mine.sort(([a], [b]) => (a < b ? -1 : 1));
      const lines = async (query: string) =>
        (await t.send('GET', `/v1/${plural}.ndjson${query}`)).text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line));
      const stamps = mine.map(([id, { key, version, created_at, updated_at }]) => ({
        ...{ id, key, version, created_at, updated_at },
      }));
      const shown = (await lines('')).map(({ id, key, version, created_at, updated_at }) => ({
        ...{ id, key, version, created_at, updated_at },
      }));
      expect(shown, plural).toEqual(stamps);
      // The lists name what is referred to by its key; a claim carries its attributions.
      const inputs = (await lines('?form=input')).map(({ attributions: _, ...rest }) => rest);
      expect(inputs, plural).toEqual(mine.map(([, { object }]) => this.named(object)));
    }
  }

  /** The value with every id in it replaced by the key, if what it names has one. */
  private named(value: unknown): unknown {
    if (typeof value === 'string') return this.copies.get(value)?.key ?? value;
    if (Array.isArray(value)) return value.map((item) => this.named(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.named(member)]));
  }
}
