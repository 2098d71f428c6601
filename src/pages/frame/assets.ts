import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The files that pages are made with, in `public/`. */
const types = {
  'style.css': 'text/css; charset=utf-8',
  'key.js': 'text/javascript; charset=utf-8',
  'suggest.js': 'text/javascript; charset=utf-8',
  'entry.js': 'text/javascript; charset=utf-8',
  'entry-chain.js': 'text/javascript; charset=utf-8',
  'entry-checks.js': 'text/javascript; charset=utf-8',
  'entry-choose.js': 'text/javascript; charset=utf-8',
  'entry-faults.js': 'text/javascript; charset=utf-8',
  'entry-operations.js': 'text/javascript; charset=utf-8',
  'entry-rows.js': 'text/javascript; charset=utf-8',
  'entry-value.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml; charset=utf-8',
} as const;

export type AssetName = keyof typeof types;
const names = Object.keys(types) as AssetName[];

export const assets: ReadonlyMap<string, { type: string; content: Buffer }> = new Map(
  names.map((name) => [
    name,
    { type: types[name], content: readFileSync(new URL(`../../../public/${name}`, import.meta.url)) },
  ]),
);

/** Of all of them together: scripts import each other by their names alone. */
export const assetsDigest = [...assets.values()]
  .reduce((hash, { content }) => hash.update(content), createHash('sha256'))
  .digest('base64url')
  .slice(0, 12);

/** Where pages find a file: with other content it has another address. */
export const assetPath = (name: AssetName): string => `/assets/${assetsDigest}/${name}`;
