import { dateWords } from '../label.js';
import { sideOf } from './box-lines.js';
import { boxLabel, colours, heading, legend, linkLabel, noteLabel, TAKEN_BACK } from './dot-labels.js';
import { type Box, type Drawing, hiddenWords, type Link, openEnds } from './drawing.js';

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

/** From this many links on, lines are straight and bare, and positions only roughly the best. */
const TANGLE = 150;
const hasty = 'splines=line,nslimit=1,nslimit1=1,mclimit=0.2,';

/** The drawing in the language of Graphviz: a box for each attribution, outlets left, first voices right. */
export function toDot(drawing: Drawing): string {
  const { boxes, links } = drawing;
  const tangled = links.length > TANGLE;
  const left = hiddenWords(drawing);
  const same = columns(drawing);
  // The more boxes the first column holds, the longer the way from its ends to the next.
  const gap = Math.min(0.5 + (same[0]?.length ?? 0) / 40, 2).toFixed(2);
  return [
    'digraph provenance {',
    `graph [rankdir=LR,newrank=true,nodesep=0.22,ranksep=${gap},pad=0.25,bgcolor="white",${tangled ? hasty : ''}${DOT_FONT}];`,
    `graph [labelloc=t,labeljust=l,label=<${heading(drawing)}>];`,
    `node [shape=box,fontsize=10,margin="0.13,0.08",${DOT_FONT}];`,
    `edge [fontsize=8,arrowsize=0.7,${DOT_FONT}];`,
    'subgraph cluster_chain {',
    `graph [peripheries=0,labelloc=b,labeljust=l,label=<${legend(drawing)}>];`,
    ...boxes.map((box) => node(box, drawing)),
    ...openEnds(drawing).flatMap(unknown),
    ...links.map((link) => edge(link, tangled)),
    ...same
      .filter((column) => column.length > 1)
      .map((column) => `{rank=same;${column.map(({ name }) => name).join(';')}}`),
    ...(left === null ? [] : [`left [shape=note,color="#666666",label=<${noteLabel(left)}>];`]),
    '}',
    '}',
    '',
  ].join('\n');
}

function node(box: Box, drawing: Drawing): string {
  const side = sideOf(box);
  const { ink, paper } = box.attribution.taken_back ? TAKEN_BACK : colours[side];
  const [lines, ...styles] = shapes[side];
  const style = [...styles, ...(box.party.unnamed ? ['dashed'] : [])].join(',');
  const look = `${lines},style="${style}",color="${ink}",fillcolor="${paper}"`;
  return `${box.name} [${look},label=<${boxLabel(box, drawing)}>];`;
}

const unknown = ({ name }: Box): string[] => [
  `${name}u [shape=circle,style="dotted",fixedsize=true,width=0.3,color="#555555",label="?"];`,
  `${name} -> ${name}u [style="dotted",color="#555555",arrowhead="none",label=<${linkLabel('lineage unknown')}>];`,
];

function edge({ from, to, kind, date }: Link, bare: boolean): string {
  // Answers have no room for words beside the line; their box gives the date.
  const words = kind === 'relays' ? date && dateWords(date) : kind === 'inferred' ? 'source draws on' : null;
  const label = bare || !words ? '' : `,label=<${linkLabel(words)}>`;
  return `${from.name} -> ${to.name} [${linkLooks[kind]}${label}];`;
}

/** The boxes of each column: the outlets first, then boxes that only answer, in the column of the box that they answer. */
function columns({ boxes, links }: Drawing): Box[][] {
  const passing = links.filter(({ kind }) => kind === 'relays' || kind === 'inferred');
  const relaying = new Set(passing.map(({ from }) => from));
  const relayed = new Set(passing.map(({ to }) => to));
  const outlets = boxes.filter((box) => relaying.has(box) && !relayed.has(box));
  const beside = new Map<Box, Box>();
  for (const { from, to } of links) {
    if (!relaying.has(from) && !relayed.has(from) && !beside.has(from)) beside.set(from, to);
  }
  return [outlets, ...beside];
}
