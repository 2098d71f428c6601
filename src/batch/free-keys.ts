import type { Tx } from '../db/store/store.js';
import { isKey, type ResourceName } from '../lib/ids.js';
import { idsOfKeys } from '../resources/resources.store.js';
import type { Operation } from './batch.schemas.js';

type Put = Extract<Operation, { method: 'PUT' }>;

/** Which operations with PUT create an object, told without a query for each of them. */
export class FreeKeys {
  /** Keys that are taken, or may be, by noun. */
  private readonly taken = new Map<ResourceName, Set<string>>();

  constructor(
    private readonly tx: Tx,
    private readonly operations: readonly Operation[],
  ) {}

  /** Notes a key under which an operation wrote, or failed to. */
  add(type: ResourceName, key: string): void {
    this.taken.get(type)?.add(key);
  }

  /** Whether the operation surely creates an object under its key. */
  async creates({ type, id, if_match, body }: Put): Promise<boolean> {
    const hasOneKey = isKey(id) && (body.key == null || body.key === id);
    if (!hasOneKey || if_match !== undefined) return false;
    return !(await this.takenOf(type)).has(id);
  }

  private async takenOf(type: ResourceName): Promise<Set<string>> {
    const known = this.taken.get(type);
    if (known) return known;
    const puts = this.operations.filter((other): other is Put => other.method === 'PUT');
    const asked = puts.filter((put) => put.type === type && isKey(put.id)).map(({ id }) => id);
    const taken = new Set((await idsOfKeys(this.tx, type, asked)).keys());
    this.taken.set(type, taken);
    return taken;
  }
}
