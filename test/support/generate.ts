import { randomUUID } from 'node:crypto';
import { TypeID } from 'typeid-js';
import { attributionType } from '../../src/attributions/attribution.js';
import { claimType } from '../../src/claims/claim.js';
import type { Store } from '../../src/db/store/store.js';
import type { Change } from '../../src/lib/change.js';
import { only } from '../../src/lib/collections.js';
import { type Ids, newId } from '../../src/lib/ids.js';
import { partyType } from '../../src/parties/party.js';
import { predicateType } from '../../src/predicates/predicate.js';
import { services } from '../../src/resource-types/services.js';
import { createAll } from '../../src/resources/plans.js';
import type { ResourceType } from '../../src/resources/resource-type.js';
import type { ResourceService } from '../../src/resources/service.js';
import { sourceType } from '../../src/sources/source.js';

const nouns = {
  party: partyType,
  source: sourceType,
  predicate: predicateType,
  claim: claimType,
  attribution: attributionType,
};

/** Makes one object from its input form and gives back its id. */
export type Make = (noun: keyof typeof nouns, input: object, at?: string) => Promise<string>;

/** Ids that do not sort by creation, so that new rows come to stand anywhere between old ones. */
export const scatteredId: Ids = (prefix) => TypeID.fromUUID(prefix, randomUUID()).toString();

/**
 * Fills a register through the services that requests use, all in one transaction: thousands of objects in
 * the time that a hundred requests take.
 */
export async function generate<T>(store: Store, fn: (make: Make) => Promise<T>, ids = newId): Promise<T> {
  const { parties, sources, predicates, claims, attributions } = services(ids);
  const byNoun: Record<keyof typeof nouns, ResourceService> = {
    party: parties,
    source: sources,
    predicate: predicates,
    claim: claims,
    attribution: attributions,
  };
  return store.write((tx) =>
    fn(async (name, input, at = '2026-01-01T00:00:00.000Z') => {
      const change: Change = {
        actor: 'cli',
        onBehalfOf: null,
        reason: null,
        requestId: ids('request'),
        at,
      };
      const noun: ResourceType = nouns[name];
      return only(await createAll(tx, change, { noun, service: byNoun[name] }, [noun.input.parse(input)])).id;
    }),
  );
}
