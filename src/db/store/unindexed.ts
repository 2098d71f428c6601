/**
 * What a write has still to put into the index of words before it is committed: the new number of the entry of each
 * object, by `noun:id`. `search/words/` fills and empties it.
 */
export class Unindexed {
  readonly entries = new Map<string, number>();
  /** Makes the entries; set with the first object. */
  index: (() => Promise<void>) | null = null;

  /** Runs a part of the write; if it throws, the entries that it added here are dropped. */
  async within<T>(part: () => Promise<T>): Promise<T> {
    const before = this.entries.size;
    try {
      return await part();
    } catch (error) {
      for (const object of [...this.entries.keys()].slice(before)) this.entries.delete(object);
      throw error;
    }
  }
}
