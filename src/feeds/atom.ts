import { hash } from 'node:crypto';
import { element, escapeXml } from '../lib/xml.js';

/** Feeds in the Atom Syndication Format (RFC 4287), newest first, in pages (RFC 5005). */

export const ATOM = 'application/atom+xml; charset=utf-8';

export interface Link {
  rel: string;
  href: string;
  type?: string;
  title?: string;
}

export interface Entry {
  /** What makes it one of its kind in the world, for good. */
  name: string;
  title: string;
  updated: string;
  author: string;
  /** Words by which readers sort and filter. */
  categories: readonly string[];
  summary: string | null;
  links: readonly Link[];
}

export interface Feed {
  name: string;
  title: string;
  /** When it last changed. */
  updated: string;
  links: readonly Link[];
  entries: readonly Entry[];
}

/** A name as a UUID (RFC 9562, version 5 without a name space), the same wherever the register is served. */
function urnOf(name: string): string {
  const bytes = hash('sha1', name, 'buffer').subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return `urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
}

/** The feed as a document, a line an element. Addresses stay relative to where it was read. */
export function atomText({ name, title, updated, links, entries }: Feed): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    ...head(name, title, updated),
    element('generator', {}, 'Attested'),
    ...links.map(link),
    ...entries.flatMap(entryLines),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

const head = (name: string, title: string, updated: string): string[] => [
  element('id', {}, urnOf(name)),
  element('title', {}, escapeXml(title)),
  element('updated', {}, updated),
];

const link = ({ rel, href, type, title }: Link): string => element('link', { rel, type, title, href });

function entryLines({ name, title, updated, author, categories, summary, links }: Entry): string[] {
  return [
    '<entry>',
    ...head(name, title, updated),
    element('author', {}, element('name', {}, escapeXml(author))),
    ...categories.map((term) => element('category', { term })),
    ...links.map(link),
    ...(summary === null ? [] : [element('summary', {}, escapeXml(summary))]),
    '</entry>',
  ];
}
