import type { Marked } from './labels.js';
import type { Layout, Placed } from './layout.js';
import { CROSSED, DENIED, GONE, lookOf, type Sign } from './looks.js';

/** How far an open end keeps from the edge of the plot, for its arrow. */
const ARROW = 7;

/** A row with its looks and its place down and across the panel, in pixels. */
export interface Drawn extends Placed, Marked {
  colour: string;
  shape: string;
  /** From the first to the last day; null without a date. */
  from: number | null;
  to: number | null;
  barTop: number;
  barBottom: number;
  signs: Sign[];
}

/** The rows of a panel as they are drawn. */
export function drawnRows(
  { rows, domain }: Layout['panels'][number],
  { width, time }: Layout,
  height: number,
): Drawn[] {
  const y = (value: number) => height - ((value - domain[0]) / (domain[1] - domain[0])) * height;
  const x = (ms: number) => ((ms - time[0]) / (time[1] - time[0])) * width;
  return rows.map((row) => {
    const looks = { ...lookOf(row.series), ...(row.gone && { colour: GONE }) };
    const top = row.openHigh ? ARROW : y(row.high);
    const bottom = row.openLow ? height - ARROW : y(row.low);
    const point = y(row.points[0]!);
    const from = row.time && (row.time.openStart ? ARROW : x(row.time.start));
    const to = row.time && (row.time.openEnd ? width - ARROW : x(row.time.end));
    const pale = !row.supported;
    const arrow = (at: { x: number; y: number }, way: string): Sign => ({
      ...at,
      shape: `triangle-${way}`,
      colour: looks.colour,
      hollow: false,
      pale,
      size: 90,
    });
    const crossed = { x: row.x, y: row.openHigh ? bottom + 14 : top - 14 };
    const signs: Sign[] = [
      ...(row.openHigh ? [arrow({ x: row.x, y: top }, 'up')] : []),
      ...(row.openLow ? [arrow({ x: row.x, y: bottom }, 'down')] : []),
      ...(from !== null && row.time?.openStart ? [arrow({ x: from, y: point }, 'left')] : []),
      ...(to !== null && row.time?.openEnd ? [arrow({ x: to, y: point }, 'right')] : []),
      ...row.points.map((p) => ({ ...looks, x: row.x, y: y(p), hollow: row.approximate, pale })),
      ...(row.denied ? [{ ...crossed, shape: CROSSED, colour: DENIED, hollow: false, size: 60 }] : []),
    ];
    // The figure keeps clear of the cross as well.
    const clear = {
      top: row.denied ? top - 13 : top,
      bottom: row.denied && row.openHigh ? bottom + 13 : bottom,
    };
    return { ...row, ...looks, ...clear, barTop: top, barBottom: bottom, point, from, to, signs };
  });
}
