import { GONE, type Label, type Sign, STRUCK } from './looks.js';

/** Longer figures are given only in the description. */
const MAX_FIGURE = 24;
const SIZE = 10;
/** Of a digit in the widest common font. */
const DIGIT = 6.4;

/** What a mark covers, and its figure, in pixels of the panel. */
export interface Marked {
  x: number;
  top: number;
  bottom: number;
  /** Height of the first of its signs. */
  point: number;
  openHigh: boolean;
  openLow: boolean;
  gone: boolean;
  figure: string;
}

interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const meet = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The figures beside their marks, above, below, right or left: the first where nothing is in the way. */
export function figureLabels(marks: Marked[], panel: Area): Label[] {
  const taken: Area[] = marks.map(({ x, top, bottom }) => ({
    left: x - 6,
    right: x + 6,
    top: top - 6,
    bottom: bottom + 6,
  }));
  const labels: Label[] = [];
  for (const mark of marks.filter(({ figure }) => figure.length <= MAX_FIGURE)) {
    const half = (mark.figure.length * DIGIT) / 2;
    const places = [
      ...(mark.openHigh ? [] : [{ x: mark.x, y: mark.top - 13 }]),
      ...(mark.openLow ? [] : [{ x: mark.x, y: mark.bottom + 14 }]),
      { x: mark.x + half + 10, y: mark.point },
      { x: mark.x - half - 10, y: mark.point },
    ];
    const free = places.find(({ x, y }) => {
      const area = { left: x - half, right: x + half, top: y - 6, bottom: y + 6 };
      const inside =
        area.left >= panel.left &&
        area.right <= panel.right &&
        area.top >= panel.top &&
        area.bottom <= panel.bottom;
      if (!inside || taken.some((other) => meet(area, other))) return false;
      taken.push(area);
      return true;
    });
    const colour = mark.gone ? GONE : '#000000';
    if (free)
      labels.push({ ...free, text: mark.figure, size: SIZE, align: 'center', colour, struck: mark.gone });
  }
  return labels;
}

/** The lines through the figures that were taken back or replaced. */
export const strikes = (labels: readonly Label[]): Sign[] =>
  labels
    .filter(({ struck }) => struck)
    .map(({ x, y, text }) => ({
      x,
      y,
      shape: STRUCK,
      colour: GONE,
      hollow: false,
      // A symbol reaches half the root of its size to either side.
      size: (text.length * DIGIT) ** 2,
    }));
