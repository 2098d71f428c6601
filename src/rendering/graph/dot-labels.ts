import { wrap } from '../label.js';
import { type BoxLine, linesOf, sideOf } from './box-lines.js';
import { type Box, type Drawing, type Link, openEnds } from './drawing.js';

/** The HTML-like labels of Graphviz (https://graphviz.org/doc/info/shapes.html#html). */

const GREY = '#555555';
/** Ink and paper of what was taken back, on whichever side it stood; its words are struck through. */
export const TAKEN_BACK = { ink: '#8c8c8c', paper: '#f4f4f4' };

/** Ink and paper of each side; also different in lightness, for prints without colour. */
export const colours: Record<ReturnType<typeof sideOf>, { ink: string; paper: string }> = {
  affirms: { ink: '#0b4f8a', paper: '#e8f1fa' },
  passes_on: { ink: '#333333', paper: '#ffffff' },
  opposes: { ink: '#a33a00', paper: '#fdeee3' },
  neither: { ink: '#666666', paper: '#eeeeee' },
};

/** Text between tags. Graphviz also reads backslashes, for which `\N` and its like stand for names. */
const escaped = (text: string): string => text.replace(/[&<>"'\\]/g, (c) => `&#${c.charCodeAt(0)};`);

const font = (text: string, size: number, color: string, tag = ''): string => {
  const inner = tag === '' ? escaped(text) : `<${tag}>${escaped(text)}</${tag}>`;
  return `<FONT POINT-SIZE="${size}" COLOR="${color}">${inner}</FONT>`;
};

const table = (rows: string, padding: number): string =>
  `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="${padding}">${rows}</TABLE>`;

/** Rows of lines; only between the rows of a table Graphviz leaves room. */
const rows = (groups: string[][], width: number, padding: number): string => {
  const cell = (lines: string[]) => lines.map((line) => `${line}<BR ALIGN="LEFT"/>`).join('');
  const row = (lines: string[]) =>
    `<TR><TD ALIGN="LEFT" BALIGN="LEFT" WIDTH="${width}">${cell(lines)}</TD></TR>`;
  return table(groups.map(row).join(''), padding);
};

function styled({ role, text }: BoxLine, ink: string, struck: boolean): string {
  if (struck && (role === 'stance' || role === 'party')) {
    return font(text, role === 'stance' ? 9 : 11, TAKEN_BACK.ink, 'S');
  }
  if (struck) return font(text, 8, TAKEN_BACK.ink);
  if (role === 'stance') return font(text, 9, ink, 'B');
  if (role === 'party') return font(text, 11, '#000000', 'B');
  if (role === 'quote') return font(text, 9, '#222222', 'I');
  if (role === 'origin') return font(text, 9, ink, 'I');
  return role === 'aside' ? font(text, 9, '#222222') : font(text, 8, GREY);
}

export function boxLabel(box: Box, drawing: Drawing): string {
  const groups: { role: string; lines: string[] }[] = [];
  for (const line of linesOf(box, drawing)) {
    let group = groups.at(-1);
    if (group?.role !== line.role) {
      group = { role: line.role, lines: [] };
      groups.push(group);
    }
    group.lines.push(styled(line, colours[sideOf(box)].ink, box.attribution.taken_back));
  }
  // Boxes of like width stand in straight columns.
  return rows(
    groups.map(({ lines }) => lines),
    150,
    1,
  );
}

/** Words beside a line; the padding keeps the line off them. */
export const linkLabel = (words: string): string => table(`<TR><TD>${escaped(words)}</TD></TR>`, 2);

export const noteLabel = (words: string): string => rows([[font(words, 10, '#222222')]], 0, 1);

export function heading({ claim, boxes, hidden }: Drawing): string {
  const lines = wrap(claim.label, 64, 5).map((line) => font(line, 14, '#000000', 'B'));
  const all = boxes.length + hidden.attributions;
  const number = all === 1 ? 'One attribution' : `${all.toLocaleString('en')} attributions`;
  const how = 'from the outlets (left) back to the first known voices (right)';
  return rows([lines, [font(`${number}, ${how}`, 9, GREY)]], 0, 2);
}

/** What the shapes, lines and arrows that occur mean. */
export function legend(drawing: Drawing): string {
  const { boxes, links } = drawing;
  const sides = new Set(boxes.map(sideOf));
  const kinds = new Set(links.map(({ kind }) => kind));
  const answers: Link['kind'][] = ['replies', 'takes_back', 'whole'];
  const { affirms, opposes, neither } = colours;
  const items: [boolean, string, string][] = [
    [sides.has('affirms'), swatch(`BORDER="3" ${painted(affirms)}`), 'asserts or confirms'],
    [sides.has('passes_on'), swatch('BORDER="1" STYLE="ROUNDED"'), 'passes on, takes no side'],
    [sides.has('opposes'), doubled(painted(opposes)), 'denies or disputes'],
    [sides.has('neither'), swatch(`BORDER="1" ${painted(neither)}`), 'declines to comment, or takes back'],
    [
      boxes.some(({ attribution }) => attribution.taken_back),
      swatch(`BORDER="1" ${painted(TAKEN_BACK)}`),
      'grey, struck through: taken back',
    ],
    [boxes.some(({ party }) => party.unnamed), swatch('BORDER="1" STYLE="DASHED"'), 'has no name'],
    [kinds.has('relays'), font('\u2192', 12, '#222222'), 'relays (date of relaying)'],
    [kinds.has('inferred'), font('\u21E2', 12, '#222222'), 'its source draws on that one'],
    [answers.some((kind) => kinds.has(kind)), font('\u21E2', 12, '#777777'), 'refers to it'],
    [openEnds(drawing).length > 0, font('\u2026 ?', 10, GREY), 'relays an unknown origin'],
  ];
  const cells = items
    .filter(([occurs]) => occurs)
    .map(([, picture, words]) => {
      const text = font(`${words}   `, 8, '#333333');
      return `<TD ALIGN="RIGHT">${picture}</TD><TD ALIGN="LEFT">${text}</TD>`;
    });
  const lines: string[] = [];
  for (let i = 0; i < cells.length; i += 3) lines.push(`<TR>${cells.slice(i, i + 3).join('')}</TR>`);
  return table(lines.join(''), 3);
}

const painted = ({ ink, paper }: { ink: string; paper: string }): string =>
  `COLOR="${ink}" BGCOLOR="${paper}"`;

const swatch = (attributes: string): string =>
  `<TABLE CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" ${attributes}><TR><TD WIDTH="18" HEIGHT="9"></TD></TR></TABLE>`;

const doubled = (attributes: string): string =>
  `<TABLE BORDER="1" CELLBORDER="1" CELLSPACING="2" CELLPADDING="0" ${attributes}><TR><TD WIDTH="14" HEIGHT="6"></TD></TR></TABLE>`;
