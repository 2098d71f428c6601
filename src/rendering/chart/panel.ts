import type { Axis, GroupMark, Mark, Scale } from 'vega';
import { shorten } from '../label.js';
import { drawnRows } from './drawn.js';
import { figureLabels, strikes } from './labels.js';
import type { Layout } from './layout.js';
import { FONT, INK, type Label, labelMark, PALE, PALENESS, signMark } from './looks.js';

/** Larger numbers on the axis take a letter, and the largest an exponent. */
const MILLION = 1e6;
const EXPONENT = 1e15;

/** The figures of one unit: bars for ranges, signs for what is given, arrows where an end is open. */
export function panelMark(
  panel: Layout['panels'][number],
  layout: Layout,
  place: { x: number; y: number; height: number },
): GroupMark {
  const { unit, domain } = panel;
  const { width, bandWidth, time } = layout;
  const { height } = place;
  const rows = drawnRows(panel, layout, height);
  const dated = rows.filter(({ from }) => from !== null);
  const undated = rows.filter(({ from }) => from === null);
  const band = undated.length > 0 ? [{ x: width }] : [];
  const across = width + bandWidth;
  const figures = [
    ...figureLabels(dated, { left: 0, right: width, top: 0, bottom: height }),
    ...figureLabels(undated, { left: width, right: across, top: 0, bottom: height }),
  ];
  const noDate: Label = {
    x: width + bandWidth / 2,
    y: -8,
    text: 'no date',
    size: 10,
    align: 'center',
    colour: PALE,
  };
  const values: Scale = { name: 'y', type: 'linear', domain, range: [height, 0], zero: false };
  const times: Scale = { name: 'x', type: 'utc', domain: time, range: [0, width] };
  return {
    type: 'group',
    encode: {
      enter: {
        x: { value: place.x },
        y: { value: place.y },
        width: { value: across },
        height: { value: height },
      },
    },
    // Grid lines are as long as these say.
    signals: [
      { name: 'width', value: across },
      { name: 'height', value: height },
    ],
    data: [
      { name: 'band', values: band },
      { name: 'spans', values: dated },
      { name: 'bars', values: rows.filter(({ barTop, barBottom }) => barBottom > barTop) },
      { name: 'signs', values: [...rows.flatMap(({ signs }) => signs), ...strikes(figures)] },
      { name: 'labels', values: [...figures, ...band.map(() => noDate)] },
    ],
    scales: width > 0 ? [values, times] : [values],
    axes: [valueAxis(unit, domain), ...(width > 0 ? [timeAxis(width)] : [])],
    marks: [bandMark(bandWidth, height), ...spanMarks, barMark, signMark('signs'), labelMark('labels')],
  };
}

const axisText = {
  labelFont: FONT,
  labelFontSize: 10,
  labelColor: INK,
  titleFont: FONT,
  titleFontSize: 11,
  titleColor: INK,
  domainColor: PALE,
  tickColor: PALE,
} as const;

function valueAxis(unit: string | null, domain: [number, number]): Axis {
  const most = Math.max(...domain.map(Math.abs));
  const format = most >= EXPONENT ? '.2~e' : most >= MILLION ? '.3~s' : undefined;
  return {
    orient: 'left',
    scale: 'y',
    grid: true,
    gridColor: '#dddddd',
    tickCount: 6,
    title: unit === null ? '' : shorten(unit, 8, 36),
    minExtent: 48,
    ...(format === undefined ? {} : { format }),
    ...axisText,
  };
}

const timeAxis = (width: number): Axis => ({
  orient: 'bottom',
  scale: 'x',
  tickCount: Math.round(width / 90),
  labelOverlap: 'greedy',
  ...axisText,
});

const bandMark = (width: number, height: number): Mark => ({
  type: 'rect',
  from: { data: 'band' },
  encode: {
    enter: {
      x: { field: 'x' },
      width: { value: width },
      height: { value: height },
      fill: { value: '#f3f3f3' },
      stroke: { value: '#bbbbbb' },
      strokeDash: { value: [3, 3] },
    },
  },
});

/** How long a figure holds: a pale field for a range, and a line where a single number is given. */
const spanMarks: Mark[] = [
  {
    type: 'rect',
    from: { data: 'spans' },
    encode: {
      enter: {
        x: { field: 'from' },
        x2: { field: 'to' },
        y: { field: 'barTop' },
        y2: { field: 'barBottom' },
        fill: { field: 'colour' },
        fillOpacity: { value: 0.1 },
      },
    },
  },
  {
    type: 'rule',
    from: { data: 'spans' },
    encode: {
      enter: {
        x: { field: 'from' },
        x2: { field: 'to' },
        y: { field: 'point' },
        stroke: { field: 'colour' },
        strokeWidth: { value: 1 },
        opacity: [{ test: 'datum.points.length > 1', value: 0 }, { value: 1 }],
      },
    },
  },
];

const barMark: Mark = {
  type: 'rule',
  from: { data: 'bars' },
  encode: {
    enter: {
      x: { field: 'x' },
      y: { field: 'barTop' },
      y2: { field: 'barBottom' },
      stroke: { field: 'colour' },
      strokeWidth: { value: 4 },
      opacity: [{ test: 'datum.supported', value: 1 }, { value: PALENESS }],
    },
  },
};
