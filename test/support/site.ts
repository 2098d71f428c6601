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

/**
 * Follows every link from the first page on. Links of pages with parameters are not followed further, but for the next page of a
 * list: filters lead to filters without end.
 */
export async function crawl(t: TestApp, first: string): Promise<Visited[]> {
  const visited = new Map<string, Visited>();
  const waiting: [address: string, from: string][] = [[first, '']];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [address, from] = next;
    if (visited.has(address)) continue;
    const { status, headers, text } = await t.send('GET', address, undefined, { accept: 'text/html' });
    const type = String(headers['content-type'] ?? '');
    visited.set(address, { address, status, type, from, bytes: Buffer.byteLength(text) });
    if (status >= 300 && status < 400) waiting.push([String(headers.location), address]);
    const goesOn = !address.includes('?') || /[?&]cursor=/.test(address);
    if (type.startsWith('text/html') && goesOn) {
      for (const link of linksOf(text, address)) waiting.push([link, address]);
    }
  }
  return [...visited.values()];
}
