import type { z } from 'zod';
import { reachedBy } from '../db/query/closures.js';
import { contains, isAnyOf, isFlag } from '../db/query/conditions.js';
import { isNamed, narrowedBy, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
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
    isNamed(t.id, await filterKeys(tx, 'party', filters.key)),
    ...(await narrowedRecorded(narrow, t, filters)),
    await narrow(t.kind, (column) => isAnyOf(column, filters.kind), filters.kind?.length),
    await narrowedBy(tx, t.id, names, names.party_id, name),
    await hasIdentifier(tx, 'party', t.id, filters.identifier),
    await narrow(t.part_of_id, (column) => isAnyOf(column, wholes), wholes?.length),
    await narrow(t.country, (column) => isAnyOf(column, filters.country), filters.country?.length),
    await narrow(t.unnamed, (column) => isFlag(column, filters.unnamed), 1),
  ];
}

/** Whether `part_of` leads from a party to `whole`; if it does, `whole` cannot become a part of the party. */
export const isWithin = async (tx: Tx, party: string, whole: string): Promise<boolean> =>
  (await reachedBy(tx, 'wholes', [party])).includes(whole);
