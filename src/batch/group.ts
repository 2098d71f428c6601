import type { ResourceName } from '../lib/ids.js';
import type { ItemWrite } from '../resources/write-items.js';

/** Operations that follow each other, and are done at once. */

/** What an operation asks for, and what it has to do with others. */
export interface Member {
  item: ItemWrite;
  /** Whether the form that it sends has sets of other objects in it. */
  givesSets: boolean;
  /** The object that it writes, by noun and reference; null if that has no name yet. */
  name: string | null;
  /** What its body refers to, by noun and reference. */
  references: readonly string[];
}

/** Nouns that are not changed at once: what values claims may have depends on their predicates. */
const APART: ReadonlySet<ResourceName> = new Set(['claim', 'predicate']);

export class Group {
  readonly items: ItemWrite[] = [];
  private readonly members: Member[] = [];
  private readonly names = new Set<string>();
  private readonly made = new Set<string>();

  /** `ifSimilar`: whether new objects are held against those that are there. */
  constructor(private readonly ifSimilar: boolean) {}

  /** Takes an operation in, unless it does not go with those before. */
  add(member: Member): boolean {
    const { item, name, references } = member;
    if (name !== null && this.names.has(name)) return false;
    if (references.some((reference) => this.made.has(reference))) return false;
    if (!this.members.every((other) => this.goesWith(other, member))) return false;
    this.members.push(member);
    this.items.push(item);
    if (name !== null) this.names.add(name);
    if (name !== null && item.method === 'create') this.made.add(name);
    return true;
  }

  /**
   * Objects of any nouns are created at once, or changed, but for a change of what may stand in a set of another. Anything else is done
   * at once with what is of the same noun.
   */
  private goesWith(one: Member, other: Member): boolean {
    const creations = [one, other].filter(({ item }) => item.method === 'create').length;
    if (creations === 2) return true;
    if (creations === 1 && this.ifSimilar) return false;
    if (one.item.kind === other.item.kind) return true;
    const areChanges = creations === 0 && ![one, other].some(({ item }) => item.method === 'remove');
    return areChanges && !one.givesSets && !other.givesSets && !(isApart(one) && isApart(other));
  }
}

const isApart = ({ item }: Member): boolean => APART.has(item.kind.noun.name);
