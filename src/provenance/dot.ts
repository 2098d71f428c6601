import { type BoxLine, linesOf, sideOf } from './box-lines.js';
import { type Box, type Drawing, drawingOf, type Link } from './drawing.js';
import type { ProvenanceGraph } from './graph-view.schemas.js';
import { dateWords, wrap } from './label.js';

/** The family that every text of the drawing names; a renderer may put in one whose widths it knows. */
export const DOT_FONT = 'fontname="sans-serif"';

const GREY = '#555555';

/** Shape and line tell the sides apart without colour; the words do so without either. */
const looks: Record<ReturnType<typeof sideOf>, { node: string; ink: string }> = {
  affirms: { node: 'style="filled",penwidth=2.5,color="#0b4f8a",fillcolor="#e8f1fa"', ink: '#0b4f8a' },
  passes_on: {
    node: 'style="rounded,filled",penwidth=1,color="#444444",fillcolor="#ffffff"',
    ink: '#333333',
  },
  opposes: {
    node: 'peripheries=2,style="filled,diagonals",penwidth=1.5,color="#a33a00",fillcolor="#fdeee3"',
    ink: '#a33a00',
  },
  neither: { node: 'style="filled",penwidth=1,color="#777777",fillcolor="#eeeeee"', ink: '#444444' },
};

const linkLooks: Record<Link['kind'], string> = {
  relays: 'color="#222222",penwidth=1.3',
  inferred: 'color="#222222",style="dashed",arrowhead="empty"',
  replies: 'color="#777777",fontcolor="#555555",style="dashed",arrowhead="vee",constraint=false,tailport=e,headport=e',
  takes_back: 'color="#777777",fontcolor="#555555",style="dashed",arrowhead="tee",constraint=false,tailport=e,headport=e',
  whole: 'color="#777777",fontcolor="#555555",style="dashed",arrowhead="vee",constraint=false,tailport=e,headport=e',
};

/** The graph in the language of Graphviz: one box for each attribution, from the outlets to the first voices. */
export function toDot(graph: ProvenanceGraph): string {
  const drawing = drawingOf(graph);
  const { boxes, links } = drawing;
  const relayed = new Set(
    links.flatMap(({ kind, to }) => (kind === 'relays' || kind === 'inferred' ? [to] : [])),
  );
  const passing = new Set(links.map(({ from }) => from));
  const outlets = boxes.filter((box) => !relayed.has(box) && passing.has(box) && sideOf(box) !== 'opposes');
  return [
    'digraph provenance {',
    `graph [rankdir=LR,newrank=true,nodesep=0.22,ranksep=0.55,pad=0.25,bgcolor="white",${DOT_FONT},labelloc=t,labeljust=l,label=<${heading(drawing)}>];`,
    `node [shape=box,fontsize=10,margin="0.13,0.08",${DOT_FONT}];`,
    `edge [fontsize=8,arrowsize=0.7,${DOT_FONT}];`,
    'subgraph cluster_chain {',
    `graph [peripheries=0,labelloc=b,labeljust=l,label=<${legend(drawing)}>];`,
    ...boxes.map((box) => node(box, drawing)),
    ...boxes.filter(({ attribution }) => attribution.uncertain).flatMap(unknown),
    ...links.map(edge),
    outlets.length > 1 ? `{rank=same;${outlets.map(({ name }) => name).join(';')}}` : '',
    '}',
    '}',
    '',
  ]
    .filter((line, i, all) => line !== '' || i === all.length - 1)
    .join('\n');
}

/** Text for the HTML-like labels of Graphviz, whose parser is one of XML. */
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const font = (text: string, size: number, color: string, tag = ''): string => {
  const inner = tag === '' ? escape(text) : `<${tag}>${escape(text)}</${tag}>`;
  return `<FONT POINT-SIZE="${size}" COLOR="${color}">${inner}</FONT>`;
};

function styled({ role, text }: BoxLine, ink: string): string {
  if (role === 'stance') return font(text, 9, ink, 'B');
  if (role === 'party') return font(text, 11, '#000000', 'B');
  if (role === 'quote') return font(text, 9, '#222222', 'I');
  if (role === 'origin') return font(text, 9, ink, 'I');
  return role === 'aside' ? font(text, 9, '#222222') : font(text, 8, GREY);
}

const stacked = (lines: string[]): string => lines.map((line) => `${line}<BR ALIGN="LEFT"/>`).join('');

