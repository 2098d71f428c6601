import { namesIn } from '../db/query/reference-tokens.js';
import type { Tx } from '../db/store/store.js';
import { append } from '../lib/collections.js';
import type { ApiError } from '../lib/errors.js';
import type { Referring } from './levels.js';

/** To what objects refer, and what refers to them, both as `noun:id`. */
interface Links<One> {
  named: Map<string, One>;
  to: Map<string, readonly string[]>;
  from: Map<string, string[]>;
}

const nameOf = ({ type, id }: Pick<Referring, 'type' | 'id'>): string => `${type}:${id}`;

/** An object as it is now. */
type Present = Pick<Referring, 'type' | 'id'> & { now: { doc: string } };

/** Objects with which something is still to be done; `docOf` tells to what one is to refer. */
export class Waiting<One extends Present> {
  private readonly left: Set<One>;
  private links: Links<One> | null = null;

  constructor(
    private readonly objects: readonly One[],
    private readonly docOf: (one: One) => string,
  ) {
    this.left = new Set(objects);
  }

  delete(one: One): void {
    this.left.delete(one);
  }

  /**
   * Whether an object is refused whatever becomes of the others that wait: it refers to something that is none of them, or
   * something that is none of them refers to it.
   */
  async cannotHelp(tx: Tx, one: One, { faults }: ApiError): Promise<boolean> {
    this.links ??= await this.linksOf(tx);
    const { named, to, from } = this.links;
    const isLeft = (other: One | undefined) => other !== undefined && this.left.has(other);
    const waits = (names: readonly string[] = []) => names.some((name) => isLeft(named.get(name)));
    const name = nameOf(one);
    return faults.some(
      ({ code }) =>
        (code === 'unknown_reference' && !waits(to.get(name))) ||
        (code === 'in_use' && !waits(from.get(name))),
    );
  }

  private async linksOf(tx: Tx): Promise<Links<One>> {
    const links: Links<One> = { named: new Map(), to: new Map(), from: new Map() };
    for (const one of this.objects) {
      await tx.yield();
      const names = namesIn(this.docOf(one));
      links.named.set(nameOf(one), one);
      links.to.set(nameOf(one), names);
      // What stands in the way is what refers to it now, or will.
      const all = new Set([...names, ...namesIn(one.now.doc)]);
      for (const name of all) append(links.from, name, nameOf(one));
    }
    return links;
  }
}
