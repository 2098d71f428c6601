import { darkStyle } from './dark.js';

/** Text between tags or quotes of XML. What XML cannot hold is taken out. */
export const xmlText = (text: string): string =>
  text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Longest side of a picture as it is shown; larger ones are scaled, since many programs refuse them. */
const MAX_SIDE = 14_400;

interface Words {
  /** The prefix of all ids inside, so that several pictures can stand in one page. */
  name: string;
  title: string;
  description: string;
}

/**
 * A picture drawn by a library, as one that can stand alone or in a page: without prologue, comments, ids
 * and links, with a title and a description for those who do not see it.
 */
export function accessibleSvg(svg: string, { name, title, description }: Words): string {
  const start = /<svg\b[^>]*>/.exec(svg);
  const [, width, height, unit] =
    /\bwidth="([\d.]+)(?=(?:pt|px)?"\s+height="([\d.]+)(pt|px)?")/.exec(start?.[0] ?? '') ?? [];
  const viewBox = /\bviewBox="([-\d. ]+)"/.exec(start?.[0] ?? '')?.[1];
  if (!start || !width || !height || !viewBox) throw new Error('The library drew no picture.');
  const scale = Math.min(1, MAX_SIDE / Math.max(Number(width), Number(height)));
  const side = (length: string) => `${Math.max(1, Math.round(Number(length) * scale))}${unit ?? ''}`;
  const id = name.replace(/[^\w-]/g, '-');
  const body = svg
    .slice(start.index + start[0].length)
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/<title>[^<]*<\/title>\n?/g, '')
    .replace(/<(g|path)\b[^>]*>/g, (tag) => tag.replace(/ (?:id|class|role|aria-[a-z]+)="[^"]*"/g, ''));
  const labelledby = `${id}-title ${id}-desc`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side(width)}" height="${side(height)}" viewBox="${viewBox}" role="img" aria-labelledby="${labelledby}">`,
    `<title id="${id}-title">${xmlText(title)}</title>`,
    `<desc id="${id}-desc">${xmlText(description)}</desc>`,
    darkStyle(body, labelledby),
    body.trim(),
    '',
  ].join('\n');
}
