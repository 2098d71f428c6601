/** When something is said to have happened or held; days as YYYY-MM-DD, null where open. */
export interface Occurrence {
  /** EDTF. */
  occurred: string | null;
  occurred_from: string | null;
  occurred_to: string | null;
  /** Only the period that the source reports about. */
  occurred_inherited: boolean;
}

export interface TimeComparison {
  relation: 'same' | 'different' | 'unknown';
  why: string;
}

/** The date is certain to the day at both ends, so that two periods can be told to be the same or not. */
const exact = ({ occurred, occurred_from, occurred_to, occurred_inherited }: Occurrence): boolean =>
  occurred_from !== null && occurred_to !== null && !occurred_inherited && !/[?~%X[{]/.test(occurred ?? '');

/**
 * Whether two claims speak of the same time.
 *
 * What holds at a time (`level`, or no measure) is compared where the times meet. Totals of a period are
 * compared only if it is the same period: a half-year's total and a year's do not conflict. Where totals
 * meet but one period is open, inherited from the source or marked as uncertain, it cannot be told.
 */
export function compareTimes(a: Occurrence, b: Occurrence, measure: string | null): TimeComparison {
  if (a.occurred === null || b.occurred === null) {
    const who = a.occurred === b.occurred ? 'Neither says' : 'One does not say';
    return { relation: 'unknown', why: `${who} of which time it speaks.` };
  }
  const before = (x: Occurrence, y: Occurrence) =>
    x.occurred_to !== null && y.occurred_from !== null && x.occurred_to < y.occurred_from;
  const times = `${a.occurred} and ${b.occurred}`;
  if (before(a, b) || before(b, a))
    return { relation: 'different', why: `They speak of different times: ${times}.` };
  if (measure !== 'period_total') return { relation: 'same', why: `Their times meet: ${times}.` };
  if (
    a.occurred_from === b.occurred_from &&
    a.occurred_to === b.occurred_to &&
    a.occurred_from &&
    a.occurred_to
  ) {
    return { relation: 'same', why: `Both are totals of ${a.occurred}.` };
  }
  return exact(a) && exact(b)
    ? { relation: 'different', why: `They are totals of different periods: ${times}.` }
    : { relation: 'unknown', why: `It cannot be told whether they are totals of the same period: ${times}.` };
}
