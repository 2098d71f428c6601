import { LRUCache } from 'lru-cache';
import { stateOf } from '../../db/query/snapshot.js';
import type { Store } from '../../db/store/store.js';

/** A page, ready to be sent. */
export interface Rendered {
  html: string;
  /** The `Link` header. */
  links: string;
}

type Render = (store: Store) => Promise<Rendered & { isPresent: boolean }>;

/** Characters of all pages that are kept, each of one or two bytes. */
const MOST_CHARACTERS = 6_000_000;
/** A page that is longer is made anew each time. */
const LONGEST = 300_000;

/**
 * Pages as they were sent, by their address. A page names objects that it is not about, and shows what follows from
 * others, so each holds for one state of the whole register: after the next write, whatever it is, every page is made
 * anew.
 */
export class PageCache {
  private readonly kept = new LRUCache<string, Rendered & { state: string }>({
    maxSize: MOST_CHARACTERS,
    maxEntrySize: LONGEST,
    sizeCalculation: ({ html, links }) => html.length + links.length,
  });

  /**
   * The page at an address: the one that is kept where nothing was written since, or else what `render` makes of the
   * store. One of an instant is not kept: few ask for it twice, and it is answered with headers of its own.
   */
  async page(store: Store, address: string, render: Render): Promise<Rendered> {
    const known = this.kept.get(address);
    if (known && known.state === (await store.read(stateOf))) return known;
    const seen = new Set<string | null>();
    const { isPresent, ...page } = await render(noting(store, seen));
    const [state] = seen;
    if (isPresent && seen.size === 1 && state) this.kept.set(address, { ...page, state });
    return page;
  }
}

/** The same store; what it reads from is added to `seen`: null where that is no lasting state. */
const noting = (store: Store, seen: Set<string | null>): Store => ({
  ...store,
  read: (fn, options) =>
    store.read(async (tx) => {
      seen.add(await stateOf(tx));
      return fn(tx);
    }, options),
});
