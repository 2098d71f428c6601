import { groupedDigits } from '../../lib/decimal.js';
import { edtfWords } from '../../lib/edtf-text.js';
import { listed } from '../../provenance/graph/text.js';
import type { Amount } from '../../provenance/values/intervals.js';
import { amountWords } from '../../provenance/values/value-text.js';
import { clean, shorten } from '../label.js';

/** One figure as it is drawn and told. Numbers are exact texts; only the drawing makes floats of them. */
export interface ChartEstimate extends Amount {
  /** The names of those who say it. */
  label: string;
  /** When it holds, in EDTF as it was given. */
  occurred: string | null;
  /** First and last day of that, YYYY-MM-DD. */
  from: string | null;
  to: string | null;
  unit: string | null;
  /** The source says that there is none; this is not a number. */
  none: boolean;
  /** Whether a party stands by it or passes it on. */
  supported: boolean;
  /** Whether a party denies or disputes it. */
  denied: boolean;
  /** It was taken back, or another figure takes its place. */
  gone: 'retracted' | 'superseded' | null;
}

/** Most figures in one chart, and most units, each of which has a panel of its own. */
const MAX_ROWS = 200;
const MAX_PANELS = 4;

/** When something holds, in milliseconds. Where an end is open, the other one stands for both. */
export interface TimeSpan {
  start: number;
  end: number;
  openStart: boolean;
  openEnd: boolean;
}

/** What one mark of the chart shows. */
export interface Row {
  series: number;
  /** Null where there is no date at all. */
  time: TimeSpan | null;
  low: number;
  high: number;
  openLow: boolean;
  openHigh: boolean;
  /** The value itself, where one is given, and otherwise the bounds that are given. */
  points: number[];
  approximate: boolean;
  denied: boolean;
  supported: boolean;
  gone: boolean;
  figure: string;
}

export interface Panel {
  unit: string | null;
  rows: Row[];
}

export interface ChartRows {
  panels: Panel[];
  /** Names of the parties, one to a series. */
  series: string[];
  /** What is drawn, in the order of time. */
  drawn: ChartEstimate[];
  /** The estimates that say there is none. */
  none: ChartEstimate[];
  withoutNumber: number;
  hidden: number;
}

const numbers = ({ lower, upper, value }: ChartEstimate): number[] =>
  [lower, value, upper].filter((text) => text !== null).map(Number);

/** Estimates in the order of time, those without a date last, each unit apart. */
export function chartRows(estimates: readonly ChartEstimate[]): ChartRows {
  const usable = estimates.filter((e) => numbers(e).length > 0 && numbers(e).every(Number.isFinite));
  const units = new Map<string | null, number>();
  for (const { unit } of usable) units.set(unit, (units.get(unit) ?? 0) + 1);
  const shown = [...units].sort(([, a], [, b]) => b - a).slice(0, MAX_PANELS);
  const inTime = (e: ChartEstimate) => e.from ?? e.to ?? '9999-12-31';
  const drawn = usable
    .filter(({ unit }) => shown.some(([name]) => name === unit))
    .sort((a, b) => (inTime(a) < inTime(b) ? -1 : inTime(a) > inTime(b) ? 1 : 0))
    .slice(0, MAX_ROWS);
  const none = estimates.filter((estimate) => estimate.none);
  const series = [...new Set(drawn.map(({ label }) => label))];
  return {
    series,
    drawn,
    none,
    panels: shown
      .map(([unit]) => ({ unit, rows: drawn.filter((e) => e.unit === unit).map((e) => row(e, series)) }))
      .filter(({ rows }) => rows.length > 0),
    withoutNumber: estimates.length - usable.length - none.length,
    hidden: usable.length - drawn.length,
  };
}

