/**
 * How words sound, whatever their spelling in Latin letters: `Mehsud`, `Masoud` and `mhswd` (from a script
 * without short vowels) are close; `Hassan` and `Hussein` are not. One capital letter stands for one sound
 * that Latin letters write as two.
 */

const spellings: readonly [pattern: RegExp, sound: string][] = [
  [/x/g, 'ks'],
  [/shch|sch|sh/g, 'S'],
  [/tch|tsch|ch/g, 'C'],
  [/kh/g, 'x'],
  [/gh/g, 'G'],
  [/zh/g, 'J'],
  [/dj/g, 'j'],
  [/dh/g, 'D'],
  [/th/g, 'T'],
  [/ph/g, 'f'],
  [/ck|c(?![eiy])/g, 'k'],
  [/c/g, 's'],
  [/oo|ou|eu/g, 'u'],
  [/eo/g, 'o'],
  [/ee/g, 'i'],
  [/tz/g, 'ts'],
  [/(.)\1+/g, '$1'],
  // The ending of Nusra, Nusrah and Nusrat.
  [/(?<=..[aeiou])h$|(?<=.{3}a)t$/, ''],
];

/** A word of lower-case ASCII letters as sounds. */
export const soundsOf = (word: string): string =>
  spellings.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word);

/** What it costs to take one sound for another; sounds that are in no group together cost 1. */
const confusions: readonly [sounds: string, cost: number][] = [
  ['iy', 0.1],
  ['ou', 0.1],
  ['uw', 0.15],
  ['ei', 0.25],
  ['ae', 0.25],
  ['ow', 0.3],
  ['ey', 0.3],
  ['ao', 0.5],
  ['kq', 0.05],
  ['vw', 0.1],
  ['gq', 0.2],
  ['Gg', 0.1],
  ['Gq', 0.2],
  ['xk', 0.2],
  ['xh', 0.2],
  ['xq', 0.3],
  ['gk', 0.4],
  ['Gk', 0.4],
  ['gj', 0.2],
  ['jJ', 0.1],
  ['jy', 0.4],
  ['SC', 0.2],
  ['Ss', 0.4],
  ['jC', 0.4],
  ['zs', 0.3],
  ['Dz', 0.1],
  ['Dd', 0.1],
  ['dz', 0.5],
  ['Ts', 0.2],
  ['Tt', 0.2],
  ['dt', 0.4],
  ['vf', 0.3],
  ['vb', 0.5],
  ['bp', 0.4],
  ['fp', 0.4],
  ['mn', 0.6],
];

const costs = new Map(
  confusions.flatMap(([[a, b], cost]) => [
    [`${a}${b}`, cost],
    [`${b}${a}`, cost],
  ]) as [string, number][],
);

/** Sounds that a script without short vowels leaves out, and the letters it writes long ones with. */
const UNWRITTEN = 0.04;
const vowelless = new Map(
  ['wu', 'wo', 'yi', 'ye', 'ya', 'wv', 'pb', 'vf'].flatMap((pair) => [
    [pair, 0.05],
    [`${pair[1]}${pair[0]}`, 0.05],
  ]) as [string, number][],
);

const omission = (sound: string): number =>
  /[aeiou]/.test(sound) ? 0.5 : sound === 'h' ? 0.35 : /[wy]/.test(sound) ? 0.4 : 1;

/** Letters of a word that are looked at. */
const LONGEST = 32;

/**
 * How much two words sound alike, from 0 to 1. `unwritten` tells that one of them comes from a script that
 * writes no short vowels.
 */
export function likeness(a: string, b: string, unwritten = false): number {
  if (a === b) return 1;
  const [left, right] = [a.slice(0, LONGEST), b.slice(0, LONGEST)];
  const omit = (sound: string) => (unwritten && /[aeiou]/.test(sound) ? UNWRITTEN : omission(sound));
  const swap = (pair: string) => (unwritten ? vowelless.get(pair) : undefined) ?? costs.get(pair) ?? 1;
  let row = [0];
  for (const sound of right) row.push(row.at(-1)! + omit(sound));
  for (const x of left) {
    const next = [row[0]! + omit(x)];
    for (let j = 0; j < right.length; j += 1) {
      const y = right[j]!;
      const replaced = row[j]! + (x === y ? 0 : swap(x + y));
      next.push(Math.min(replaced, row[j + 1]! + omit(x), next[j]! + omit(y)));
    }
    row = next;
  }
  return Math.max(0, 1 - row.at(-1)! / Math.max(left.length, right.length));
}

const classes: Record<string, string> = {
  ...Object.fromEntries([...'kqxgG'].map((sound) => [sound, 'k'])),
  ...Object.fromEntries([...'tdTD'].map((sound) => [sound, 't'])),
  ...Object.fromEntries([...'sz'].map((sound) => [sound, 's'])),
  ...Object.fromEntries([...'SC'].map((sound) => [sound, 'c'])),
  ...Object.fromEntries([...'jJ'].map((sound) => [sound, 'j'])),
  ...Object.fromEntries([...'bp'].map((sound) => [sound, 'b'])),
  f: 'f',
  l: 'l',
  m: 'm',
  n: 'n',
  r: 'r',
};

/**
 * The consonants of a word by class: what an index finds words by that sound alike. Vowels, h, y and w
 * differ most between spellings; a word of nothing else is its own skeleton.
 */
export function skeletonOf(sounds: string): string {
  const initial = /^[vw]/.test(sounds) ? 'v' : '';
  const consonants = [...sounds].map((sound) => classes[sound] ?? (/[0-9]/.test(sound) ? sound : ''));
  return (initial + consonants.join('')).replace(/(.)\1+/g, '$1') || sounds;
}
