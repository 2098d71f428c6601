import { LRUCache } from 'lru-cache';

/** Finds something out about objects of a noun; a write does so once for as long as none of these is written. */
export const once = <T>(
  { pending }: { pending: Pending | null },
  noun: string,
  question: string,
  find: () => Promise<T>,
): Promise<T> => (pending ? pending.once(noun, question, find) : find());

/** Answers of each kind that a write keeps. With a number of items the cache would set room for all of them aside, at each write. */
const KEPT = { maxSize: 10_000, sizeCalculation: () => 1 };

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
  /** What was found out about all objects of a noun, by what was asked. */
  private readonly found = new Map<string, Map<string, unknown>>();
  /** What was looked up, by what it was: for as long as nothing is written. */
  private readonly kept = new Map<string, LRUCache<string, string>>();
  /** The rows of queries that were run ahead, by query and by values: for as long as nothing is written. */
  private readonly ahead = new Map<unknown, Map<string, readonly unknown[]>>();
  /** The nouns of all that was recorded, also in parts that were undone. */
  private readonly nouns = new Set<string>();
  /** How often versions were recorded. */
  private recordings = 0;

  /** Has something done before the commit; what is asked for more than once is done once. */
  beforeCommit(what: string, step: () => Promise<void>): void {
    this.last.set(what, step);
  }

  /** Finds something out about all objects of a noun, once for as long as none of these is written. */
  async once<T>(noun: string, question: string, find: () => Promise<T>): Promise<T> {
    const answers = this.found.get(noun) ?? new Map<string, unknown>();
    this.found.set(noun, answers);
    if (!answers.has(question)) answers.set(question, await find());
    return answers.get(question) as T;
  }

  /** What was looked up so far, by what it was, for as long as nothing is written. */
  lookedUp(what: string): LRUCache<string, string> {
    const answers = this.kept.get(what) ?? new LRUCache<string, string>(KEPT);
    this.kept.set(what, answers);
    return answers;
  }

  /** The rows of a query by its values, as far as it was run ahead. */
  runAhead(query: unknown): Map<string, readonly unknown[]> {
    const rows = this.ahead.get(query) ?? new Map<string, readonly unknown[]>();
    this.ahead.set(query, rows);
    return rows;
  }

  /** To be called where versions of objects of these nouns are recorded; nothing may be looked up between that and the writing of their rows. */
  changed(nouns: Iterable<string>): void {
    this.recordings += 1;
    for (const noun of nouns) {
      this.found.delete(noun);
      this.nouns.add(noun);
    }
    this.kept.clear();
    this.ahead.clear();
  }

  /** Whether objects of a noun may have been written. */
  hasChanged(noun: string): boolean {
    return this.nouns.has(noun);
  }

  async finish(): Promise<void> {
    for (const step of this.last.values()) await step();
  }

  /** Runs a part of the write; if it throws, what was noted here since is dropped. */
  async within<T>(part: () => Promise<T>): Promise<T> {
    const { lastSeq, recordings } = this;
    const before = this.entries.size;
    try {
      return await part();
    } catch (error) {
      for (const object of [...this.entries.keys()].slice(before)) this.entries.delete(object);
      this.lastSeq = lastSeq;
      // What was found out since may be of what is undone.
      if (this.recordings > recordings) {
        this.found.clear();
        this.kept.clear();
        this.ahead.clear();
      }
      throw error;
    }
  }
}
