import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { buildGraph } from '../../provenance/view/graph-view.js';
import type {
  GraphAttribution,
  GraphClaim,
  GraphParty,
  GraphSource,
} from '../../provenance/view/graph-view-nodes.js';
import { accessibleSvg } from '../svg.js';
import { DOT_FONT, toDot } from './dot.js';
import { type Drawing, drawingOf } from './drawing.js';
import { describe } from './drawing-text.js';
import { toMermaid } from './mermaid.js';

export const graphFormats = ['json', 'svg', 'dot', 'mermaid'] as const;

/** Output forms as JSON texts, which may hold 10,000 attributions: the main thread does not parse them. */
export interface GraphTask {
  format: (typeof graphFormats)[number];
  claim: string;
  /** Attributions without a date, where only those up to a day are shown; else null. */
  undated: number | null;
  attributions: readonly string[];
  /** Which attribution takes back which. */
  retractedBy: readonly [retracted: string, by: string][];
  parties: readonly string[];
  sources: readonly string[];
}

export async function renderGraph(task: GraphTask): Promise<string> {
  const graph = buildGraph({
    claim: JSON.parse(task.claim) as GraphClaim,
    attributions: task.attributions.map((text) => JSON.parse(text) as GraphAttribution),
    retractedBy: new Map(task.retractedBy),
    parties: byId<GraphParty>(task.parties),
    sources: byId<GraphSource>(task.sources),
  });
  if (task.format === 'json') {
    return JSON.stringify(task.undated === null ? graph : { ...graph, undated: task.undated });
  }
  const drawing = drawingOf(graph);
  if (task.format === 'dot') return toDot(drawing);
  return task.format === 'mermaid' ? toMermaid(drawing) : drawSvg(drawing);
}

const byId = <T extends { id: string }>(texts: readonly string[]): Map<string, T> =>
  new Map(texts.map((text) => JSON.parse(text) as T).map((object) => [object.id, object]));

/** The widest of the fonts whose widths the layout knows: words that fit in it fit in any other. */
const MEASURED = 'DejaVu Sans';

async function drawSvg(drawing: Drawing): Promise<string> {
  const graphviz = await Graphviz.load();
  let svg: string;
  try {
    svg = graphviz.layout(toDot(drawing).replaceAll(DOT_FONT, `fontname="${MEASURED}"`), 'svg', 'dot');
  } catch (error) {
    // After a failure its memory may be damaged, so it is not used again.
    Graphviz.unload();
    throw error;
  }
  const shown = svg.replaceAll(`font-family="${MEASURED}"`, 'font-family="sans-serif"');
  return accessibleSvg(shown, { name: drawing.claim.id, ...describe(drawing) });
}
