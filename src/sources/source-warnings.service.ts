import type { Tx } from '../db/store/store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { calendarWarnings, type Warning } from '../resources/warnings.js';
import type { SourceInput } from './sources.schemas.js';

/** Warns of dates that are probably in another calendar. */
export const sourceWarnings = async (tx: Tx, _stored: ResourceRow, input: SourceInput): Promise<Warning[]> =>
  calendarWarnings(
    tx,
    (['published', 'modified', 'reporting_period', 'retrieved_at'] as const).map((member) => ({
      pointer: `/${member}`,
      text: input[member],
    })),
  );
