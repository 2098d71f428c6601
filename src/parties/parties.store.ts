import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { contains, isAnyOf, isFlag, isRecorded } from '../db/conditions.js';
import type { Tx } from '../db/store.js';
import { fold } from '../lib/text.js';
import { hasIdentifier } from '../register/identifiers.store.js';
import type { Conditions } from '../register/register.store.js';
import { filterIds, filterKeys } from '../register/resolve.js';
import type { partyFilters } from './parties.schemas.js';

type Filters = z.infer<z.ZodObject<typeof partyFilters>>;

export async function partyConditions(tx: Tx, filters: Filters): Promise<Conditions> {
  const { parties: t, party_names: names } = tx.tables;
  return [
    isAnyOf(t.id, await filterKeys(tx, 'party', filters.key)),
    isRecorded(t, filters),
    isAnyOf(t.kind, filters.kind),
    filters.name === undefined
      ? undefined
      : inArray(
          t.id,
          tx.db
            .select({ id: names.party_id })
            .from(names)
            .where(contains(names.folded, fold(filters.name))),
        ),
    hasIdentifier(tx, 'party', t.id, filters.identifier),
    isAnyOf(t.part_of_id, await filterIds(tx, 'party', 'part_of', filters.part_of)),
    isAnyOf(t.country, filters.country),
    isFlag(t.unnamed, filters.unnamed),
  ];
}

/** Whether `part_of` leads from one party to another: to make the second part of the first is a cycle. */
export async function isWithin(tx: Tx, party: string, whole: string): Promise<boolean> {
  const { parties: t } = tx.tables;
  const seen = new Set<string>();
  let at: string | null = party;
  while (at !== null && !seen.has(at)) {
    if (at === whole) return true;
    seen.add(at);
    const rows: { next: string | null }[] = await tx.db
      .select({ next: t.part_of_id })
      .from(t)
      .where(inArray(t.id, [at]));
    at = rows[0]?.next ?? null;
  }
  return false;
}
