import { yieldIfLong } from '../lib/event-loop.js';
import type { ResourceName } from '../lib/ids.js';
import { valuesIn } from '../lib/json-value.js';
import type { ItemWrite } from '../resources/plan-items.js';
import { givesSets as formGivesSets } from '../resources/resource-type.js';

/** Operations that follow each other, and are done at once. */

/** What an operation asks for, and what it has to do with others; names and references are those of a noun. */
export interface Member {
  item: ItemWrite;
  /** The form that it sends, or a part of one. */
  form: object;
  /** How others can refer to the object that it writes, and to what stands in it as a set. */
  names: readonly string[];
  /** What its form refers to. */
  references: readonly string[];
  /** Of these what no operation before the group has written. */
  unknown: readonly string[];
}

/** Nouns that are not changed at once: what values claims may have depends on their predicates. */
const APART: ReadonlySet<ResourceName> = new Set(['claim', 'predicate']);

/** Each object is created after those that it refers to, all of a level at once. With more levels hardly anything is done at once. */
const MOST_LEVELS = 6;

export class Group {
  readonly items: ItemWrite[] = [];
  private readonly members: Member[] = [];
  private readonly names = new Set<string>();
  private readonly references = new Set<string>();
  /** The levels of what is created, by its names. */
  private readonly levels = new Map<string, number>();
  private depth = 0;
  /** The names of what may come back. */
  private readonly coming = new Set<string>();

  /** `ifSimilar`: whether new objects are held against those that are there. */
  constructor(private readonly ifSimilar: boolean) {}

  /** Whether a value, which is no form yet, may name what the group creates. */
  async namesNew(value: unknown): Promise<boolean> {
    if (this.levels.size === 0) return false;
    const references = new Set([...this.levels.keys()].map((name) => name.slice(name.indexOf(' ') + 1)));
    for (const inner of valuesIn(value)) {
      await yieldIfLong();
      if (typeof inner === 'string' && references.has(inner)) return true;
    }
    return false;
  }

  /** Takes an operation in, unless it does not go with those before. */
  add(member: Member): boolean {
    const { item, names, references, unknown } = member;
    if (names.some((name) => this.names.has(name))) return false;
    // What one refers to before it is there is not known yet.
    if (isCreation(member) && names.some((name) => this.references.has(name))) return false;
    if (unknown.some((name) => !this.levels.has(name))) return false;
    if (references.some((name) => this.coming.has(name) && name.startsWith(`${item.kind.noun.name} `)))
      return false;
    const level = references.reduce((most, name) => Math.max(most, (this.levels.get(name) ?? -1) + 1), 0);
    const depth = Math.max(this.depth, level);
    if (depth >= MOST_LEVELS) return false;
    if (depth > 0 && ![...this.members, member].every(isCreation)) return false;
    if (!this.members.every((other) => this.goesWith(other, member))) return false;
    this.depth = depth;
    this.members.push(member);
    this.items.push(item.method === 'create' ? { ...item, level } : item);
    for (const reference of references) this.references.add(reference);
    for (const name of names) {
      this.names.add(name);
      if (isCreation(member)) this.levels.set(name, level);
      if (mayComeBack(member)) this.coming.add(name);
    }
    return true;
  }

  /**
   * Objects of any nouns are created at once, or changed, but for a change of what may stand in a set of another. Anything else is done
   * at once with what is of the same noun.
   */
  private goesWith(one: Member, other: Member): boolean {
    const creations = [one, other].filter(isCreation).length;
    if (creations === 2) return !isJudgedApart(one, other) && !mayWithdraw(one, other);
    if (creations === 1 && this.ifSimilar) return false;
    if (one.item.kind === other.item.kind) return !mayLetGo(one, other);
    const areChanges = creations === 0 && ![one, other].some(({ item }) => item.method === 'remove');
    return areChanges && !givesSets(one) && !givesSets(other) && !(isApart(one) && isApart(other));
  }
}

/** Which others are like a new object is asked after all of the group, when somebody may have judged it. */
const isJudgedApart = (one: Member, other: Member): boolean =>
  (nounOf(one) === 'judgement') !== (nounOf(other) === 'judgement');

/** Whether one may withdraw a source on which the other, a claim that is weighed before it is written, may rest. */
const mayWithdraw = (one: Member, other: Member): boolean =>
  nounOf(one) === 'attribution' &&
  'about_source' in one.form &&
  one.form.about_source !== null &&
  givesSets(other);

/** Whether one may no longer refer to the other, which is removed then. */
const mayLetGo = ({ item: one }: Member, { item: other }: Member): boolean =>
  other.method === 'remove' &&
  (one.method === 'put' || one.method === 'patch') &&
  one.kind.noun.referrers.some(({ noun }) => noun === one.kind.noun.name);

/** What is removed is brought back by a whole form that names the version of its removal. */
const mayComeBack = ({ item }: Member): boolean =>
  item.method === 'put' && item.precondition.match !== null && item.precondition.match !== 'any';

const isCreation = ({ item }: Member): boolean => item.method === 'create';
const isApart = (member: Member): boolean => APART.has(nounOf(member));
const nounOf = ({ item }: Member): ResourceName => item.kind.noun.name;
const givesSets = ({ item, form }: Member): boolean => formGivesSets(item.kind.noun, form);
