import { sideOf } from './box-lines.js';
import { boxLabel, colours, heading, legend, linkLabel, noteLabel } from './dot-labels.js';
import { type Box, type Drawing, drawingOf, hiddenWords, type Link } from './drawing.js';
import type { ProvenanceGraph } from './graph-view.schemas.js';
import { dateWords } from './label.js';

/** The family that all text of the drawing names; a renderer may put in one whose widths it knows. */
export const DOT_FONT = 'fontname="sans-serif"';

/** Shape and line tell the sides apart without colour; the words do so without either. */
const shapes: Record<ReturnType<typeof sideOf>, string[]> = {
  affirms: ['penwidth=2.5', 'filled'],
  passes_on: ['penwidth=1', 'filled', 'rounded'],
  opposes: ['penwidth=1.5,peripheries=2', 'filled', 'diagonals'],
  neither: ['penwidth=1', 'filled'],
};

// Chains run from right side to left side; answers go around on the right, where the columns end.
const chain = 'tailport=e,headport=w';
const aside = 'color="#777777",style="dashed",constraint=false,tailport=e,headport=e';
const linkLooks: Record<Link['kind'], string> = {
  relays: `color="#222222",penwidth=1.3,${chain}`,
  inferred: `color="#222222",style="dashed",arrowhead="empty",${chain}`,
  replies: `${aside},arrowhead="vee"`,
  takes_back: `${aside},arrowhead="tee"`,
  whole: `${aside},arrowhead="vee"`,
};

/** The graph in the language of Graphviz: a box for each attribution, outlets left, first voices right. */
export function toDot(graph: ProvenanceGraph): string {
  const drawing = drawingOf(graph);
  const { boxes, links } = drawing;
  const left = hiddenWords(drawing);
  return [
    'digraph provenance {',
    `graph [rankdir=LR,newrank=true,nodesep=0.22,ranksep=${rankGap(drawing)},pad=0.25,bgcolor="white",${DOT_FONT}];`,
    `graph [labelloc=t,labeljust=l,label=<${heading(drawing)}>];`,
    `node [shape=box,fontsize=10,margin="0.13,0.08",${DOT_FONT}];`,
    `edge [fontsize=8,arrowsize=0.7,${DOT_FONT}];`,
    'subgraph cluster_chain {',
    `graph [peripheries=0,labelloc=b,labeljust=l,label=<${legend(drawing)}>];`,
    ...boxes.map((box) => node(box, drawing)),
    ...boxes.filter(({ attribution }) => attribution.uncertain).flatMap(unknown),
    ...links.map(edge),
    ...columns(drawing).map((column) => `{rank=same;${column.map(({ name }) => name).join(';')}}`),
    ...(left === null ? [] : [`left [shape=note,color="#666666",label=<${noteLabel(left)}>];`]),
    '}',
    '}',
    '',
  ].join('\n');
}

/** The more boxes a column holds, the longer the way from its ends to the next column. */
const rankGap = ({ boxes }: Drawing): string => Math.min(0.5 + boxes.length / 60, 2).toFixed(2);

function node(box: Box, drawing: Drawing): string {
  const side = sideOf(box);
  const { ink, paper } = colours[side];
  const [lines, ...styles] = shapes[side];
  const style = [...styles, ...(box.party.unnamed ? ['dashed'] : [])].join(',');
  const look = `${lines},style="${style}",color="${ink}",fillcolor="${paper}"`;
  return `${box.name} [${look},label=<${boxLabel(box, drawing)}>];`;
}

const unknown = ({ name }: Box): string[] => [
  `${name}u [shape=circle,style="dotted",fixedsize=true,width=0.3,color="#555555",label="?"];`,
  `${name} -> ${name}u [style="dotted",color="#555555",arrowhead="none",label=<${linkLabel('lineage unknown')}>];`,
];

function edge({ from, to, kind, date }: Link): string {
  // What answers has no room for words beside the line; the box says when.
  const words = kind === 'relays' ? date && dateWords(date) : kind === 'inferred' ? 'source draws on' : null;
  return `${from.name} -> ${to.name} [${linkLooks[kind]}${words ? `,label=<${linkLabel(words)}>` : ''}];`;
}

/** Outlets stand in one column, and who only answers beside whom they answer. */
function columns({ boxes, links }: Drawing): Box[][] {
  const passing = links.filter(({ kind }) => kind === 'relays' || kind === 'inferred');
  const relaying = new Set(passing.map(({ from }) => from));
  const relayed = new Set(passing.map(({ to }) => to));
  const outlets = boxes.filter((box) => relaying.has(box) && !relayed.has(box));
  const beside = new Map<Box, Box>();
  for (const { from, to } of links) {
    if (!relaying.has(from) && !relayed.has(from) && !beside.has(from)) beside.set(from, to);
  }
  return [outlets, ...beside].filter((column) => column.length > 1);
}
