import type { Panel, Row, TimeSpan } from './rows.js';

const DAY = 86_400_000;
/** The days that can be written: 0001-01-01 to 9999-12-31. */
const FIRST = -62_135_596_800_000;
const LAST = 253_402_214_400_000;
const WIDTH = 620;
/** Marks stand at least this far apart, in pixels. */
const APART = 16;
/** Without dates there is room for the figures between them. */
const UNDATED_APART = 70;
const MAX_WIDTH = 1_600;

/** A row with its place across the panel, in pixels. */
export type Placed = Row & { x: number };

export interface Layout {
  /** Of the part with dates; 0 where nothing has one. */
  width: number;
  /** Of the part without dates; 0 where all have one. */
  bandWidth: number;
  /** Milliseconds at the left and right edge. */
  time: [number, number];
  panels: { unit: string | null; rows: Placed[]; domain: [number, number] }[];
}

/** Where everything stands, with the same time axis for all panels. */
export function layOut(panels: Panel[]): Layout {
  const parts = panels.map(({ unit, rows }) => ({
    ...{ unit, rows },
    dated: rows.flatMap((row) => (row.time ? [{ row, time: row.time }] : [])),
    undated: rows.filter(({ time }) => time === null),
  }));
  const count = Math.max(0, ...parts.map(({ dated }) => dated.length));
  const none = Math.max(0, ...parts.map(({ undated }) => undated.length));
  const width = count === 0 ? 0 : Math.min(Math.max(WIDTH, (count + 1) * APART), MAX_WIDTH);
  const roomy = none * UNDATED_APART <= WIDTH ? UNDATED_APART : APART;
  const bandWidth = none === 0 ? 0 : Math.min(Math.max(110, none * roomy), MAX_WIDTH);
  const time = timeAxis(parts.flatMap(({ dated }) => dated.map(({ time }) => time)));
  const x = (ms: number) => ((ms - time[0]) / (time[1] - time[0])) * width;
  return {
    width,
    bandWidth,
    time,
    panels: parts.map(({ unit, rows, dated, undated }) => ({
      unit,
      domain: valueSpan(rows),
      rows: [
        ...spread(
          dated.map(({ row, time: { start, end } }) => ({ ...row, x: x((start + end) / 2) })),
          width,
        ),
        ...undated.map((row, n) => ({ ...row, x: width + (n + 0.5) * (bandWidth / undated.length) })),
      ],
    })),
  };
}

/** From the first to the last day and a little beyond, at least half a year. */
function timeAxis(spans: TimeSpan[]): [number, number] {
  if (spans.length === 0) return [0, DAY];
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  const pad = Math.max((last - first) * 0.05, (183 * DAY - (last - first)) / 2);
  return [Math.max(first - pad, FIRST), Math.min(last + pad, LAST)];
}

/** The axis includes zero unless all figures lie far from it, and leaves room for the figure of the highest mark. */
function valueSpan(rows: Row[]): [number, number] {
  const low = Math.min(...rows.map((row) => row.low));
  const high = Math.max(...rows.map((row) => row.high));
  const near = (a: number, b: number) => a === b || Math.abs(a) <= Math.abs(b) * 0.8;
  const from = low >= 0 && near(low, high) ? 0 : low;
  const to = high <= 0 && near(high, low) ? 0 : high;
  const pad = (to - from || 1) * 0.18;
  return [from === 0 ? 0 : from - pad, to === 0 && from < 0 ? 0 : to + pad];
}

/**
 * Marks of about the same date move apart, in all as little as they can, and stay inside. Those in each
 * other's way are taken as one block that sits at the mean of where its members want to be.
 */
function spread(rows: Placed[], width: number): Placed[] {
  const sorted = rows.toSorted((a, b) => a.x - b.x);
  const apart = Math.min(APART, width / Math.max(sorted.length, 1));
  const blocks: { sum: number; members: Placed[] }[] = [];
  const startOf = ({ sum, members }: (typeof blocks)[number]) => sum / members.length;
  sorted.forEach((row, i) => {
    let block = { sum: row.x - i * apart, members: [row] };
    for (let before = blocks.at(-1); before && startOf(before) > startOf(block); before = blocks.at(-1)) {
      block = { sum: before.sum + block.sum, members: [...before.members, ...block.members] };
      blocks.pop();
    }
    blocks.push(block);
  });
  const end = width - apart / 2 - (sorted.length - 1) * apart;
  return blocks
    .flatMap((block) => block.members.map((row) => ({ row, start: startOf(block) })))
    .map(({ row, start }, i) => ({ ...row, x: Math.max(Math.min(start, end), apart / 2) + i * apart }));
}
