import type { TestApp } from './app.js';

/** The pages for people, as a visitor finds them. */

/** What of an address is the page, without the place in it. */
const bare = (address: string): string => address.split('#', 1)[0]!;

/** Addresses of this service that a page leads to: its links, files, pictures and forms without fields. */
export function linksOf(html: string, at: string): string[] {
  const found = html.matchAll(
    /<(a|link|script|img|object|form)\b[^>]*?\s(?:href|src|data|action)="([^"]*)"/g,
  );
  const links = [...found].map(([, , address]) => {
    const url = new URL(address!.replaceAll('&amp;', '&').replaceAll('&#39;', "'"), `http://here${at}`);
    return url.host === 'here' && url.protocol === 'http:' ? bare(url.pathname + url.search) : null;
  });
  return [...new Set(links.filter((link) => link !== null))];
}

export interface Visited {
  address: string;
  status: number;
  type: string;
  bytes: number;
  /** Where a link to it stands. */
  from: string;
}

/** What is alike in addresses of one kind: an answer of the API for each object, a page with other values of a filter. */
function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://here');
  const path = pathname.replace(/^(\/v1)?(\/\w+)\/[^/@]+/, '$1$2/*').replace(/@\d+/, '@*');
  return `${path}?${[...new Set(searchParams.keys())].sort().join()}`;
}

/**
 * Of one kind, as many are asked for: their addresses are made in one place, and each takes its time. Pages at an address
 * of their own are all asked for.
 */
const mostOf = (address: string): number =>
  address.startsWith('/v1/') ? 3 : /[?@]|\/(new|quote|merge)$/.test(address) ? 10 : Number.POSITIVE_INFINITY;

/**
 * Follows every link from the first page on. Filters and moments lead to pages without end: of those of one kind, with
 * two parameters at most, links are followed from the first alone; and from all pages of a list.
 */
export async function crawl(t: TestApp, first: string): Promise<Visited[]> {
  const visited = new Map<string, Visited>();
  const kinds = new Map<string, number>();
  const waiting: [address: string, from: string][] = [[first, '']];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [address, from] = next;
    if (visited.has(address)) continue;
    const kind = kindOf(address);
    const seen = kinds.get(kind) ?? 0;
    if (seen >= mostOf(address)) continue;
    kinds.set(kind, seen + 1);
    const { status, headers, text } = await t.send('GET', address, undefined, { accept: 'text/html' });
    const type = String(headers['content-type'] ?? '');
    visited.set(address, { address, status, type, from, bytes: Buffer.byteLength(text) });
    // A client keeps the fragment to itself.
    const [onward = ''] = String(headers.location).split('#', 1);
    if (status >= 300 && status < 400) waiting.push([onward, address]);
    const isNew = seen === 0 && kind.split(',').length <= 2;
    const goesOn = isNew || !/[?@]/.test(address) || /\?cursor=[^&]*$/.test(address);
    if (type.startsWith('text/html') && goesOn) {
      for (const link of linksOf(text, address)) waiting.push([link, address]);
    }
  }
  return [...visited.values()];
}
