import { pointerOf } from '../lib/json-value.js';
import type { JsonPatchOperation } from './json-patch.schemas.js';

export const startsWith = (steps: readonly string[], first: readonly string[]): boolean =>
  first.length <= steps.length && first.every((step, i) => step === steps[i]);

/** Records, while a JSON Patch is applied, which operation gave each place of the document its value. */
export class PatchOrigins {
  /** By operation: the steps to the place as it is now; null once that is there no longer. */
  private readonly places: (string[] | null)[] = [];

  /** An operation has put a value at a place, or taken away what was there. */
  set(operation: number, steps: readonly string[]): void {
    this.places[operation] = [...steps];
  }

  /** Whatever operations put at a place or inside it is gone. */
  forget(steps: readonly string[]): void {
    for (const [i, place] of this.places.entries()) {
      if (place && startsWith(place, steps)) this.places[i] = null;
    }
  }

  /** An element was inserted or removed, so the indices of those behind it change. */
  shift(steps: readonly string[], by: 1 | -1): void {
    const level = steps.length - 1;
    for (const place of this.places) {
      if (!place || place.length <= level || !startsWith(place, steps.slice(0, level))) continue;
      if (Number(place[level]) >= Number(steps[level])) place[level] = String(Number(place[level]) + by);
    }
  }

  /** A pointer to the operation whose place is nearest to this one; to the last of several. Null if there is none. */
  of(steps: readonly string[], operations: readonly JsonPatchOperation[]): string | null {
    let nearest: { i: number; op: JsonPatchOperation['op']; depth: number } | null = null;
    for (const [i, { op }] of operations.entries()) {
      const place = this.places[i];
      if (!place || !(startsWith(steps, place) || startsWith(place, steps))) continue;
      const depth = Math.min(place.length, steps.length);
      if (depth >= (nearest?.depth ?? 0)) nearest = { i, op, depth };
    }
    if (!nearest) return null;
    const { op } = nearest;
    const inside = steps.slice(nearest.depth);
    const isSent = inside.length > 0 && (op === 'add' || op === 'replace');
    return `/${nearest.i}${isSent ? `/value${pointerOf(inside)}` : ''}`;
  }
}