function row(estimate: ChartEstimate, series: string[]): Row {
  const { label, lower, upper, value, approximate, from, to, denied, supported, gone } = estimate;
  const given = numbers(estimate);
  return {
    series: series.indexOf(label),
    time: timeSpan(from, to),
    low: Math.min(...given),
    high: Math.max(...given),
    openLow: value === null && lower === null,
    openHigh: value === null && upper === null,
    points: value === null ? given : [Number(value)],
    approximate,
    denied,
    supported,
    gone: gone !== null,
    figure: figureSigns(estimate),
  };
}

function timeSpan(from: string | null, to: string | null): TimeSpan | null {
  const [first, last] = [from ?? to, to ?? from];
  if (first === null || last === null) return null;
  const [openStart, openEnd] = [from === null, to === null];
  return { start: Date.parse(first), end: Date.parse(last), openStart, openEnd };
}

/** "4,000–6,000", "at most 6,500", "about 10,000": the exact digits, in groups of three. */
export const figureWords = (estimate: ChartEstimate): string =>
  amountWords(estimate, null).replace(/-(?=\d)/g, '\u2212');

/** The figure in signs, as there is little room beside a mark. */
function figureSigns(estimate: ChartEstimate): string {
  const { lower, upper, value, lower_exclusive, upper_exclusive, approximate } = estimate;
  const about = approximate ? '\u2248\u2009' : '';
  if (value !== null) return about + grouped(value);
  if (lower !== null && upper !== null) return `${about}${grouped(lower)}–${grouped(upper)}`;
  if (lower !== null) return `${lower_exclusive ? '>' : '\u2265'}\u2009${about}${grouped(lower)}`;
  return upper === null ? '' : `${upper_exclusive ? '<' : '\u2264'}\u2009${about}${grouped(upper)}`;
}

const grouped = (decimal: string): string => groupedDigits(decimal).replace('-', '\u2212');

/** When it held, as exact as it was given: "November 2024", "since 2023". */
export const timeWords = ({ occurred }: Pick<ChartEstimate, 'occurred'>): string =>
  occurred === null ? 'without a date' : edtfWords(occurred);

/** The chart in words, for readers who do not see it. */
export function chartWords(chart: ChartRows): string {
  const { drawn, none, withoutNumber, hidden } = chart;
  const all = [...drawn, ...none];
  if (all.length === 0) return noFigures(chart);
  const told = all.slice(0, 60).map((e) => {
    const unit = e.unit === null ? '' : ` ${clean(e.unit)}`;
    const marks = [
      e.denied && ', denied by somebody',
      e.gone === 'retracted' && ', taken back since',
      e.gone === 'superseded' && ', replaced by another figure',
      !e.supported && e.gone !== 'retracted' && ', nobody stands by it',
    ].filter(Boolean);
    return `${shorten(e.label, 20, 120)}: ${e.none ? 'none' : `${figureWords(e)}${unit}`}, ${timeWords(e)}${marks.join('')}.`;
  });
  const rest = all.length - told.length;
  return [
    ...told,
    ...(rest > 0 ? [`${rest} more are drawn.`] : []),
    ...leftOutWords({ withoutNumber, hidden, none: [] }),
  ].join(' ');
}

export const noFigures = ({ withoutNumber, none }: Pick<ChartRows, 'withoutNumber' | 'none'>): string =>
  withoutNumber + none.length > 0
    ? 'There is no figure with a number to show.'
    : 'There is nothing to show: no figures are recorded.';

export function leftOutWords({
  withoutNumber,
  hidden,
  none,
}: Pick<ChartRows, 'withoutNumber' | 'hidden' | 'none'>): string[] {
  const many = (n: number, what: string) => `Not drawn: ${n.toLocaleString('en')} ${what}.`;
  const deniers = [...new Set(none.map(({ label }) => shorten(label, 8, 60)))];
  return [
    ...(none.length > 0 ? [`There is none, according to ${listed(deniers, 3)}.`] : []),
    ...(withoutNumber > 0 ? [many(withoutNumber, 'without a number')] : []),
    ...(hidden > 0 ? [many(hidden, 'beyond what fits')] : []),
  ];
}
