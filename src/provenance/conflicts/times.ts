import { type DaySpan, edtfSpans, intervalEnds, spansMeet, widenedSpans } from '../../lib/edtf-spans.js';
import { edtfWords } from '../../lib/edtf-text.js';

/** When something is said to have happened or held; days as YYYY-MM-DD, null where open. */
export interface Occurrence {
  /** EDTF. */
  occurred: string | null;
  occurred_from: string | null;
  occurred_to: string | null;
  /** Only the period that the source reports about. */
  occurred_inherited: boolean;
}

/**
 * How the times of two claims stand to each other. `part` and `whole`: the period of the first lies within
 * that of the second, or the other way round, so that its total cannot be larger.
 */
export interface TimeComparison {
  relation: 'same' | 'different' | 'unknown' | 'part' | 'whole';
  /** A part of a sentence, without capital and full stop. */
  why: string;
}

type Dated = Occurrence & { occurred: string };
const isDated = (claim: Occurrence): claim is Dated => claim.occurred !== null;

/**
 * Whether two claims speak of the same time.
 *
 * What holds at a time (`level`, or no measure) is compared where the times meet, unless one may have
 * followed the other within the day, month or year that their intervals share. Times that meet only when
 * their qualifiers (`?`, `~`, `%`) are taken as room may be the same.
 */
export function compareTimes(a: Occurrence, b: Occurrence, measure: string | null): TimeComparison {
  if (!isDated(a) || !isDated(b)) {
    const who = a.occurred === b.occurred ? 'neither says' : 'one does not say';
    return { relation: 'unknown', why: `${who} of which time it speaks` };
  }
  const [one, other] = [edtfWords(a.occurred), edtfWords(b.occurred)];
  const times = one === other ? `(both ${one})` : `(${one} and ${other})`;
  if (!spansMeet(edtfSpans(a.occurred), edtfSpans(b.occurred))) {
    return spansMeet(widenedSpans(a.occurred), widenedSpans(b.occurred))
      ? { relation: 'unknown', why: `the dates are not certain and may be one time ${times}` }
      : { relation: 'different', why: `different times ${times}` };
  }
  if (measure === 'period_total') return comparePeriods(a, b, times);
  return mayFollow(a.occurred, b.occurred) || mayFollow(b.occurred, a.occurred)
    ? { relation: 'different', why: `one may have followed the other within the time they share ${times}` }
    : {
        relation: 'same',
        why: one === other ? `both speak of ${timeWords(one)}` : `their times meet ${times}`,
      };
}

/** "2024", "the time until 21 April 2020". */
const timeWords = (words: string): string => (/^(since|until) /.test(words) ? `the time ${words}` : words);

/**
 * Totals of a period are the same figure only if it is the same period; one that lies within another can
 * be held against it as a part. Where a period has no end, is taken over from the source, or is not
 * certain, nothing can be told.
 */
function comparePeriods(a: Dated, b: Dated, times: string): TimeComparison {
  const same = a.occurred_from === b.occurred_from && a.occurred_to === b.occurred_to;
  if (same && a.occurred_to !== null)
    return { relation: 'same', why: `both are totals of ${timeWords(edtfWords(a.occurred))}` };
  if (!isPeriod(a) || !isPeriod(b)) {
    return { relation: 'unknown', why: `they may be totals of different periods ${times}` };
  }
  const [inA] = edtfSpans(a.occurred) as [DaySpan];
  const [inB] = edtfSpans(b.occurred) as [DaySpan];
  const within = (x: DaySpan, y: DaySpan) => x.first >= y.first && x.last <= y.last;
  const why = `totals of different periods ${times}`;
  if (within(inA, inB)) return { relation: 'part', why };
  return { relation: within(inB, inA) ? 'whole' : 'different', why };
}

/** One period that is certain and has an end; its start may be open. */
const isPeriod = ({ occurred, occurred_to, occurred_inherited }: Dated): boolean =>
  occurred_to !== null && !occurred_inherited && !/[?~%X[{]/.test(occurred);

/**
 * Whether the second may begin when the first ends: they share no more than the day, month or year in
 * which the first, an interval, ends, or in which the second, an interval, begins.
 */
function mayFollow(first: string, second: string): boolean {
  const [a, ...others] = [...edtfSpans(first), ...edtfSpans(second)] as [DaySpan, ...DaySpan[]];
  const [b, ...more] = others as [DaySpan, ...DaySpan[]];
  if (more.length > 0) return false;
  const shared = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
  const holds = (unit: DaySpan | null | undefined) =>
    unit != null && unit.first <= shared.first && shared.last <= unit.last;
  return (
    (a.first < b.first && holds(intervalEnds(first)?.end)) ||
    (a.last < b.last && holds(intervalEnds(second)?.start))
  );
}
