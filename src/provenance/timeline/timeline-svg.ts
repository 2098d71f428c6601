import { darkStyle } from '../../rendering/dark.js';
import { clean, dateWords, shorten } from '../../rendering/label.js';
import { xmlText } from '../../rendering/svg.js';
import type { Timeline } from './timeline.schemas.js';

const WIDTH = 900;
const ROW = 30;
const TOP = 74;
/** Where the time line is drawn, and where the words on either side begin. */
const [LINE, SAID, STANDS] = [130, 150, 640];
/** Most rows that are drawn; the number of the others is given in words. */
const MOST_ROWS = 200;

type Event = Timeline['items'][number];

/** Ink of each side, as in drawings of provenance. */
function inkOf({ stance }: Event): string {
  if (stance === 'asserts' || stance === 'confirms') return '#0b4f8a';
  if (stance === 'denies' || stance === 'disputes') return '#a33a00';
  return stance === 'reports' ? '#333333' : '#8c8c8c';
}

/** The date as it was given; for words without a date, the day by which their source was published. */
const whenWords = ({ said, date }: Event): string => (said === null ? `by ${date}` : dateWords(said));

function saidWords({ party, stance, about_source }: Event): string {
  const of = about_source === null ? '' : ` “${shorten(about_source.name, 8, 36)}”`;
  return `${shorten(party.name, 8, 34)} ${stance}${of}`;
}

function standingWords({ standing: { support, origins, contested, retracted } }: Event): string {
  const number = origins.max === null ? `${origins.min} or more` : `${origins.min}–${origins.max}`;
  const marks = [contested && 'contested', retracted && 'retracted'].filter(Boolean);
  return [support.replaceAll('_', ' '), `origins ${number}`, ...marks].join(', ');
}

/** A timeline as a picture: from the top down, what was said on the left, how the claim stood on the right. */
export function timelineSvg({ claim, items, undated }: Timeline): string {
  const shown = items.slice(0, MOST_ROWS);
  const height = TOP + Math.max(shown.length, 1) * ROW + 40;
  const text = (x: number, y: number, words: string, more = '') =>
    `<text x="${x}" y="${y}" font-size="12" ${more}>${xmlText(words)}</text>`;
  const rows = shown.map((event, i) => {
    const y = TOP + i * ROW + 15;
    const ink = inkOf(event);
    const date = text(20, y + 4, shorten(whenWords(event), 4, 17), 'fill="#333333"');
    const dot = `<circle cx="${LINE}" cy="${y}" r="5" fill="${event.dated_by === 'said' ? ink : '#ffffff'}" stroke="${ink}" stroke-width="2"/>`;
    const said = text(SAID, y + 4, saidWords(event), `fill="${ink}"`);
    return [date, dot, said, text(STANDS, y + 4, standingWords(event), 'fill="#333333"')].join('');
  });
  const left = [
    items.length > shown.length && `${items.length - shown.length} later ones are not drawn.`,
    undated > 0 && `${undated} without a date ${undated === 1 ? 'is' : 'are'} left out.`,
    'Hollow: dated by the source alone.',
  ].filter((words) => words !== false);
  const title = `Timeline: ${shorten(claim.name, 40, 200)}`;
  const told = shown
    .slice(0, 60)
    .map((event) => `${whenWords(event)}: ${saidWords(event)}; then ${standingWords(event)}.`);
  const id = claim.id.replace(/[^\w-]/g, '-');
  const labelledby = `${id}-title ${id}-desc`;
  const body = [
    `<g font-family="sans-serif"><rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="20" y="28" font-size="15" font-weight="bold">${xmlText(shorten(claim.name, 30, 100))}</text>`,
    text(SAID, 56, 'Said', 'fill="#666666"'),
    text(STANDS, 56, 'How the claim stood then', 'fill="#666666"'),
    `<line x1="${LINE}" y1="${TOP}" x2="${LINE}" y2="${TOP + shown.length * ROW}" stroke="#999999"/>`,
    ...rows,
    text(20, height - 14, left.join(' '), 'fill="#666666"'),
    '</g></svg>',
  ].join('\n');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${labelledby}">`,
    `<title id="${id}-title">${xmlText(clean(title))}</title>`,
    `<desc id="${id}-desc">${xmlText([...told, ...left].join(' '))}</desc>`,
    darkStyle(body, labelledby),
    body,
    '',
  ].join('\n');
}
