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
  [/dzh|dj/g, 'j'],
  [/zh/g, 'J'],
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

/** Costs by the codes of two sounds: the comparison is run for every pair of words. */
type Costs = (a: number, b: number) => number;
const CODES = 128;

function costsOf(pairs: readonly (readonly [string, number])[]): Costs {
  const table = new Float64Array(CODES * CODES).fill(1);
  for (const [pair, cost] of pairs) {
    const [a, b] = [pair.charCodeAt(0), pair.charCodeAt(1)];
    table[a * CODES + b] = cost;
    table[b * CODES + a] = cost;
  }
  return (a, b) => table[a * CODES + b]!;
}

/** What it costs to leave a sound out. */
const omission = (sound: string): number =>
  /[aeiou]/.test(sound) ? 0.5 : sound === 'h' ? 0.35 : /[wy]/.test(sound) ? 0.4 : 1;
function omissionsOf(cost: (sound: string) => number): (code: number) => number {
  const table = Float64Array.from({ length: CODES }, (_, code) => cost(String.fromCharCode(code)));
  return (code) => table[code]!;
}

/** A script without short vowels leaves them out, and has one letter for several sounds. */
const unwrittenPairs = ['wu', 'wo', 'yi', 'ye', 'ya', 'wv', 'pb', 'vf'].map((pair) => [pair, 0.05] as const);
const written = { swap: costsOf(confusions), omit: omissionsOf(omission) };
const vowelless = {
  swap: costsOf([...confusions, ...unwrittenPairs]),
  omit: omissionsOf((sound) => (/[aeiou]/.test(sound) ? 0.04 : omission(sound))),
};

/** Letters of a word that are looked at. */
const LONGEST = 32;

/** The costs of one row of the table that {@link likeness} works through. */
const row = new Float64Array(LONGEST + 1);
/** Far more than sums of costs are rounded by. */
const ROUNDING = 1e-9;

/**
 * How much two words sound alike, from 0 to 1. `unwritten` tells that one of them comes from a script that
 * writes no short vowels. What is less than `least` may be told as 0, which is found out sooner.
 */
export function likeness(a: string, b: string, unwritten = false, least = 0): number {
  if (a === b) return 1;
  const { swap, omit } = unwritten ? vowelless : written;
  const [m, n] = [Math.min(a.length, LONGEST), Math.min(b.length, LONGEST)];
  const most = (1 - least) * Math.max(m, n) + ROUNDING;
  // The row before: what it costs to make the first sounds of b of those of a that were looked at.
  row[0] = 0;
  for (let j = 0; j < n; j += 1) row[j + 1] = row[j]! + omit(b.charCodeAt(j));
  for (let i = 0; i < m; i += 1) {
    const x = a.charCodeAt(i);
    const omitted = omit(x);
    let diagonal: number = row[0]!;
    let cost: number = diagonal + omitted;
    let cheapest = cost;
    row[0] = cost;
    for (let j = 0; j < n; j += 1) {
      const y = b.charCodeAt(j);
      const above = row[j + 1]!;
      cost = Math.min(diagonal + (x === y ? 0 : swap(x, y)), above + omitted, cost + omit(y));
      diagonal = above;
      row[j + 1] = cost;
      if (cost < cheapest) cheapest = cost;
    }
    // Every way to the end leads through this row, and none gets cheaper.
    if (cheapest > most) return 0;
  }
  return Math.max(0, 1 - row[n]! / Math.max(m, n));
}

const classes: Record<string, string> = {
  // Golani and Julani, Ghasem and Qasem: g lies between j and q.
  ...Object.fromEntries([...'kqxgGjJ'].map((sound) => [sound, 'k'])),
  ...Object.fromEntries([...'tdTD'].map((sound) => [sound, 't'])),
  ...Object.fromEntries([...'sz'].map((sound) => [sound, 's'])),
  ...Object.fromEntries([...'SC'].map((sound) => [sound, 'c'])),
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
