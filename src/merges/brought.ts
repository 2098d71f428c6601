import type { Mergeable } from '../lib/ids.js';
import type { Representation } from '../resources/resource-type.js';

/** What the survivor of a merge gets from the other: names by which either is found. All else of it stays as it is. */

type Item = Record<string, unknown>;
/** Items by the member of the survivor that takes them up. */
export type Brought = Record<string, Item[]>;

interface Member {
  items(view: Representation): Item[];
  value(items: Item[]): unknown;
  /** What the merged object has for it; by default its items. */
  offered?(merged: Representation): Item[];
  /** What two items have in common if one of them is enough. */
  identity(item: Item): string;
  /** Identities that the survivor tells elsewhere. */
  elsewhere?(survivor: Representation): string[];
  /** Whether it takes one item, and only where there is none. */
  single?: boolean;
}

const list = (name: string): Pick<Member, 'items' | 'value'> => ({
  items: (view) => view[name] as Item[],
  value: (items) => items,
});

const identifiers: Member = {
  ...list('identifiers'),
  identity: ({ scheme, value }) => `${scheme}:${value}`,
};

const single = (name: string): Member => ({
  items: (view) => (view[name] === null ? [] : [{ value: view[name] }]),
  value: ([item]) => item?.value ?? null,
  identity: ({ value }) => String(value),
  single: true,
});

const names: Member = {
  ...list('names'),
  // What an unnamed party is called names nobody.
  offered: ({ unnamed, name, names }) => [
    ...(unnamed ? [] : [{ name, kind: 'alias', language: null, script: null }]),
    ...(names as Item[]),
  ],
  identity: ({ name }) => String(name),
  elsewhere: ({ name }) => [String(name)],
};

/** By noun. To a claim nothing is brought but what is said of it, which is no part of it. */
const members: Record<Mergeable, Record<string, Member>> = {
  party: { names, identifiers },
  source: { identifiers, url: single('url'), archived_url: single('archived_url') },
  claim: {},
};

/**
 * What the survivor has from a merge: all that it does not have of its own. What it has from `others` that were merged
 * into it counts as brought by both, so that it stays until all of these are undone.
 */
export function broughtBy(
  noun: Mergeable,
  merged: Representation,
  survivor: Representation,
  others: readonly Brought[],
): Brought {
  const brought: Brought = {};
  for (const [name, member] of Object.entries(members[noun])) {
    const { identity, items, offered = items, elsewhere, single } = member;
    const shared = identitiesOf(others, name, member);
    const there = items(survivor).map(identity);
    const own = there.filter((one) => !shared.has(one));
    const known = new Set([...own, ...(elsewhere?.(survivor) ?? [])]);
    const fits = (one: string) => !single || there.length === 0 || there.includes(one);
    const fresh = offered(merged).filter((item) => {
      const one = identity(item);
      return fits(one) && !known.has(one) && known.add(one);
    });
    if (fresh.length > 0) brought[name] = fresh;
  }
  return brought;
}

export function withBrought(noun: Mergeable, survivor: Representation, brought: Brought): Representation {
  const view = { ...survivor };
  for (const { name, member, fresh } of membersBrought(noun, brought)) {
    const { identity, items, value } = member;
    const there = items(survivor);
    const known = new Set(there.map(identity));
    view[name] = value([...there, ...fresh.filter((item) => !known.has(identity(item)))]);
  }
  return view;
}

/** The survivor without what a merge brought, but for what `others` brought, too. */
export function withoutBrought(
  noun: Mergeable,
  survivor: Representation,
  brought: Brought,
  others: readonly Brought[],
): Representation {
  const view = { ...survivor };
  for (const { name, member, fresh } of membersBrought(noun, brought)) {
    const { identity, items, value } = member;
    const kept = identitiesOf(others, name, member);
    const gone = new Set(fresh.map(identity).filter((one) => !kept.has(one)));
    view[name] = value(items(survivor).filter((item) => !gone.has(identity(item))));
  }
  return view;
}

/** What was brought as the input form has it. */
export const shownBrought = (noun: Mergeable, brought: Brought): Record<string, unknown> =>
  Object.fromEntries(
    membersBrought(noun, brought).map(({ name, member, fresh }) => [name, member.value(fresh)]),
  );

/** The members of which a merge brought items. */
const membersBrought = (noun: Mergeable, brought: Brought) =>
  Object.entries(members[noun]).flatMap(([name, member]) => {
    const fresh = brought[name];
    return fresh ? [{ name, member, fresh }] : [];
  });

const identitiesOf = (others: readonly Brought[], name: string, { identity }: Member): Set<string> =>
  new Set(others.flatMap((brought) => (brought[name] ?? []).map(identity)));
