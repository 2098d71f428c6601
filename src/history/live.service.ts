import type { Store } from '../db/store/store.js';
import type { ResourceName } from '../lib/ids.js';
import type { ResourceTypes } from '../resources/render.js';
import { type Changes, changesAfter, type HistoryPosition } from './changes.service.js';
import { changesOf, type Wanted } from './changes.store.js';

type Change = Changes['items'][number];

/** The changes after a position, encoded once for all streams that are at this position. */
interface Page {
  changes: { noun: ResourceName; actor: string; request: string; seq: number; frame: Buffer }[];
  all: Buffer;
  /** The numbers of the changes that concern some parties, by the ids of the parties. */
  concerning: Map<string, Promise<Set<number>>>;
  place: HistoryPosition;
  more: boolean;
}

export interface Frames {
  /** The events, one after the other; empty where nothing is wanted. */
  text: Buffer;
  place: HistoryPosition;
  more: boolean;
}

/** Most changes of one page. */
const LIMIT = 100;
/** Most positions that are kept: streams that read fast are at the newest, others a little behind. */
const KEPT = 8;

/** The newest changes, read and encoded once for all streams that are up to date. */
export class LiveChanges {
  private readonly pages = new Map<string, Promise<Page>>();

  constructor(
    private readonly store: Store,
    private readonly nouns: ResourceTypes,
    /** A change as an event. */
    private readonly frame: (change: Change) => string,
  ) {}

  /** The wanted changes after a position. Throws a 400 for a place in a history that this register does not have. */
  async after(place: HistoryPosition, wanted: Wanted): Promise<Frames> {
    const page = await this.page(place);
    return { text: await this.select(page, place, wanted), place: page.place, more: page.more };
  }

  private page(place: HistoryPosition): Promise<Page> {
    const key = `${place.seq} ${place.mark}`;
    const known = this.pages.get(key);
    if (known) return known;
    const page = this.read(place);
    this.pages.set(key, page);
    const forget = () => this.pages.get(key) === page && this.pages.delete(key);
    // A position with no change after it is not kept, but read again.
    page.then((found) => found.place.seq === place.seq && forget(), forget);
    for (const oldest of [...this.pages.keys()].slice(0, -KEPT)) this.pages.delete(oldest);
    return page;
  }

  private async read(after: HistoryPosition): Promise<Page> {
    const { items, place, more } = await this.store.read((tx) =>
      changesAfter(tx, this.nouns, after, LIMIT, {}),
    );
    const changes = items.map((item) => {
      const { type, actor, request_id } = item.change;
      return {
        ...{ noun: type, actor, request: request_id },
        ...{ seq: item.place.seq, frame: Buffer.from(this.frame(item)) },
      };
    });
    const all = Buffer.concat(changes.map(({ frame }) => frame));
    return { changes, all, concerning: new Map(), place, more };
  }

  private async select(
    page: Page,
    after: HistoryPosition,
    { nouns, parties, actors, requests }: Wanted,
  ): Promise<Buffer> {
    if (page.changes.length === 0 || !(nouns ?? parties ?? actors ?? requests)) return page.all;
    const concerning = parties && (await this.concerning(page, after, parties));
    const meant = page.changes.filter(
      ({ noun, actor, request, seq }) =>
        (nouns?.includes(noun) ?? true) &&
        (actors?.includes(actor) ?? true) &&
        (requests?.includes(request) ?? true) &&
        (concerning?.has(seq) ?? true),
    );
    return Buffer.concat(meant.map(({ frame }) => frame));
  }

  private concerning(page: Page, { seq: after }: HistoryPosition, parties: string[]): Promise<Set<number>> {
    const key = parties.join(' ');
    const known = page.concerning.get(key);
    if (known) return known;
    const found = this.store.read((tx) => changesOf(tx, parties, after, page.place.seq));
    page.concerning.set(key, found);
    found.catch(() => page.concerning.delete(key));
    return found;
  }
}
