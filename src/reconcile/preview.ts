import { createHash } from 'node:crypto';
import { xmlText } from '../rendering/svg.js';
import { nounOf } from '../search/search.js';
import { describe } from './describe.js';
import type { Entity } from './entities.service.js';
import { typesOf } from './types.js';

/** A small page about an object, which leads to the full one and stands in a frame of clients. It holds no script and loads nothing. */

const style =
  'body{margin:8px;font:14px/1.4 system-ui,sans-serif;color:#222;background:#fff}' +
  'h1{margin:0;font-size:16px}p{margin:4px 0}small{color:#555}';

const styleHash = createHash('sha256').update(style).digest('base64');

/** Any page may show it in a frame: there is nothing to click but a link that opens a window of its own. */
export const previewPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ');

/** Other names that are shown. */
const MOST_NAMES = 10;

const line = (text: string): string => `<p dir="auto">${xmlText(text)}</p>`;

export function previewOf({ noun, id, name, view, naming }: Entity): string {
  const names: string[] =
    noun === 'party' ? (view.names ?? []).slice(0, MOST_NAMES).map((one) => one.name) : [];
  const title = xmlText(name);
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head><body>`,
    `<h1 dir="auto"><a href="../../${nounOf[noun].plural}/${id}" target="_blank" rel="noopener noreferrer">${title}</a></h1>`,
    `<p><small>${xmlText(typesOf(noun, view)[0].name)}</small></p>`,
    line(describe(noun, view, naming)),
    names.length > 0 ? line(names.join(' · ')) : '',
    '</body></html>\n',
  ].join('');
}
