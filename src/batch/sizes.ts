import { countRelays, MAX_RELAYS } from '../attributions/relay-limit.js';
import { MAX_INLINE_ATTRIBUTIONS } from '../claims/claims.schemas.js';
import { lookUp } from '../lib/collections.js';
import { type FieldError, validationError } from '../lib/errors.js';
import type { JsonPatch } from '../resources/json-patch.schemas.js';
import { MOST_WRITTEN } from '../resources/most-written.js';
import { leadsInto } from '../resources/patch.js';
import type { Extent } from '../resources/service.js';

/** What all operations of a batch may hold and replace together: other writes wait for all of them. */

/** An operation, as far as its size goes. */
interface Sized {
  method?: string | undefined;
  type: string;
  body?: object | undefined;
  patch?: JsonPatch | undefined;
}

/** What an operation sends, or what it replaces or removes where that is more. */
interface Sizes {
  attributions: number;
  relays: number;
  /** Relays of attributions that are written by themselves, each of which takes several times as long as with its claim. */
  single: number;
}

type Measure = keyof Sizes;

interface Limit {
  most: number;
  code: string;
  detail: (n: number, most: number) => string;
}

const limits: Record<Measure, Limit> = {
  attributions: {
    most: MOST_WRITTEN,
    code: 'too_many_attributions',
    detail: (n, most) =>
      `there are ${n} attributions in all, and a batch takes ${most}; send several batches ` +
      `(a JSON Patch of a claim's attributions counts as ${MAX_INLINE_ATTRIBUTIONS}, a claim that is removed or comes back as those that it has or had)`,
  },
  relays: {
    most: MAX_RELAYS,
    code: 'too_many_relays',
    detail: (n, most) => `there are ${n} relays in all, and a batch takes ${most}; send several batches`,
  },
  single: {
    most: 40_000,
    code: 'too_many_relays',
    detail: (n, most) =>
      `attributions that are written by themselves have or get ${n} relays in all, and a batch takes ${most} of these; send several batches`,
  },
};
const measures = Object.keys(limits) as Measure[];

/** Counts what the operations of a batch hold, and while they are done what they replace and what JSON Patches make. */
export class BatchSizes {
  /** By operation: one that was undone may be tried again. */
  private readonly each = new Map<Sized, Sizes>();
  private readonly sum: Sizes = { attributions: 0, relays: 0, single: 0 };

  constructor(operations: readonly Sized[]) {
    for (const operation of operations) this.set(operation, sentIn(operation));
  }

  /** The attributions that an operation sends, or those that it replaces, as far as these are known. */
  attributionsOf(operation: Sized): number {
    return lookUp(this.each, operation).attributions;
  }

  /** Why the operations are too many, taken together. */
  faults(): { code: string; detail: string }[] {
    return measures.filter((measure) => this.isOver(measure)).map((measure) => this.fault(measure));
  }

  /** Counts the form that a JSON Patch made, which can copy what the batch does not hold; throws where a batch does not take it. */
  addForm(operation: Sized, form: object): void {
    const { type, patch } = operation;
    const pointer = type === 'claim' ? '/attributions' : '/relays';
    if (changes(patch, pointer)) this.raise(operation, sizesOf(type, form), { pointer });
  }

  /** Counts what an operation that {@link replaces} finds stored, or brings back; throws where a batch does not take it. */
  addStored(operation: Sized, { attributions, relays }: Extent): void {
    const single = operation.type === 'attribution' ? relays : 0;
    this.raise(operation, { attributions, relays, single }, { parameter: 'id' });
  }

  private raise(operation: Sized, sizes: Sizes, place: Pick<FieldError, 'pointer' | 'parameter'>): void {
    const before = lookUp(this.each, operation);
    const larger = measures.map((measure) => [measure, Math.max(before[measure], sizes[measure])]);
    const now = Object.fromEntries(larger) as Sizes;
    this.set(operation, now);
    const over = measures.find((measure) => now[measure] > before[measure] && this.isOver(measure));
    if (over === undefined) return;
    const fault = { ...place, ...this.fault(over) };
    this.set(operation, before);
    throw validationError([fault]);
  }

  private isOver(measure: Measure): boolean {
    return this.sum[measure] > limits[measure].most;
  }

  private fault(measure: Measure): { code: string; detail: string } {
    const { code, detail, most } = limits[measure];
    return { code, detail: detail(this.sum[measure], most) };
  }

  private set(operation: Sized, sizes: Sizes): void {
    const before = this.each.get(operation);
    for (const measure of measures) this.sum[measure] += sizes[measure] - (before?.[measure] ?? 0);
    this.each.set(operation, sizes);
  }
}

/** What the body of an operation holds, which is not checked yet. */
function sentIn({ type, body, patch }: Sized): Sizes {
  if (type === 'claim' && changes(patch, '/attributions'))
    return { attributions: MAX_INLINE_ATTRIBUTIONS, relays: 0, single: 0 };
  return sizesOf(type, body);
}

function sizesOf(type: string, form: object | undefined): Sizes {
  const attributions = attributionsIn(type, form);
  const relays = countRelays(attributions);
  return { attributions: attributions.length, relays, single: type === 'attribution' ? relays : 0 };
}

function attributionsIn(type: string, form: object | undefined): readonly unknown[] {
  if (form === undefined) return [];
  if (type === 'attribution') return [form];
  const { attributions } = form as { attributions?: unknown };
  return Array.isArray(attributions) ? attributions : [];
}

/** Whether an operation puts an attribution in place of another, or those of a claim, or takes them away. */
export const replaces = ({ method, type, body, patch }: Sized): boolean =>
  type === 'attribution' ||
  method === 'DELETE' ||
  changes(patch, '/attributions') ||
  (body !== undefined && 'attributions' in body && body.attributions !== undefined);

/** Whether a patch makes a member of the form anew, or part of it. */
const changes = (patch: JsonPatch = [], member: string): boolean =>
  patch.some(({ op, path, from }) => {
    const touched = op === 'test' ? [] : op === 'move' && from !== undefined ? [path, from] : [path];
    return touched.some((at) => at === '' || leadsInto(at, member));
  });
