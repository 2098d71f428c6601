/** What a write has done that is not to be seen in the database yet, or need not be asked for again. */
export class Pending {
  /**
   * What has still to be put into the index of words: the new number of the entry of each object, by `noun:id`.
   * `search/words/` fills and empties it.
   */
  readonly entries = new Map<string, number>();
  /** The number of the last version that it recorded; null before the first. */
  lastSeq: number | null = null;
  /** What is done once, before the commit, by what it is about. Parts of the write that were undone may have asked for it. */
  private readonly last = new Map<string, () => Promise<void>>();

  /** Has something done before the commit; what is asked for more than once is done once. */
  beforeCommit(what: string, step: () => Promise<void>): void {
    this.last.set(what, step);
  }

  async finish(): Promise<void> {
    for (const step of this.last.values()) await step();
  }

  /** Runs a part of the write; if it throws, what was noted here since is dropped. */
  async within<T>(part: () => Promise<T>): Promise<T> {
    const { lastSeq } = this;
    const before = this.entries.size;
    try {
      return await part();
    } catch (error) {
      for (const object of [...this.entries.keys()].slice(before)) this.entries.delete(object);
      this.lastSeq = lastSeq;
      throw error;
    }
  }
}
