import type { Tx } from '../db/store/store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { calendarWarnings, type Warning } from '../resources/warnings.js';
import type { PartyInput } from './parties.schemas.js';

/** Warns of a birth date that is probably in another calendar. */
export const partyWarnings = async (tx: Tx, _stored: ResourceRow, { born }: PartyInput): Promise<Warning[]> =>
  calendarWarnings(tx, [{ pointer: '/born', text: born }]);
