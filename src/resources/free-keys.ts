import type { Tx } from '../db/store/store.js';
import type { ResourceName } from '../lib/ids.js';
import { idsOfKeys } from './resources.store.js';

/** Tells which of some keys are free, without a query for each of them. */
export class FreeKeys {
  /** Keys that are taken, or may be, by noun. */
  private readonly taken = new Map<ResourceName, Set<string>>();

  /** `asked`: the keys that it will be asked for. */
  constructor(
    private readonly tx: Tx,
    private readonly asked: readonly { noun: ResourceName; key: string }[],
  ) {}

  /** Notes a key under which something was written, or failed to be. */
  take(noun: ResourceName, key: string): void {
    this.taken.get(noun)?.add(key);
  }

  async isFree(noun: ResourceName, key: string): Promise<boolean> {
    const taken = this.taken.get(noun) ?? new Set((await idsOfKeys(this.tx, noun, this.keysOf(noun))).keys());
    this.taken.set(noun, taken);
    return !taken.has(key);
  }

  private keysOf(noun: ResourceName): string[] {
    return this.asked.filter((one) => one.noun === noun).map(({ key }) => key);
  }
}
