import { dateWords, wrap } from '../label.js';
import { linesOf, sideOf } from './box-lines.js';
import { type Box, type Drawing, hiddenWords, type Link, openEnds } from './drawing.js';

/** Shapes that differ without colour: the words stand between these. */
const shapes: Record<ReturnType<typeof sideOf>, [open: string, close: string]> = {
  affirms: ['["', '"]'],
  passes_on: ['("', '")'],
  opposes: ['{{"', '"}}'],
  neither: ['[/"', '"/]'],
};

const classes = [
  'classDef affirms fill:#e8f1fa,stroke:#0b4f8a,stroke-width:3px,color:#000',
  'classDef passes_on fill:#fff,stroke:#444,stroke-width:1px,color:#000',
  'classDef opposes fill:#fdeee3,stroke:#a33a00,stroke-width:2px,color:#000',
  'classDef neither fill:#eee,stroke:#777,stroke-width:1px,color:#000',
  'classDef unnamed stroke-dasharray:6 4',
  'classDef taken_back fill:#f4f4f4,stroke:#8c8c8c,color:#8c8c8c,text-decoration:line-through',
  'classDef unknown fill:#fff,stroke:#555,stroke-dasharray:1 3,color:#000',
  'classDef note fill:#fff,stroke:#555,color:#000',
];

/** The drawing in the language of Mermaid (https://mermaid.js.org/syntax/flowchart.html). */
export function toMermaid(drawing: Drawing): string {
  const { claim, boxes, links } = drawing;
  const left = hiddenWords(drawing);
  return [
    'flowchart LR',
    `subgraph claim["${joined(wrap(claim.label, 80, 5))}"]`,
    ...boxes.map((box) => node(box, drawing)),
    ...openEnds(drawing).flatMap(({ name }) => [
      `${name}u(("?")):::unknown`,
      `${name} -. "lineage unknown" .- ${name}u`,
    ]),
    ...links.map(edge),
    ...(left === null ? [] : [`left["${escaped(left)}"]:::note`]),
    'end',
    ...classes,
    ...classOf(
      'unnamed',
      boxes.filter(({ party }) => party.unnamed),
    ),
    ...classOf(
      'taken_back',
      boxes.filter(({ attribution }) => attribution.taken_back),
    ),
    '',
  ].join('\n');
}

/**
 * All but letters, digits and what is harmless everywhere becomes a number, as Mermaid has it. Hyphens and
 * points stay inside words and dates alone: elsewhere they can begin a list.
 */
const escaped = (text: string): string =>
  text.replace(
    /([\p{L}\p{N}][-.](?=[\p{L}\p{N}]))|[^\p{L}\p{M}\p{N} ,()·“”’–—…\u200C\u200D]/gu,
    (c, kept: string | undefined) => kept ?? `#${c.codePointAt(0)};`,
  );

const joined = (lines: string[]): string => lines.map(escaped).join('<br/>');

function node(box: Box, drawing: Drawing): string {
  const side = sideOf(box);
  const [open, close] = shapes[side];
  const texts = linesOf(box, drawing).map(({ text }) => text);
  return `${box.name}${open}${joined(texts)}${close}:::${side}`;
}

const classOf = (name: string, boxes: Box[]): string[] =>
  boxes.length > 0 ? [`class ${boxes.map((box) => box.name).join(',')} ${name}`] : [];

function edge({ from, to, kind, date }: Link): string {
  const [a, b] = [from.name, to.name];
  if (kind === 'relays')
    return date === null ? `${a} --> ${b}` : `${a} -- "${escaped(dateWords(date))}" --> ${b}`;
  const words = {
    inferred: 'source draws on',
    replies: 'answers',
    takes_back: 'takes back',
    whole: 'speaks of',
  };
  return `${a} -. "${words[kind]}" .-> ${b}`;
}
