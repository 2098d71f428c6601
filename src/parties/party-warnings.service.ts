import type { Tx } from '../db/store.js';
import type { Stored } from '../register/noun.js';
import { calendarWarnings, identifierWarnings, type Warning } from '../register/warnings.js';
import type { PartyInput } from './parties.schemas.js';

/** What is probably a slip in a party: a second one with the same identifier, a birth date of another calendar. */
export const partyWarnings = async (
  tx: Tx,
  stored: Stored,
  { born, identifiers }: PartyInput,
): Promise<Warning[]> => [
  ...calendarWarnings(tx, [{ pointer: '/born', text: born }]),
  ...(await identifierWarnings(tx, 'party', stored.id, identifiers)),
];
