import { parse, View } from 'vega';
import { clean } from '../label.js';
import { accessibleSvg } from '../svg.js';
import { type ChartEstimate, chartRows, chartWords } from './rows.js';
import { chartSpec } from './spec.js';

export interface ChartTask {
  /** What the figures are of: "Tehreek-e-Taliban Pakistan: fighter strength". */
  title: string;
  estimates: readonly ChartEstimate[];
}

export async function renderChart({ title, estimates }: ChartTask): Promise<string> {
  const chart = chartRows(estimates);
  const view = new View(parse(chartSpec(title, chart)), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    return accessibleSvg(svg, { name: 'estimates', title: clean(title), description: chartWords(chart) });
  } finally {
    view.finalize();
  }
}
