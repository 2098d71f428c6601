import type { Tx } from '../../db/store/store.js';
import { objectOf, type Some, someOf } from '../frame/objects.service.js';
import type { Claim, Party } from '../frame/outputs.js';
import type { Site } from '../frame/site.js';
import { denying, saying } from './stances.js';

/** All that the page of a party shows; each list holds the newest. */
export interface PartyPageData {
  party: Party;
  says: Some<Claim>;
  denies: Some<Claim>;
  about: Some<Claim>;
  parts: Some<Party>;
}

const SHOWN = 10;

/** Reads a party and what stands around it, in one transaction. */
export async function loadPartyPage(
  tx: Tx,
  { lists }: Pick<Site, 'lists'>,
  reference: string,
  day: number | undefined,
): Promise<PartyPageData> {
  const { stored, object: party } = await objectOf<Party>(tx, lists.party, reference);
  const of = [stored.id];
  const known = day === undefined ? {} : { known_by: day };
  return {
    party,
    says: await someOf(tx, lists.claim, { party: of, stance: saying, ...known }, SHOWN),
    denies: await someOf(tx, lists.claim, { party: of, stance: denying, ...known }, SHOWN),
    about: await someOf(tx, lists.claim, { about: of, ...known }, SHOWN),
    parts: await someOf(tx, lists.party, { part_of: of }, SHOWN),
  };
}
