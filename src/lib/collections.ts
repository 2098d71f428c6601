/** The value of a key that the map surely has; where it has not, something was read or built wrongly. */
export function lookUp<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing is known of ${String(key)}`);
  return value;
}

/** Adds to the list that a map has under a key, and begins one where there is none. */
export function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, ...items: Item[]): void {
  const list = lists.get(key);
  if (list) list.push(...items);
  else lists.set(key, items);
}

/** The same for any number of items. */
export function appendAll<Key, Item>(lists: Map<Key, Item[]>, key: Key, items: readonly Item[]): void {
  const list = lists.get(key) ?? [];
  for (const item of items) list.push(item);
  lists.set(key, list);
}

/** At least one item. */
export type NonEmpty<Item> = [Item, ...Item[]];

/** The items by a key of each, in the order in which they come. */
export function groupBy<Key, Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): Map<Key, NonEmpty<Item>> {
  const groups = new Map<Key, NonEmpty<Item>>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export const isNonEmpty = <Item>(items: Item[]): items is NonEmpty<Item> => items.length > 0;

/** The item of a list that holds exactly one, such as the rows of a count. */
export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`one item is expected, not ${items.length}`);
  return item;
}

/** Reads pages of a size, each from behind the last item of the one before, until one is not full. */
export async function* pagesOf<Item>(
  size: number,
  read: (last: Item | undefined) => Promise<Item[]>,
): AsyncGenerator<Item[], undefined> {
  for (let last: Item | undefined; ; ) {
    const page = await read(last);
    if (page.length > 0) yield page;
    if (page.length < size) return;
    last = page.at(-1);
  }
}

/** The items in lists of a size, the last one with what is left. */
export function* chunksOf<Item>(items: readonly Item[], size: number): Generator<Item[], undefined> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** The items in lists of at most so many, whose sizes together are at most `size`; a larger item is alone. */
export function* chunksWithin<Item>(
  items: Iterable<Item>,
  most: number,
  size: number,
  sizeOf: (item: Item) => number,
): Generator<Item[], undefined> {
  let chunk: Item[] = [];
  let total = 0;
  for (const item of items) {
    const its = sizeOf(item);
    if (chunk.length === most || (chunk.length > 0 && total + its > size)) {
      yield chunk;
      chunk = [];
      total = 0;
    }
    chunk.push(item);
    total += its;
  }
  if (chunk.length > 0) yield chunk;
}
