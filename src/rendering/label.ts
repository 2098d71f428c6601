/** Text that is ready to be drawn: without invisible or bidirectional characters, and cut to the room that there is. */

/** Longer texts are cut before anything else looks at them, in UTF-16 units. */
const MAX_LENGTH = 1_000;
const ELLIPSIS = '…';

const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;
/** Emoji made of several: a reader sees one picture, but a measurement of the text counts each part. */
const JOINED_PICTURES =
  /(\p{Extended_Pictographic}\uFE0F?)(?:[\u{1F3FB}-\u{1F3FF}]|\u200D\p{Extended_Pictographic}\uFE0F?)+/gu;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * One line of visible text. Controls, bidirectional marks and noncharacters are removed, since they would
 * break the markup or show the text as something else; the joiners that Persian and Indic scripts need stay.
 */
export function clean(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replace(/(?!\u200C|\u200D|[\t-\r\u0085])\p{C}/gu, '')
    .replace(/[\p{Z}\t-\r\u0085]+/gu, ' ')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(JOINED_PICTURES, '$1')
    .trim();
}

const graphemes = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Columns that a text takes: ideographs and pictures take two. */
const columns = (text: string): number =>
  /^[ -~]*$/.test(text)
    ? text.length
    : graphemes(text).reduce((sum, grapheme) => sum + (WIDE.test(grapheme) ? 2 : 1), 0);

/** The longest beginning of a text that fits into `width` columns, at least one character. */
function beginning(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const grapheme of graphemes(text)) {
    used += WIDE.test(grapheme) ? 2 : 1;
    if (used > width && kept !== '') break;
    kept += grapheme;
  }
  return kept;
}

const withEllipsis = (line: string, width: number): string =>
  `${columns(line) < width ? line : beginning(line, width - 1).trimEnd()}${ELLIPSIS}`;

/** The text in lines of at most `width` columns; what does not fit into `maxLines` is cut with an ellipsis. */
export function wrap(text: string, width: number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of clean(text).split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (columns(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    while (columns(word) > width) {
      const head = beginning(word, width);
      lines.push(head);
      word = word.slice(head.length);
      if (lines.length > maxLines) break;
    }
    line = word;
    if (lines.length > maxLines) break;
  }
  if (line !== '') lines.push(line);
  if (lines.length <= maxLines && text.length <= MAX_LENGTH) return lines;
  const kept = lines.slice(0, maxLines);
  return [...kept.slice(0, -1), withEllipsis(kept.at(-1) ?? '', width)];
}

/** At most `maxWords` words and `width` columns, the rest an ellipsis. */
export function shorten(text: string, maxWords: number, width: number): string {
  const words = clean(text).split(' ');
  const kept = words.slice(0, maxWords).join(' ');
  const cut = words.length > maxWords || text.length > MAX_LENGTH;
  if (columns(kept) > (cut ? width - 2 : width)) return withEllipsis(kept, width);
  return cut ? `${kept} ${ELLIPSIS}` : kept;
}

const PLAIN = String.raw`\d{4}(?:-\d\d){0,2}`;
const interval = new RegExp(String.raw`^(${PLAIN}|\.\.|)([?~%]?)/(${PLAIN}|\.\.|)([?~%]?)$`);

/** An EDTF date for readers who do not know EDTF; the digits stay as they are. */
export function dateWords(edtf: string): string {
  const [, date, mark] = new RegExp(`^(${PLAIN})([?~%])$`).exec(edtf) ?? [];
  if (date !== undefined && mark !== undefined) return qualified(date, mark);
  const parts = interval.exec(edtf);
  if (parts) {
    const [, start = '', startMark = '', end = '', endMark = ''] = parts;
    const from = qualified(start, startMark);
    const to = qualified(end, endMark);
    if (/^(\.\.)?$/.test(end)) return `since ${from}`;
    return /^(\.\.)?$/.test(start) ? `until ${to}` : `${from} to ${to}`;
  }
  const between = new RegExp(String.raw`^\[(${PLAIN})\.\.(${PLAIN})\]$`).exec(edtf);
  if (between) return `between ${between[1]} and ${between[2]}`;
  if (/^\[[\d,-]+\]$/.test(edtf)) return edtf.slice(1, -1).replaceAll(',', ' or ');
  if (/^\{[\d,-]+\}$/.test(edtf)) return edtf.slice(1, -1).replaceAll(',', ' and ');
  return clean(edtf);
}

/** `~` is approximate, `?` uncertain, `%` both. */
const qualified = (date: string, mark: string): string =>
  `${mark === '~' || mark === '%' ? 'about ' : ''}${date}${mark === '?' || mark === '%' ? ' (?)' : ''}`;
