import type { Spec } from 'vega';
import { shorten, wrap } from '../label.js';
import { layOut } from './layout.js';
import {
  CROSSED,
  DENIED,
  GONE,
  INK,
  type Label,
  labelMark,
  lookOf,
  type Sign,
  STRUCK,
  signMark,
} from './looks.js';
import { panelMark } from './panel.js';
import { type ChartRows, leftOutWords, noFigures } from './rows.js';

/** Most parties whose signs are explained; more would fill a page. */
const MAX_SERIES = 24;
const LEFT = 84;
const LINE = 18;

/** Figures over time in the language of Vega: time across, values up, a sign for each party. */
export function chartSpec(title: string, chart: ChartRows): Spec {
  const { panels, series } = chart;
  const layout = layOut(panels);
  const width = LEFT + Math.max(layout.width + layout.bandWidth, 480) + 16;
  const labels: Label[] = [];
  const signs: Sign[] = [];
  let y = 10;
  const write = (text: string, size: number, x = 0, weight: Label['weight'] = 'normal') =>
    labels.push({ x, y, text, size, weight });

  for (const line of wrap(title, Math.floor(width / 9), 3)) {
    write(line, 15, 0, 'bold');
    y += 20;
  }
  y += 20;
  if (panels.length === 0) {
    write(noFigures(chart), 12);
    y += LINE;
  }
  const height = panels.length > 1 ? 220 : 320;
  const plots = layout.panels.map((panel, i) =>
    panelMark(panel, layout, { x: LEFT, y: y + i * (height + 56), height }),
  );
  y += plots.length * (height + 56);

  const room = Math.floor((width - LEFT) / 6.6);
  const names = series.slice(0, MAX_SERIES).map((name) => shorten(name, 30, room - 4));
  if (series.length > MAX_SERIES) names.push(`and ${series.length - MAX_SERIES} more`);
  const columns = Math.max(
    1,
    Math.min(4, Math.floor(room / (4 + Math.max(0, ...names.map(({ length }) => length))))),
  );
  const perColumn = Math.ceil(names.length / columns);
  for (const [i, name] of names.entries()) {
    const x = LEFT + Math.floor(i / perColumn) * ((width - LEFT) / columns);
    const at = y + (i % perColumn) * LINE;
    if (i < MAX_SERIES) signs.push({ x, y: at, ...lookOf(i), hollow: false });
    labels.push({ x: x + 14, y: at, text: name, size: 11 });
  }
  y += perColumn * LINE;
  y += 6;
  let x = LEFT;
  for (const { words, ...sign } of meanings(chart)) {
    if (x + words.length * 6 > width) [x, y] = [LEFT, y + LINE];
    signs.push({ ...sign, x, y, size: 60 });
    write(words, 10, x + 12);
    x += words.length * 6 + 34;
  }
  if (x > LEFT) y += LINE;
  for (const words of leftOutWords(chart)) {
    write(words, 10, LEFT);
    y += LINE;
  }
  return {
    width,
    height: y,
    padding: 16,
    autosize: 'none',
    background: 'white',
    data: [
      { name: 'labels', values: labels },
      { name: 'signs', values: signs },
    ],
    marks: [...plots, signMark('signs'), labelMark('labels')],
  };
}

/** What the signs that occur mean, apart from the party. */
function meanings({ panels }: ChartRows): (Omit<Sign, 'x' | 'y'> & { words: string })[] {
  const rows = panels.flatMap((panel) => panel.rows);
  const ink = { colour: INK, hollow: false };
  const meaning = (occurs: boolean, words: string, sign: Omit<Sign, 'x' | 'y'>) =>
    occurs ? [{ ...sign, words }] : [];
  return [
    ...meaning(
      rows.some((row) => row.approximate),
      'hollow: approximate',
      { ...ink, shape: 'circle', hollow: true },
    ),
    ...meaning(
      rows.some((row) => row.openHigh),
      'at least',
      { ...ink, shape: 'triangle-up' },
    ),
    ...meaning(
      rows.some((row) => row.openLow),
      'at most',
      { ...ink, shape: 'triangle-down' },
    ),
    ...meaning(
      rows.some((row) => row.time?.openStart),
      'no first day',
      { ...ink, shape: 'triangle-left' },
    ),
    ...meaning(
      rows.some((row) => row.time?.openEnd),
      'no last day',
      { ...ink, shape: 'triangle-right' },
    ),
    ...meaning(
      rows.some((row) => row.denied),
      'denied by somebody',
      { colour: DENIED, hollow: false, shape: CROSSED },
    ),
    ...meaning(
      rows.some((row) => row.gone),
      'grey, struck through: taken back or replaced',
      { colour: GONE, hollow: false, shape: STRUCK },
    ),
    ...meaning(
      rows.some((row) => !row.supported),
      'pale: nobody stands by it',
      { ...ink, shape: 'circle', pale: true },
    ),
  ];
}
