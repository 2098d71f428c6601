import type { Tx } from '../../db/store/store.js';
import { get } from '../../resources/find.js';
import type { List } from '../../resources/list.js';
import { firstTexts } from '../../resources/list-page.js';
import { outputTexts } from '../../resources/render.js';
import type { ResourceRow } from '../../resources/resource-type.js';
import { findRows } from '../../resources/resources.store.js';

/** The object that a page is about, as the API answers it, with its row. */
export async function objectOf<Output>(
  tx: Tx,
  { noun, service }: List,
  reference: string,
  shown: (row: ResourceRow) => Promise<ResourceRow> = async (row) => row,
): Promise<{ stored: ResourceRow; object: Output }> {
  const found = await get(tx, noun, reference);
  const stored = await shown((await service.current?.(tx, found)) ?? found);
  const [text] = await outputTexts(tx, noun, [stored]);
  return { stored, object: JSON.parse(text) as Output };
}

/** Some objects of a list, for a page about something else. */
export interface Some<Output> {
  items: Output[];
  more: boolean;
}

export async function someOf<Output>(
  tx: Tx,
  list: List,
  filters: object,
  limit: number,
  sort?: string,
): Promise<Some<Output>> {
  const { texts, more } = await firstTexts(tx, list, filters, limit, sort);
  return { items: texts.map((text) => JSON.parse(text) as Output), more };
}

/** The first of these objects, in this order. */
export async function theseOf<Output>(
  tx: Tx,
  { noun }: List,
  ids: readonly string[],
  limit: number,
): Promise<Some<Output>> {
  if (ids.length === 0) return { items: [], more: false };
  const rows = new Map((await findRows(tx, noun, ids.slice(0, limit))).map((row) => [row.id, row]));
  const texts = await outputTexts(
    tx,
    noun,
    ids.flatMap((id) => rows.get(id) ?? []),
  );
  return { items: texts.map((text) => JSON.parse(text) as Output), more: ids.length > limit };
}
