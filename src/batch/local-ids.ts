import { ApiError, type FieldError } from '../lib/errors.js';
import { yieldIfLong } from '../lib/event-loop.js';
import type { ResourceName } from '../lib/ids.js';
import { nearest } from '../lib/nearest.js';
import { withArticle } from '../lib/text.js';
import type { HasKey, MapReference } from '../resources/resource-type.js';
import type { Resource } from '../resources/service.js';

export type Kinds = Record<ResourceName, Resource>;

/** An object by the name that its operation gave it; without id, the operation failed. */
interface Named {
  index: number;
  type: ResourceName;
  id: string | null;
}

/** The code of a reference to what an operation that failed was to write. */
export const FAILED = 'failed_reference';

/** How an object is referred to: an id, a key or `@name`, and its noun. */
export const nameOf = (type: ResourceName, reference: string): string => `${type} ${reference}`;

interface Resolved {
  resolved: object;
  faults: FieldError[];
  /** What it refers to, but for members of its sets by their names in these. */
  references: string[];
  /** Of these the names that lead nowhere. */
  unknown: string[];
}

/** The objects of a batch by `@name`, as far as their operations have been done. */
export class BatchIds {
  private readonly known = new Map<string, Named>();
  /** Operations that failed and would have written an object under a key, by noun and key. */
  private readonly missed = new Map<string, number>();

  /** `all`: where in the batch each name is given, also of operations still to come. */
  constructor(private readonly all: ReadonlyMap<string, number>) {}

  add(name: string, named: Named): void {
    this.known.set(`@${name}`, named);
  }

  /** Forgets the names that operations from one on gave, which were undone. */
  forgetFrom(first: number): void {
    for (const [name, { index }] of this.known) if (index >= first) this.known.delete(name);
  }

  /** Remembers the key that a failed operation would have given. */
  miss(type: ResourceName, key: string, index: number): void {
    this.missed.set(nameOf(type, key), index);
  }

  /** That a reference leads nowhere since an operation failed, be it by key or as `@name`; null if it does not. */
  failedBehind(reference: string, type: ResourceName): { code: string; detail: string } | null {
    const named = this.known.get(reference);
    const index = named?.id === null ? named.index : this.missed.get(nameOf(type, reference));
    return index === undefined
      ? null
      : { code: FAILED, detail: `operation ${index}, which was to write this, failed` };
  }

  /** The id behind `@name`, or why there is none; `own` are the names of the claim in which it stands. */
  find(
    reference: string,
    type: ResourceName,
    own?: Iterable<string>,
  ): { id: string } | { code: string; detail: string } {
    const named = this.known.get(reference);
    if (!named) {
      const later = this.all.get(reference);
      const detail =
        later === undefined
          ? this.lost(reference, own)
          : `operation ${later} has this local_id; put it before the one that refers to it`;
      return { code: 'unknown_reference', detail };
    }
    const failed = this.failedBehind(reference, type);
    if (failed) return failed;
    if (named.type === type && named.id !== null) return { id: named.id };
    const detail = `operation ${named.index} writes ${withArticle(named.type)}; ${withArticle(type)} is needed here`;
    return { code: 'unknown_reference', detail };
  }

  private lost(reference: string, own?: Iterable<string>): string {
    const near = nearest(reference, [...(own ?? []), ...this.all.keys()]);
    const where = own ? 'in this claim, nor in this batch' : 'in this batch';
    const fix = near ? `did you mean "${near}"?` : 'give it to the operation that writes what is meant';
    return `no \`local_id\` "${reference.slice(1, 101)}" ${where}; ${fix}`;
  }

  /** The `id` of an operation. Throws a 422 when the name leads nowhere. */
  idOf(reference: string, type: ResourceName): string {
    if (!reference.startsWith('@')) return reference;
    const found = this.find(reference, type);
    if ('id' in found) return found.id;
    throw new ApiError('invalid_body', found.detail, [{ parameter: 'id', ...found }]);
  }

  /** An input form with each `@name` of the batch replaced by an id, and a fault for each that leads nowhere. */
  async resolve({ noun, service }: Resource, input: object): Promise<Resolved> {
    const faults: FieldError[] = [];
    const references: string[] = [];
    const unknown: string[] = [];
    const replacing =
      (at: string, own?: { type: ResourceName; names: ReadonlySet<string> }): MapReference =>
      (reference, type, pointer) => {
        const isOwn = own?.type === type && own.names.has(reference);
        if (!isOwn) references.push(nameOf(type, reference));
        if (!reference.startsWith('@') || isOwn) return reference;
        const found = this.find(reference, type, own?.type === type ? own.names : undefined);
        if ('id' in found) return found.id;
        faults.push({ pointer: at + pointer, ...found });
        unknown.push(nameOf(type, reference));
        return reference;
      };
    const resolved: Record<string, unknown> = noun.mapReferences(input, replacing(''));
    for (const [set, of] of Object.entries(service.sets ?? {})) {
      const items = resolved[set] as
        | (HasKey & { local_id: string | null } & Record<string, unknown>)[]
        | undefined;
      if (!items) continue;
      // Inside the set its own names come first.
      const own = { type: of.name, names: new Set(items.map(({ local_id }) => `@${local_id}`)) };
      const absent = Object.fromEntries(of.members.map((member) => [member, null]));
      const all: object[] = [];
      for (const [i, item] of items.entries()) {
        await yieldIfLong();
        const whole: HasKey & Record<string, unknown> = { ...absent, ...item };
        const mapped: Record<string, unknown> = of.mapReferences(whole, replacing(`/${set}/${i}`, own));
        all.push(Object.fromEntries(Object.keys(item).map((member) => [member, mapped[member]])));
      }
      resolved[set] = all;
    }
    return { resolved, faults, references, unknown };
  }
}
