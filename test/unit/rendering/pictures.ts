import { expect } from 'vitest';
import { type Element, elementsOf, readXml } from './xml.js';

/** What an SVG for a page may consist of; scripts, links, images and foreign objects are not in it. */
const harmless = new Set(
  'svg title desc style g defs clipPath path polygon polyline ellipse circle rect line text tspan'.split(' '),
);

/** A style that gives colours to this picture on dark screens, and does nothing else. */
const darkAlone =
  /^@media screen and \(prefers-color-scheme: dark\)\{\[aria-labelledby="[\w -]+"\]\{(?:(?:text:not\(\[fill\]\)|\[(?:fill|stroke)="[#\w]+"\])\{(?:fill|stroke):#\w{6}\})+\}\}$/;

/** Reads a picture, after checking that it is safe to show, can be read aloud and has a bounded size. */
export function readPicture(svg: string): Element {
  const root = readXml(svg);
  const all = elementsOf(root);
  expect(all.map(({ name }) => name).filter((name) => !harmless.has(name))).toEqual([]);
  const styles = all.filter(({ name }) => name === 'style');
  expect(styles.map(({ text }) => text)).toEqual([expect.stringMatching(darkAlone)]);
  for (const { attributes } of all) {
    for (const [name, value] of attributes) {
      expect(name, `${name}=${value}`).not.toMatch(/^on|href|^src$|^style$/i);
      if (name !== 'xmlns') expect(value).not.toMatch(/^\s*(?:javascript|data|https?):|url\((?!#)/i);
    }
  }
  const { attributes } = root;
  expect(root.name).toBe('svg');
  expect(attributes.get('xmlns')).toBe('http://www.w3.org/2000/svg');
  expect(attributes.get('role')).toBe('img');
  expect(attributes.get('viewBox')).toMatch(/^-?[\d.]+ -?[\d.]+ [\d.]+ [\d.]+$/);
  for (const side of ['width', 'height']) {
    expect(attributes.get(side)).toMatch(/^\d+(pt|px)?$/);
    expect(Number.parseInt(attributes.get(side)!, 10)).toBeLessThanOrEqual(14_400);
  }
  const [title, desc] = root.children;
  expect([title?.name, desc?.name]).toEqual(['title', 'desc']);
  expect(attributes.get('aria-labelledby')).toBe(
    `${title!.attributes.get('id')} ${desc!.attributes.get('id')}`,
  );
  expect(all.filter(({ name }) => name === 'title')).toHaveLength(1);
  expect(title!.text).not.toBe('');
  return root;
}

/** A name as nobody should give one; nothing of it may act. */
export const HOSTILE =
  '<script>alert("x")</script> \'"] ; } end &amp; & \\ \\N \\G </TABLE><BR/> %%{init}%% `md` #35; ]]> <!-- --> \u202Egnp.exe\u200F\u0001\u0008\u001b[31m\ud800 \ufffe\n$$x$$ |p| --> a1';
