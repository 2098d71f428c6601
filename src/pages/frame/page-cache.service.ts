import { LRUCache } from 'lru-cache';
import { stateOf } from '../../db/query/snapshot.js';
import { ReadLog } from '../../db/store/read-log.js';
import type { Store, Tx } from '../../db/store/store.js';

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

/** A page together with the newest state of the register that is known to give it, and what was read for it. */
interface Kept extends Rendered {
  state: string;
  log: ReadLog;
}

/**
 * Pages as they were sent, by their address. A page names objects that it is not about, and shows what follows from
 * others. So after each write, whatever it is, all that was read for a page is read again, and the page is sent as it
 * is kept where that is still the same: to read takes a fraction of the time in which a page is made.
 */
export class PageCache {
  private readonly kept = new LRUCache<string, Kept>({
    maxSize: MOST_CHARACTERS,
    maxEntrySize: LONGEST,
    sizeCalculation: ({ html, links, log }) => html.length + links.length + log.size,
  });

  /**
   * The page at an address: the one that is kept where it still holds, or else what `render` makes of the store. One of
   * an instant is not kept: few ask for it twice, and it is answered with headers of its own.
   */
  async page(store: Store, address: string, render: Render): Promise<Rendered> {
    const known = this.kept.get(address);
    if (known && (await store.read((tx) => holds(tx, known)))) return known;
    const seen = new Set<string | null>();
    const log = new ReadLog();
    const { isPresent, ...page } = await render(noting(store, seen, log));
    const [state] = seen;
    if (isPresent && seen.size === 1 && state) this.kept.set(address, { ...page, state, log });
    return page;
  }
}

async function holds(tx: Tx, page: Kept): Promise<boolean> {
  const state = await stateOf(tx);
  if (state === page.state) return true;
  if (!(await page.log.holds(tx))) return false;
  page.state = state ?? page.state;
  return true;
}

/** The same store; what it reads from is added to `seen`, null where that is no lasting state, and what it reads to `log`. */
const noting = (store: Store, seen: Set<string | null>, log: ReadLog): Store => ({
  ...store,
  read: (fn, options) =>
    store.read(async (tx) => {
      seen.add(await stateOf(tx));
      return fn(log.noting(tx));
    }, options),
});