/** A table, since only between its rows Graphviz leaves room. */
function node(box: Box, drawing: Drawing): string {
  const { node: look, ink } = looks[sideOf(box)];
  const rows: { role: string; lines: string[] }[] = [];
  for (const line of linesOf(box, drawing)) {
    if (rows.at(-1)?.role !== line.role) rows.push({ role: line.role, lines: [] });
    rows.at(-1)!.lines.push(styled(line, ink));
  }
  const cells = rows.map(
    ({ lines }) => `<TR><TD ALIGN="LEFT" BALIGN="LEFT" WIDTH="150">${stacked(lines)}</TD></TR>`,
  );
  const dashed = box.party.unnamed ? look.replace(/style="([^"]*)"/, 'style="$1,dashed"') : look;
  return `${box.name} [${dashed},label=<${table(cells.join(''), 'CELLPADDING="1"')}>];`;
}

const table = (rows: string, attributes: string): string =>
  `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" ${attributes}>${rows}</TABLE>`;

const unknown = ({ name }: Box): string[] => [
  `${name}u [shape=circle,style="dotted",fixedsize=true,width=0.3,color="#555555",label="?"];`,
  `${name} -> ${name}u [style="dotted",color="#555555",fontcolor="#555555",arrowhead="none",label="lineage unknown"];`,
];

function edge({ from, to, kind, date }: Link): string {
  // What answers within a column has no room for words; the box says when.
  const words = kind === 'relays' && date !== null ? dateWords(date) : kind === 'inferred' ? 'source draws on' : '';
  // The padding keeps the line off the words.
  const label = words && `,label=<${table(`<TR><TD>${escape(words)}</TD></TR>`, 'CELLPADDING="2"')}>`;
  return `${from.name} -> ${to.name} [${linkLooks[kind]}${label}];`;
}

function heading({ claim, boxes }: Drawing): string {
  const lines = wrap(claim.label, 64, 5).map((line) => font(line, 14, '#000000', 'B'));
  const voices = boxes.length === 1 ? 'One attribution' : `${boxes.length} attributions`;
  return stacked([
    ...lines,
    font(`${voices}, from the outlets (left) to the first known voices (right)`, 9, GREY),
  ]);
}
/** What the shapes, lines and arrows that are used mean. */
function legend({ boxes, links }: Drawing): string {
  const sides = new Set(boxes.map(sideOf));
  const kinds = new Set(links.map(({ kind }) => kind));
  const items = [
    sides.has('affirms') &&
      item(sample('BORDER="3" COLOR="#0b4f8a" BGCOLOR="#e8f1fa"'), 'asserts or confirms'),
    sides.has('passes_on') &&
      item(sample('BORDER="1" STYLE="ROUNDED" COLOR="#444444"'), 'passes on, takes no side'),
    sides.has('opposes') && item(doubled, 'denies or disputes'),
    sides.has('neither') &&
      item(sample('BORDER="1" COLOR="#777777" BGCOLOR="#eeeeee"'), 'says nothing, or takes words back'),
    boxes.some(({ party }) => party.unnamed) &&
      item(sample('BORDER="1" STYLE="DASHED" COLOR="#222222"'), 'has no name'),
    kinds.has('relays') && item(font('\u2192', 12, '#222222'), 'has it from; date of passing on'),
    kinds.has('inferred') && item(font('\u21E2', 12, '#222222'), 'its source draws on'),
    ['replies', 'takes_back', 'whole'].some((kind) => kinds.has(kind as Link['kind'])) &&
      item(font('\u21E2', 12, '#777777'), 'speaks of, answers'),
    boxes.some(({ attribution }) => attribution.uncertain) &&
      item(font('\u2026 ?', 10, GREY), 'from whom is not known'),
  ].filter((cell) => cell !== false);
  const rows: string[] = [];
  for (let i = 0; i < items.length; i += 3) rows.push(`<TR>${items.slice(i, i + 3).join('')}</TR>`);
  return table(rows.join(''), 'CELLPADDING="3"');
}

const item = (picture: string, words: string): string =>
  `<TD ALIGN="RIGHT">${picture}</TD><TD ALIGN="LEFT">${font(`${words}   `, 8, '#333333')}</TD>`;

const sample = (attributes: string): string =>
  `<TABLE CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" ${attributes}><TR><TD WIDTH="18" HEIGHT="9"></TD></TR></TABLE>`;

const doubled =
  '<TABLE BORDER="1" CELLBORDER="1" CELLSPACING="2" CELLPADDING="0" COLOR="#a33a00" BGCOLOR="#fdeee3"><TR><TD WIDTH="14" HEIGHT="6"></TD></TR></TABLE>';
