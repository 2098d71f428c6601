import type { z } from 'zod';
import { isMeant, type Links, leadsTo, linksFrom } from '../db/query/closures.js';
import { contains, isAnyOf, isFlag } from '../db/query/conditions.js';
import { narrowedBy, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { prepared } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import { fold } from '../lib/text.js';
import { hasIdentifier } from '../resources/identifiers.store.js';
import { filterIds, filterKeys } from '../resources/resolve.js';
import type { Conditions } from '../resources/resources.store.js';
import type { partyFilters } from './parties.schemas.js';

type Filters = z.infer<z.ZodObject<typeof partyFilters>>;

export async function partyConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { parties: t, party_names: names } = tx.tables;
  const narrow = narrowing(tx, t, sorted);
  const wholes = await filterIds(tx, 'party', 'part_of', filters.part_of);
  const name = filters.name === undefined ? undefined : contains(names.folded, fold(filters.name));
  return [
    isAnyOf(t.id, await filterKeys(tx, 'party', filters.key)),
    ...(await narrowedRecorded(narrow, t, filters)),
    await narrow(t.kind, (column) => isAnyOf(column, filters.kind), filters.kind?.length),
    await narrowedBy(tx, t.id, names, names.party_id, name),
    await hasIdentifier(tx, 'party', t.id, filters.identifier),
    await narrow(t.part_of_id, (column) => isAnyOf(column, wholes), wholes?.length),
    await narrow(t.country, (column) => isAnyOf(column, filters.country), filters.country?.length),
    await narrow(t.unnamed, (column) => isFlag(column, filters.unnamed), 1),
  ];
}

const wholesOf = prepared((tx) => {
  const { parties: t } = tx.tables;
  return tx.db.select({ from: t.id, to: t.part_of_id }).from(t).where(isMeant(tx, t.id));
});

/** What parties are part of, at any depth; `also` are links beside those that are stored. */
export const wholesAbove = (tx: Tx, parties: readonly string[], also?: Links): Promise<Links> =>
  linksFrom(parties, (page) => wholesOf(tx, null, page), also);

/** Whether `part_of` leads from a party to `whole`; if it does, `whole` cannot become a part of the party. */
export const isWithin = async (tx: Tx, party: string, whole: string): Promise<boolean> =>
  leadsTo(await wholesAbove(tx, [party]), [party], whole);
